import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchLab, type Lab } from './support/lab.ts'

let lab: Lab
const folder = mkdtempSync(join(tmpdir(), 'open-chair-print-'))
const paper = join(folder, 'paper')

beforeAll(async () => {
  lab = await launchLab({ env: { OPEN_CHAIR_HOST_PRINT_FOLDER: paper } })
  await lab.run(async ({ lab: it }) => {
    it.page(
      'lab/print.html',
      `<!doctype html><html lang="en"><title>Print</title>
      <style>@page { size: 4in 6in } @media screen { b { display: none } } section { break-after: page; background: red }</style>
      <section><h1>First page</h1><b>only on paper</b></section><section>Second page</section><p>Third page</p></html>`,
    )
    it.page('lab/plain.html', '<p>A page that says nothing of paper</p>')
    it.window = await it.load('open-chair://lab/print.html')
  })
})
afterAll(async () => {
  await lab.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Prints and reads it back with another program. */
async function printed(
  options: object,
  page = 'print',
): Promise<{ text: string; pages: number; size: string; tagged: boolean; left: number }> {
  const base64 = await lab.run(
    async ({ lab: it }, given) => {
      await it.window.loadURL(`open-chair://lab/${given.page}.html`)
      return (await it.window.webContents.printToPDF(given.options)).toString('base64')
    },
    { options, page },
  )
  const file = join(folder, 'page.pdf')
  writeFileSync(file, Buffer.from(base64, 'base64'))
  const boxes = execFileSync('pdftotext', ['-bbox', file, '-'], { encoding: 'utf8' })
  const facts = execFileSync('pdfinfo', [file], { encoding: 'utf8' })
  return {
    text: execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }),
    pages: Number(/Pages:\s+(\d+)/.exec(facts)?.[1]),
    size: /Page size:\s+(\S+ x \S+)/.exec(facts)?.[1] ?? '',
    tagged: /Tagged:\s+yes/.test(facts),
    left: Number(/xMin="([\d.]+)"[^>]*>First</.exec(boxes)?.[1]),
  }
}

describe('printToPDF', () => {
  it('gives a PDF of the page as it is on paper', async () => {
    const { text, pages, size } = await printed({})
    expect([pages, size]).toEqual([3, '612 x 792'])
    for (const words of ['First page', 'only on paper', 'Second page', 'Third page'])
      expect(text).toContain(words)
  })

  it.each([
    ['a name', { pageSize: 'A4' }, '594.96 x 841.92'],
    ['inches', { pageSize: { width: 5, height: 7 } }, '360 x 504'],
    ['landscape', { pageSize: 'Letter', landscape: true }, '792 x 612', 'plain'],
    ["the page's own style", { preferCSSPageSize: true }, '288 x 432'],
  ])('takes the size of the paper from %s', async (_from, options, size, page?: string) => {
    const parts = (text: string): number[] => text.split(' x ').map((part) => Math.round(Number(part)))
    const seen = parts((await printed(options, page)).size)
    for (const [index, length] of parts(size).entries())
      expect(Math.abs(seen[index]! - length)).toBeLessThan(2)
  })

  it('prints only the pages asked for, tagged when asked', async () => {
    const { pages, text, tagged } = await printed({ pageRanges: '2', generateTaggedPDF: true })
    expect([pages, tagged]).toEqual([1, true])
    expect(text).toContain('Second page')
    expect(text).not.toContain('First page')
    expect((await printed({})).tagged).toBe(false)
  })

  it('keeps margins, in inches', async () => {
    const base = { pageSize: { width: 4, height: 6 } }
    const wide = await printed({ ...base, margins: { top: 0, bottom: 0, left: 0, right: 0 } })
    const narrow = await printed({ ...base, margins: { top: 0, bottom: 0, left: 3, right: 0 } })
    expect(narrow.left - wide.left).toBeCloseTo(3 * 72, 0)
  })

  it('refuses options and sizes it does not know', async () => {
    const outcome = await lab.run(async ({ lab: it }) => {
      const { webContents } = it.window
      const told = (options: object) => webContents.printToPDF(options).catch((cause: Error) => cause.message)
      return [await told({ marginsType: 1 }), await told({ pageSize: 'B5' })]
    })
    expect(outcome).toEqual([
      'option marginsType of printToPDF is not implemented by the Chromium host',
      'Invalid pageSize B5',
    ])
  })
})

describe('print', () => {
  it('puts what would be on paper into the folder that plays the printer', async () => {
    const outcome = await lab.run(
      ({ lab: it }) =>
        new Promise<unknown[]>((resolve) => {
          const size = { width: 127_000, height: 177_800 }
          it.window.webContents.print({ silent: true, copies: 2, pageSize: size }, (...told: unknown[]) =>
            resolve(told),
          )
        }),
    )
    expect(outcome).toEqual([true, ''])
    const files = readdirSync(paper)
    expect(files).toHaveLength(2)
    expect(readFileSync(join(paper, files[0]!)).subarray(0, 5).toString()).toBe('%PDF-')
    expect(execFileSync('pdfinfo', [join(paper, files[0]!)], { encoding: 'utf8' })).toMatch(
      /Page size:\s+360 x 504/,
    )
  })

  it('fails, and says so, without a printer', async () => {
    const outcome = await lab.run(async ({ lab: it }) => {
      const kept = process.env['OPEN_CHAIR_HOST_PRINT_FOLDER']
      process.env['OPEN_CHAIR_HOST_PRINT_FOLDER'] = ''
      const told = await new Promise<unknown[]>((resolve) => {
        it.window.webContents.print({ silent: true, deviceName: 'no-such-printer' }, (...args: unknown[]) =>
          resolve(args),
        )
      })
      process.env['OPEN_CHAIR_HOST_PRINT_FOLDER'] = kept
      return told
    })
    expect(outcome).toEqual([false, 'Printer settings are invalid: there is no such printer'])
  })
})
