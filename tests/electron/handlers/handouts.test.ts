import { describe, expect, it, vi } from 'vitest'
import type { HandoutDocument } from '../../../electron/contract/handout-document.ts'
import { err, ok } from '../../../electron/contract/result.ts'
import type { HandoutRenderer } from '../../../electron/ports.ts'
import { addMeetingHere, fillDisk, openLobby, rows } from './lobby.ts'

const choice = {
  locale: 'es',
  paper: 'a4',
  size: 'large',
  peerGroups: true,
  clubs: true,
  online: true,
} as const

function lobbyWithMeetings(changes: Parameters<typeof openLobby>[0] = {}) {
  const lobby = openLobby(changes)
  addMeetingHere(lobby.records, 'peer', 'peer')
  addMeetingHere(lobby.records, 'club', 'club')
  return lobby
}

const jobs = 'SELECT what, pages, outcome FROM print_job'

describe('printing a hand-out', () => {
  it('sends one neutral document and notes that it did, not what or for whom (PRV-09, PRV-11)', async () => {
    const { kiosk, printer, records, log } = lobbyWithMeetings()
    const reply = await kiosk['handouts.print'](choice)
    expect(reply).toEqual({ ok: true, value: { pages: 2, meetings: 3, clubs: 1 } })
    expect(printer.printed.map(({ title, paper }) => ({ title, paper }))).toEqual([
      { title: 'Document', paper: 'a4' },
    ])
    expect(rows(records, jobs)).toEqual([{ what: 'handout', pages: 2, outcome: 'sent' }])
    const columns = rows(records, "SELECT name FROM pragma_table_info('print_job')")
    expect(columns.map((column) => (column as { name: string }).name)).toEqual([
      'id',
      'what',
      'pages',
      'outcome',
      'machine_id',
      'created_at_ms',
    ])
    expect(log.lines.join()).not.toMatch(/large|"es"|clubs/)
  })

  it.each([
    ['unplug', 'printer_failed'],
    ['runOutOfPaper', 'printer_failed'],
    ['remove', 'no_printer'],
  ] as const)('with a printer that fails (%s) says %s and notes it (KSK-40)', async (fault, code) => {
    const { kiosk, printer, records } = lobbyWithMeetings()
    printer[fault]()
    expect(await kiosk['handouts.print'](choice)).toEqual({ ok: false, code })
    expect(rows(records, jobs)).toEqual([{ what: 'handout', pages: 2, outcome: code }])
    expect(printer.printed).toEqual([])
  })

  it('that has not begun ends with the visit: no paper for the next person (PRV-06)', async () => {
    const drawn = Promise.withResolvers<void>()
    const renderer: HandoutRenderer = {
      async render() {
        await drawn.promise
        return ok({ pdf: new Uint8Array(8), pages: 1, meetings: 1, clubs: 0, leftOut: 0 })
      },
    }
    const { kiosk, printer } = lobbyWithMeetings({ renderer })
    const printing = kiosk['handouts.print'](choice)
    await kiosk['visits.end']({})
    drawn.resolve()
    expect(await printing).toMatchObject({ ok: false })
    expect(printer.printed).toEqual([])
    // The next visit prints as ever.
    expect(await kiosk['handouts.print'](choice)).toMatchObject({ ok: true })
  })

  it('still gives the paper when the disk is full (KSK-35)', async () => {
    const { kiosk, printer, records, log } = lobbyWithMeetings()
    fillDisk(records)
    for (let time = 0; time < 200; time += 1)
      expect(await kiosk['handouts.print'](choice)).toMatchObject({ ok: true })
    expect(printer.printed).toHaveLength(200)
    expect(log.lines.some((line) => line.includes('print_job.not_noted'))).toBe(true)
  })

  it('of nothing, or that cannot be drawn, is told before any paper', async () => {
    const nothing = lobbyWithMeetings()
    const none = { ...choice, peerGroups: false, clubs: false, online: false }
    expect(await nothing.kiosk['handouts.print'](none)).toEqual({ ok: false, code: 'nothing_to_print' })
    expect(await nothing.kiosk['handouts.preview'](none)).toEqual({ ok: false, code: 'nothing_to_print' })
    const broken = lobbyWithMeetings({ renderer: { render: () => Promise.resolve(err('render_failed')) } })
    expect(await broken.kiosk['handouts.print'](choice)).toEqual({ ok: false, code: 'render_failed' })
    expect([...nothing.printer.printed, ...broken.printer.printed]).toEqual([])
    expect(rows(broken.records, jobs)).toEqual([])
  })
})

describe('the document', () => {
  it('holds the directory and neither center nor person (PRV-10, PRV-11)', async () => {
    const render = vi.fn<(document: HandoutDocument) => ReturnType<HandoutRenderer['render']>>(() =>
      Promise.resolve(ok({ pdf: new Uint8Array(8), pages: 1, meetings: 1, clubs: 1, leftOut: 0 })),
    )
    const { kiosk, records, printer } = lobbyWithMeetings({ renderer: { render } })
    records.db.transaction((tx) => records.settings.set(tx, { centerName: 'Zyxwvq House' }))
    expect(await kiosk['handouts.preview'](choice)).toEqual({
      ok: true,
      value: { pages: 1, meetings: 1, clubs: 1, leftOut: 0 },
    })
    expect(printer.printed).toEqual([])
    expect(rows(records, jobs)).toEqual([])
    const document = render.mock.calls[0]?.[0]
    expect(document).toMatchObject({ locale: 'es', paper: 'a4', size: 'large' })
    expect(JSON.stringify(document)).toContain('Meeting peer')
    expect(JSON.stringify(document)).not.toContain('Zyxwvq')
  })
})
