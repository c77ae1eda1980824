import jsQR from 'jsqr'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { PNG } from 'pngjs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { HandoutDocument } from '../../electron/contract/handout-document.ts'
import type { HandoutChoice } from '../../electron/contract/kiosk-calls.ts'
import { composeHandout, pageLimits, type HandoutRow } from '../../electron/domain/handout.ts'
import { HandoutPage, type PrintedSheet } from '../support/handout-page.ts'
import { handoutRow, plausibleWeek, weekStartMs, zone } from '../support/handout-rows.ts'

let sheet: HandoutPage
beforeAll(async () => {
  sheet = await HandoutPage.open()
}, 60_000)
afterAll(() => sheet.close())
afterEach(() => {
  // Nothing was refused by the policy, nothing thrown (KSK-42).
  expect(sheet.complaints.splice(0)).toEqual([])
})

type Choice = Partial<HandoutChoice>

function compose(rows: readonly HandoutRow[], choice: Choice = {}): HandoutDocument {
  return composeHandout({
    choice: {
      locale: 'en',
      paper: 'letter',
      size: 'standard',
      peerGroups: true,
      clubs: true,
      online: true,
      ...choice,
    },
    rows,
    nowMs: weekStartMs,
    zone,
    distanceUnit: 'mi',
    helpLines: [
      { id: '988', name: 'Lifeline', number: '988', text: '988' },
      { id: '911', name: 'Emergency', number: '911', text: null },
      { id: 'samhsa', name: 'Helpline', number: '1-800-662-4357', text: null },
    ],
    listsAsOfMs: Date.parse('2026-11-20T17:00:00Z'),
    sources: ['Central Office'],
  })
}

/** Words only: where a line breaks is not what is printed. */
const plain = (text: string) => text.replaceAll(/\s+/g, ' ')

/** Text in the order in which it was written, without the layout's columns, page by page. */
function readPages(printed: PrintedSheet): readonly string[] {
  const text = execFileSync('pdftotext', ['-raw', printed.file, '-'], { encoding: 'utf8' })
  return text.split('\f').slice(0, -1).map(plain)
}

/** How often `words` stand on each page. */
function timesOn(pages: readonly string[], words: string): readonly number[] {
  return pages.map((page) => page.split(words).length - 1)
}

/** Where the boxes of the page stand, in the browser. */
async function overflowing(): Promise<readonly string[]> {
  return sheet.page.evaluate(() =>
    [...document.querySelectorAll('.page')].flatMap((page) => {
      const body = page.querySelector('.body')!.getBoundingClientRect()
      return [...page.querySelectorAll('.body *')]
        .filter((element) => {
          const box = element.getBoundingClientRect()
          // What has no box of its own (`display: contents`, a break opportunity) is nowhere.
          if (box.width === 0 || box.height === 0) return false
          return box.bottom > body.bottom + 0.5 || box.right > body.right + 0.5 || box.left < body.left - 0.5
        })
        .map((element) => `${element.tagName} ${element.textContent?.slice(0, 40)}`)
    }),
  )
}

/** What each QR code of the sheet just printed says, from its picture at 150 dots per inch. */
async function readCodes(printed: PrintedSheet): Promise<readonly string[]> {
  // Where the codes are, in inches from the corner of their page: the reader takes one code at a time.
  const places = await sheet.page.evaluate(() =>
    [...document.querySelectorAll('.page')].flatMap((page, index) => {
      const corner = page.getBoundingClientRect()
      return [...page.querySelectorAll('svg.qr')].map((code) => {
        const box = code.getBoundingClientRect()
        return {
          page: index,
          left: (box.left - corner.left) / 96,
          top: (box.top - corner.top) / 96,
          side: box.width / 96,
        }
      })
    }),
  )
  const prefix = printed.file.replace('.pdf', '-dots')
  execFileSync('pdftoppm', ['-r', '150', '-gray', '-png', printed.file, prefix])
  const pictures = readdirSync(dirname(prefix))
    .filter((name) => name.startsWith(`${basename(prefix)}-`))
    .toSorted()
    .map((name) => PNG.sync.read(readFileSync(join(dirname(prefix), name))))
  return places.map(({ page, left, top, side }) => {
    const [x, y, width] = [left, top, side].map((inches) => Math.round(inches * 150)) as [
      number,
      number,
      number,
    ]
    const cut = new PNG({ width, height: width })
    PNG.bitblt(pictures[page]!, cut, x, y, width, width, 0, 0)
    return (
      jsQR(new Uint8ClampedArray(cut.data), width, width, { inversionAttempts: 'dontInvert' })?.data ??
      'unreadable'
    )
  })
}

