import type { Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { deskCalls } from '../../../electron/contract/desk-calls.ts'
import { BuiltPage } from '../../support/built-page.ts'
import { axeFindings } from '../../support/screen-findings.ts'
import { preparation } from './prepared.ts'

let built: BuiltPage
let page: Page
beforeAll(async () => {
  built = await BuiltPage.open('desk', 'fake-desk-bridge.ts')
}, 60_000)
afterEach(async () => {
  expect(built.complaints).toEqual([])
  await page.context().close()
})
afterAll(() => built.close())

async function open(prepare = ''): Promise<void> {
  page = await built.show(preparation('center', prepare))
}

const press = (name: string | RegExp) => page.getByRole('button', { name }).click()
const calls = async (name: string) =>
  (await page.evaluate(() => window.desk.calls))
    .filter((call) => call.name === name)
    .map(({ input }) => input)

async function expectNoAxeFindings(): Promise<void> {
  expect(await axeFindings(page)).toEqual([])
}

describe('our groups', () => {
  it('says back in words what is entered, with the next dates, and saves it', async () => {
    await open()
    await press('Our groups')
    await press('Add a group')
    await page.getByLabel('Name of the group').fill('Garden club')
    await page.getByLabel('Club', { exact: true }).check()
    await page.getByRole('checkbox', { name: 'Saturday' }).check()
    await page.getByLabel('Starts at').fill('10:00')
    await page.getByLabel('1st', { exact: true }).check()
    await page.getByLabel('Last', { exact: true }).check()
    const words = page.locator('.preview')
    // March 2026 begins on a Sunday: its first Saturday is the 7th and its last the 28th.
    await words.getByText('The first and last Saturday of the month, 10:00 AM to 11:00 AM').waitFor()
    expect(await words.locator('.preview-next li').allInnerTexts()).toEqual([
      'Saturday, March 7, 10:00 AM',
      'Saturday, March 28, 10:00 AM',
      'Saturday, April 4, 10:00 AM',
    ])
    await page.getByLabel('Room', { exact: true }).fill('Back courtyard')
    await expectNoAxeFindings()
    await press('Save')
    await page.getByText('Garden club is saved and on the kiosk.').waitFor()
    const [saved] = await calls('ownMeetings.save')
    expect(deskCalls['ownMeetings.save'].input.parse(saved)).toEqual({
      meetingId: null,
      meeting: {
        name: 'Garden club',
        kind: 'club',
        fellowship: null,
        notes: '',
        room: 'Back courtyard',
        placeName: '',
        street: '',
        city: '',
        attendance: 'in_person',
        onlineUrl: '',
        phone: '',
        languages: ['en'],
        wheelchair: null,
        openness: 'unknown',
        dates: [{ form: 'weekly', weekday: 6, start: '10:00', durationMinutes: 60, weeks: [1, 'last'] }],
      },
    })
    await page.getByText('Next: Sat, Mar 7').waitFor()
  })

  it('marks what is missing where it is, and goes there', async () => {
    await open()
    await press('Our groups')
    await press('Add a group')
    await page.getByLabel('Online only').check()
    await press('Add a single date')
    await press('Save')
    await page.getByText('4 answers need another look.').waitFor()
    for (const sentence of [
      'Give the group a name.',
      'Choose at least one day.',
      'Choose the date.',
      'Give a link or a phone number, so that people can join.',
    ]) {
      await page.getByText(sentence).waitFor()
    }
    const name = page.getByLabel('Name of the group')
    await expect.poll(() => name.evaluate((field) => field === document.activeElement)).toBe(true)
    await expectNoAxeFindings()
    expect(await calls('ownMeetings.save')).toEqual([])
  })

  it.each([
    ['bad_link', 'The link must begin with https.'],
    ['bad_date', 'One of the dates is not right.'],
    ['storage_failed', 'It could not be stored.'],
  ])('keeps everything when main refuses it (%s)', async (code, sentence) => {
    await open(`desk.own = [{ ...fakes.exampleOwn({ attendance: 'hybrid', onlineUrl: 'https://meet.example' }),
      meetingId: 'own-1', schedule: '' }]
      desk.failNext.set('ownMeetings.save', '${code}')`)
    await press('Our groups')
    await page.getByText('Every Monday and Thursday, 6:30 PM to 8:00 PM').waitFor()
    await press('Change Evening process group')
    await page.getByLabel('Name of the group').fill('Evening group')
    await press('Save')
    await page.getByText(sentence).waitFor()
    await press('Save')
    await page.getByText('Evening group is saved and on the kiosk.').waitFor()
    expect((await calls('ownMeetings.save')).at(-1)).toMatchObject({ meetingId: 'own-1' })
  })

  it('asks before one is removed', async () => {
    await open("desk.own = [{ ...fakes.exampleOwn(), meetingId: 'own-1', schedule: '' }]")
    await press('Our groups')
    await press('Remove Evening process group')
    await press('Keep it')
    expect(await calls('ownMeetings.remove')).toEqual([])
    await press('Remove Evening process group')
    await press('Yes, remove it')
    await page.getByText('Evening process group was removed.').waitFor()
    await page.getByText('No group is entered yet.').waitFor()
  })

  it('takes one by appointment, in Spanish', async () => {
    await open()
    await press('Español')
    await press('Nuestros grupos')
    await press('Agregar un grupo')
    await page.getByLabel('Nombre del grupo').fill('Sesiones familiares')
    await page.getByLabel('Con cita').check()
    await press('Guardar')
    await page.getByText('Sesiones familiares está guardado').waitFor()
    expect(await calls('ownMeetings.save')).toMatchObject([{ meeting: { dates: [] } }])
  })
})

describe('finding a meeting', () => {
  it('marks it as held here, and takes the mark away again', async () => {
    await open('desk.hits = [fakes.exampleHit()]')
    await press('Find a meeting')
    await page.getByLabel('Name or key of a meeting').fill('nooners')
    await press(/^Find$/)
    await press('Mark as held here: Tuesday Nooners')
    await page.getByText('Held here: you said so').waitFor()
    await expectNoAxeFindings()
    await press('Take my mark away: Tuesday Nooners')
    await page.getByText('Not held here', { exact: true }).waitFor()
    expect(await calls('meetings.setHere')).toEqual([
      { meetingId: 'm1', here: true },
      { meetingId: 'm1', here: null },
    ])
  })

  it('says what it was taken for and which rule decided, and limits it to weeks of the month', async () => {
    await open(`desk.hits = [fakes.exampleHit({ decidedBy:
      'fellowship: name of the office "Monroe AA"; kind: feed setting; audience: the fellowship' })]`)
    await press('Find a meeting')
    await page.getByLabel('Name or key of a meeting').fill('nooners')
    await page.keyboard.press('Enter')
    await page.getByText('Why, and in which weeks').click()
    await page.getByText('By the name of the office that lists it: Monroe AA').waitFor()
    await page.getByText('You said so for the whole list').waitFor()
    await page.getByText('By its fellowship').waitFor()
    await page.getByLabel('1st', { exact: true }).check()
    await page.getByText('only the first of the month').waitFor()
    await page.getByLabel('Every week').check()
    await expect
      .poll(() => calls('meetings.setWeeks'))
      .toEqual([
        { meetingId: 'm1', weeks: [1] },
        { meetingId: 'm1', weeks: [] },
      ])
    await expectNoAxeFindings()
  })

  it('says so when nothing is found, and when a mark could not be stored', async () => {
    await open("desk.hits = [fakes.exampleHit()]; desk.failNext.set('meetings.setHere', 'storage_failed')")
    await press('Find a meeting')
    await page.getByLabel('Name or key of a meeting').fill('nothing like it')
    await page.keyboard.press('Enter')
    await page.getByText('Try a shorter word').waitFor()
    await page.getByLabel('Name or key of a meeting').fill('nooners')
    await page.keyboard.press('Enter')
    await press('Mark as held here: Tuesday Nooners')
    await page.getByText('It could not be stored.').waitFor()
  })
})

describe('meetings shown once', () => {
  const prepare = `desk.same = [{ shown: fakes.exampleHit(), others: [{ apart: false, meeting:
    fakes.exampleHit({ meetingId: 'm9', name: 'Tuesday Nooner Group', feedName: 'District 7' }) }] }]`

  it('shows both side by side, sets them apart, and takes that back at once', async () => {
    await open(prepare)
    await press('Shown once')
    await page.getByText('1 meeting is in more than one list').waitFor()
    expect(await page.locator('[data-differs="true"]').allInnerTexts()).toEqual([
      expect.stringMatching(/Name.*Tuesday Nooners.*Tuesday Nooner Group/su),
    ])
    await expectNoAxeFindings()
    await press('These are two meetings: Tuesday Nooner Group, District 7')
    await page.getByText('You said that these are two.').waitFor()
    await press('Show as one again: Tuesday Nooner Group, District 7')
    await page.getByText('Shown as one.').waitFor()
    expect(await calls('sameMeetings.set')).toEqual([
      { meetingId: 'm1', otherId: 'm9', apart: true },
      { meetingId: 'm1', otherId: 'm9', apart: false },
    ])
  })

  it('says at once that it is on it, and takes one decision at a time', async () => {
    await open(`${prepare}; desk.held.add('sameMeetings.set')`)
    await press('Shown once')
    const set = page.getByRole('button', { name: 'These are two meetings: Tuesday Nooner Group, District 7' })
    await set.click()
    await page.getByText('Saving ...').waitFor()
    expect(await set.getAttribute('aria-disabled')).toBe('true')
    await page.waitForTimeout(350)
    await set.click({ force: true })
    await page.evaluate(() => window.desk.release())
    await page.getByText('You said that these are two.').waitFor()
    expect(await calls('sameMeetings.set')).toHaveLength(1)
  })

  it('says when there may be more than it lists', async () => {
    await open(`desk.same = Array.from({ length: 200 }, (_, n) => ({
      shown: fakes.exampleHit({ meetingId: 's' + n }),
      others: [{ apart: false, meeting: fakes.exampleHit({ meetingId: 'o' + n }) }] }))`)
    await press('Shown once')
    await page.getByText('The first 200 are listed.').waitFor()
  })

  it('comes up to date by itself', async () => {
    await open()
    await press('Shown once')
    await page.getByText('No meeting is in more than one list.').waitFor()
    await page.evaluate((script) => {
      const { desk, fakes } = window
      desk.same = [
        {
          shown: fakes.exampleHit(),
          others: [{ apart: false, meeting: fakes.exampleHit({ meetingId: script }) }],
        },
      ]
      desk.send('meetings.changed', {})
    }, 'm9')
    await page.getByText('1 meeting is in more than one list').waitFor()
  })
})