const sizes = { letter: '612 x 792 pts (letter)', a4: '594.96 x 841.92 pts (A4)' } as const

describe('a printed hand-out', () => {
  const cases = [
    ['en', 'letter', 'standard', 0],
    ['es', 'a4', 'large', 1],
    ['en', 'letter', 'standard', 40],
    ['es', 'letter', 'standard', 40],
    ['en', 'a4', 'large', 500],
    ['es', 'letter', 'large', 500],
    ['en', 'a4', 'standard', 500],
  ] as const

  test.each(cases)(
    'in %s on %s, %s print, %i meetings: whole, numbered, on the right paper',
    async (...given) => {
      const [locale, paper, size, count] = given
      const rows = plausibleWeek(count)
      const printed = await sheet.print(compose(rows, { locale, paper, size }))
      const pages = readPages(printed)

      expect(printed.facts['Page size']).toBe(sizes[paper])
      expect(printed.facts['Pages']).toBe(String(printed.shown.pages))
      expect(printed.shown.pages).toBeLessThanOrEqual(pageLimits[size])
      pages.forEach((page, index) => {
        const folio = locale === 'en' ? 'Page' : 'Página'
        const of = locale === 'en' ? 'of' : 'de'
        expect(page).toContain(`${folio} ${index + 1} ${of} ${pages.length}`)
        expect(page).toContain(locale === 'en' ? 'Listing is not endorsement.' : 'no es una recomendación.')
      })

      // Each meeting that is printed stands whole on one page, and no other name is on any.
      const found = rows.filter((row) => pages.join(' ').includes(`${plain(row.name)} `))
      const ids = new Set(found.map((row) => row.meetingId))
      expect(ids.size).toBe(printed.shown.meetings + printed.shown.clubs)
      expect(ids.size + printed.shown.leftOut).toBe(count)
      for (const row of found.filter((candidate) => candidate.attendance !== 'hybrid')) {
        expect(timesOn(pages, `${plain(row.name)} `).toSorted(), row.name).toEqual(
          pages.map((_, index) => (index === pages.length - 1 ? 1 : 0)),
        )
      }
      expect(await overflowing()).toEqual([])
    },
  )

  test('has a neutral title on paper and in the file, and no center (PRV-09, PRV-10, PRV-11)', async () => {
    const printed = await sheet.print(compose(plausibleWeek(12)))
    expect(printed.facts['Title']).toBe('Community resources')
    expect(printed.facts['Tagged']).toBe('yes')
    expect(printed.facts['Subject'] ?? '').toBe('')
    expect(printed.facts['Author'] ?? '').toBe('')
    expect(printed.pages[0]!.trimStart()).toMatch(
      /^Community resources\s+Tuesday, November 24 – Monday, November 30/,
    )
    expect(printed.pages.join('')).toContain('Lists as of November 20')
    // The minute at which it was printed: 6:00 AM in New York.
    expect(printed.pages.join('')).not.toMatch(/\b6:00\b/)
    const spanish = await sheet.print(compose([], { locale: 'es' }))
    expect(spanish.facts['Title']).toBe('Recursos de la comunidad')
  })

  test('prints the help lines in full digits on the first page', async () => {
    const printed = await sheet.print(compose([]))
    for (const number of ['988', '911', '1-800-662-4357']) expect(printed.pages[0]).toContain(number)
  })

  test('says how many were left out and how they were chosen, and each day says its own', async () => {
    const printed = await sheet.print(compose(plausibleWeek(500)))
    const [first = ''] = readPages(printed)
    const { meetings, clubs, leftOut } = printed.shown
    expect(first).toContain(`${meetings + clubs} of 500 meetings are on this sheet; ${leftOut} did not fit.`)
    expect(first).toContain('the nearest of each kind')
    expect(first).toMatch(/Tuesday, November 24 \d+ of \d+ shown/)
    const whole = await sheet.print(compose(plausibleWeek(10)))
    expect(whole.pages.join('')).not.toMatch(/did not fit|shown/)
  })

  test('marks what is cancelled and what has changed', async () => {
    const rows = [
      handoutRow('c', 0, 1200, { name: 'Evening Circle', status: 'cancelled' }),
      handoutRow('m', 0, 1210, { name: 'Night Owls', status: 'moved' }),
    ]
    await sheet.show(compose(rows))
    const entries = sheet.page.locator('article.entry')
    expect(await entries.nth(0).locator('h4').innerText()).toMatch(/^CANCELLED Evening Circle$/)
    expect(await entries.nth(0).locator('s').allInnerTexts()).toEqual(['8:00 PM', 'Evening Circle'])
    expect(await entries.nth(1).locator('h4').innerText()).toMatch(/^Night Owls CHANGED$/)
    expect(await entries.nth(1).locator('s').count()).toBe(0)
  })

  test('every QR code opens its meeting from paper at 150 dots per inch', { timeout: 60_000 }, async () => {
    const rows = plausibleWeek(40)
    const long = handoutRow('long', 1, 600, {
      whereabouts: 'online',
      attendance: 'online',
      place: null,
      onlineUrl: `https://meet.example.org/room?token=${'Ab3-'.repeat(70)}`,
    })
    for (const size of ['standard', 'large'] as const) {
      const document = compose([...rows, long], { size, peerGroups: false, clubs: false })
      const printed = await sheet.print({ ...document, pageLimit: 20 })
      const urls = document.online.map((entry) => entry.onlineUrl).filter((url) => url !== null)
      expect(urls.length).toBeGreaterThan(5)
      expect((await readCodes(printed)).toSorted()).toEqual(urls.toSorted())
      // The address can be read as well.
      const text = readPages(printed).join('').replaceAll(' ', '')
      for (const url of urls) expect(text).toContain(url.replace('https://', ''))
    }
  })

  test('QR codes are at least 20 mm wide without their quiet zone', async () => {
    await sheet.show(compose(plausibleWeek(40)))
    const widths = await sheet.page
      .locator('svg.qr path')
      .evaluateAll((paths) => paths.map((path) => (path.getBoundingClientRect().width / 96) * 25.4))
    expect(widths.length).toBeGreaterThan(0)
    expect(Math.min(...widths)).toBeGreaterThanOrEqual(20)
  })

  test('an online meeting of many days stands once with its days together', async () => {
    const online = { whereabouts: 'online', attendance: 'online', place: null, name: 'Open Room' } as const
    const weekdays = [0, 2].map((day) => handoutRow('o', day, 1140, online))
    const daily = [0, 1, 2, 3, 4, 5, 6].map((day) =>
      handoutRow('d', day, 720, { ...online, name: 'Noon Room' }),
    )
    const off = handoutRow('o', 5, 1140, { ...online, status: 'cancelled' })
    const [page = ''] = readPages(await sheet.print(compose([...weekdays, off, ...daily])))
    expect(page).toContain('Tue, Thu 7:00 PM')
    expect(page).toContain('Every day 12:00 PM')
    expect(page).toMatch(/Sun 7:00 PM cancelled/i)
    expect(page.split('Noon Room')).toHaveLength(2)
  })

  test.each(['standard', 'large'] as const)(
    '%s print: no text is smaller than it says (A11Y-50)',
    async (size) => {
      await sheet.show(compose(plausibleWeek(60), { size }))
      const least = await sheet.page.evaluate(() => {
        const walker = document.createTreeWalker(document.querySelector('#root')!, NodeFilter.SHOW_TEXT)
        const found: number[] = []
        while (walker.nextNode() !== null) {
          const parent = walker.currentNode.parentElement
          if (parent !== null) found.push(parseFloat(getComputedStyle(parent).fontSize) * 0.75)
        }
        return Math.min(...found)
      })
      expect(least).toBeGreaterThanOrEqual((size === 'standard' ? 14 : 18) - 0.01)
    },
  )

  test('prints black on white only, and with its own face', async () => {
    const printed = await sheet.print(compose(plausibleWeek(30)))
    const colors = await sheet.page.evaluate(() => [
      ...new Set(
        [...document.querySelectorAll('.page, .page *')].flatMap((element) => {
          const style = getComputedStyle(element)
          return [style.color, style.backgroundColor, style.borderBottomColor]
        }),
      ),
    ])
    expect(colors.toSorted()).toEqual(['rgb(0, 0, 0)', 'rgba(0, 0, 0, 0)'])
    const faces = await sheet.page.evaluate(() =>
      [...document.fonts].filter((face) => face.status === 'loaded').map((face) => face.family),
    )
    expect([...new Set(faces.map((face) => face.replaceAll('"', '')))]).toEqual([
      'Atkinson Hyperlegible Next Variable',
    ])
    // A variable face is embedded glyph by glyph (Type 3, no name); another name would be a stand-in.
    const fonts = execFileSync('pdffonts', [printed.file], { encoding: 'utf8' }).split('\n').slice(2, -1)
    expect(fonts.filter((line) => !line.startsWith('[none]'))).toEqual([])
  })

  test('names of 255 letters, words of 60 and markup break nothing', async () => {
    const longWord = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunte'
    const names = [
      'Long '.repeat(51).trim(),
      `${longWord} ${longWord}`,
      'x'.repeat(255),
      '<img src=x onerror=alert(1)> & "quotes"',
      'مجموعة الأمل في المساء',
    ]
    const rows = names.flatMap((name, index) => [
      handoutRow(`l${index}`, 0, 700 + index, { name, place: `${longWord} ${'Street '.repeat(25)}` }),
      handoutRow(`o${index}`, 0, 700 + index, {
        name,
        whereabouts: 'online',
        attendance: 'online',
        place: null,
        onlineUrl: `https://example.org/${'y'.repeat(900)}`,
      }),
    ])
    for (const size of ['standard', 'large'] as const) {
      const printed = await sheet.print({ ...compose(rows, { size }), pageLimit: 40 })
      expect(await overflowing()).toEqual([])
      expect(printed.shown.leftOut).toBe(0)
      expect(await sheet.page.locator('.page img').count()).toBe(0)
    }
  })

  test('from right to left nothing leaves the page (LNG-08)', async () => {
    await sheet.show(compose(plausibleWeek(60)))
    await sheet.page.evaluate(() => (document.documentElement.dir = 'rtl'))
    expect(await overflowing()).toEqual([])
    const time = await sheet.page.locator('.entry .time').first().boundingBox()
    const name = await sheet.page.locator('.entry h4').first().boundingBox()
    expect(time!.x).toBeGreaterThan(name!.x)
  })

  test('the same page shows one document after another', async () => {
    const first = await sheet.print(compose(plausibleWeek(40)))
    await sheet.print(compose(plausibleWeek(3), { locale: 'es', paper: 'a4', size: 'large' }))
    const again = await sheet.print(compose(plausibleWeek(40)))
    expect(again.shown).toEqual(first.shown)
    expect(again.pages).toEqual(first.pages)
  })
})
