import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLpPrinter } from '../../../electron/print/lp-printer.ts'
import { FakeCups } from '../../support/fake-cups.ts'

let cups: FakeCups
let temporaryFolder: string

beforeEach(() => {
  cups = new FakeCups()
  temporaryFolder = mkdtempSync(join(tmpdir(), 'lp-printer-'))
})

afterEach(() => {
  // Whatever happened to the job, its file is gone (PRV-20).
  expect(readdirSync(temporaryFolder)).toEqual([])
  cups.remove()
  rmSync(temporaryFolder, { recursive: true, force: true })
})

const printer = (options: { timeoutMs?: number; queue?: string } = {}) =>
  createLpPrinter({ timeoutMs: 3000, pollMs: 20, ...options, searchPath: cups.searchPath, temporaryFolder })

const request = {
  pdf: new TextEncoder().encode('%PDF-1.7 sheet'),
  title: 'Community resources',
  paper: 'a4',
} as const

async function timed<Value>(work: Promise<Value>): Promise<readonly [Value, number]> {
  const startedAt = performance.now()
  return [await work, performance.now() - startedAt]
}

describe('printing', () => {
  test('hands the bytes to the default queue under a neutral title and on the right paper (PRV-09)', async () => {
    expect(await printer().print(request)).toEqual({ ok: true, value: { jobId: 'Lobby-13' } })
    expect(cups.get('spool-13.pdf')).toBe('%PDF-1.7 sheet')
    expect(cups.get('mode').trim()).toBe('-rw-------')
    const [call] = cups.calls('lp')
    expect(call?.slice(0, -1)).toEqual([
      'lp',
      '-d',
      'Lobby',
      '-t',
      'Community resources',
      '-o',
      'media=A4',
      '--',
    ])
    expect(call?.at(-1)).toMatch(/sheet\.pdf$/)
  })

  test('a title with signs of the shell stays one argument', async () => {
    await printer().print({ ...request, title: '"; touch pwned; $(id) `id`' })
    expect(cups.calls('lp')[0]?.[4]).toBe('"; touch pwned; $(id) `id`')
    expect(cups.files()).not.toContain('pwned')
  })

  test('answers once the job has left the queue', async () => {
    cups.accept({ stays: true })
    const answer = printer().print(request)
    await expect.poll(() => cups.get('queue')).toContain('Lobby-13')
    cups.set('queue', '')
    expect((await answer).ok).toBe(true)
    expect(cups.calls('cancel')).toEqual([])
  })

  test('a long job that is coming out of a healthy printer when the time is up is good', async () => {
    cups.accept({ stays: true })
    cups.set(
      'printer',
      'printer Lobby now printing Lobby-13.  enabled since Tue\n\tAlerts: toner-low-warning\n',
    )
    expect((await printer({ timeoutMs: 1000 }).print(request)).ok).toBe(true)
    expect(cups.calls('cancel')).toEqual([])
  })
})

describe('a job that does not reach paper is cancelled in time, never printed for somebody else (KSK-40)', () => {
  test('when it stays in the queue', async () => {
    cups.accept({ stays: true })
    const [answer, ms] = await timed(printer({ timeoutMs: 1000 }).print(request))
    expect(answer).toEqual({ ok: false, code: 'printer_failed' })
    expect(ms).toBeLessThan(1300)
    expect(cups.calls('cancel')).toEqual([['cancel', 'Lobby-13']])
    expect(cups.get('queue')).toBe('')
  })

  test('when the printer waits for paper in the middle', async () => {
    cups.accept({ stays: true })
    cups.script(
      'lp',
      `echo "Lobby-13 $(id -un) 1024 Tue" > "$here/queue"
printf 'printer Lobby now printing Lobby-13.  enabled since Tue\\n\\tAlerts: media-empty-error\\n' > "$here/printer"
echo "request id is Lobby-13 (1 file(s))"`,
    )
    expect((await printer({ timeoutMs: 1000 }).print(request)).ok).toBe(false)
    expect(cups.get('queue')).toBe('')
  })

  test('when the queue is stopped while it waits, at once', async () => {
    cups.script(
      'lp',
      `echo "Lobby-13 $(id -un) 1024 Tue" > "$here/queue"
printf 'printer Lobby disabled since Tue -\\n\\tbackend failed\\n' > "$here/printer"
echo "request id is Lobby-13 (1 file(s))"`,
    )
    const [answer, ms] = await timed(printer().print(request))
    expect(answer.ok).toBe(false)
    expect(ms).toBeLessThan(2000)
    expect(cups.get('queue')).toBe('')
  })

  test('when lp hangs after it has queued the file, without touching the jobs of others', async () => {
    cups.set('queue', 'Lobby-7 somebody 1024 Tue\n')
    cups.accept({ stays: true, silent: true })
    const [answer, ms] = await timed(printer({ timeoutMs: 1500 }).print(request))
    expect(answer).toEqual({ ok: false, code: 'printer_failed' })
    expect(ms).toBeLessThan(1900)
    expect(cups.get('queue')).toBe('Lobby-7 somebody 1024 Tue\n')
  })

  test('when lpstat hangs too, the answer still comes in time', async () => {
    cups.script('lpstat', 'exec sleep 60')
    const [answer, ms] = await timed(printer({ timeoutMs: 600 }).print(request))
    expect(answer).toEqual({ ok: false, code: 'printer_failed' })
    expect(ms).toBeLessThan(1000)
    expect(cups.calls('lp')).toEqual([])
  })

  test('a job that CUPS gave up is not called printed', async () => {
    cups.set('history', 'Lobby-13  kiosk  1024  Tue\n\tStatus: filter failed\n\tAlerts: aborted-by-system\n')
    expect(await printer().print(request)).toEqual({ ok: false, code: 'printer_failed' })
  })

  test('when lp refuses', async () => {
    cups.script('lp', 'echo "lp: Error - scheduler not responding." >&2; exit 1')
    expect(await printer().print(request)).toEqual({ ok: false, code: 'printer_failed' })
  })

  test('a printer known to be off gets no job at all', async () => {
    cups.set('printer', 'printer Lobby is idle.  enabled since Tue\n\tAlerts: offline-report\n')
    expect(await printer().print(request)).toEqual({ ok: false, code: 'printer_failed' })
    expect(cups.calls('lp')).toEqual([])
  })
})

describe('the state of the printer', () => {
  test('is ready for an idle queue, also when its toner runs low', async () => {
    cups.set('printer', 'printer Lobby is idle.  enabled since Tue\n\tAlerts: toner-low-warning\n')
    expect(await printer().status()).toBe('ready')
  })

  test.each([
    ['disabled', 'printer', 'printer Lobby disabled since Tue -\n\tPaused\n'],
    ['out of paper', 'printer', 'printer Lobby is idle.  enabled since Tue\n\tAlerts: media-empty-error\n'],
    ['not accepting', 'accepting', 'Lobby not accepting requests since Tue -\n\tRejecting\n'],
  ])('is offline when %s', async (_what, name, text) => {
    cups.set(name, text)
    expect(await printer().status()).toBe('offline')
  })

  test('is none without the programs of CUPS, and printing says so', async () => {
    const missing = createLpPrinter({ searchPath: temporaryFolder, temporaryFolder })
    expect(await missing.status()).toBe('none')
    expect(await missing.list()).toEqual([])
    expect(await missing.print(request)).toEqual({ ok: false, code: 'no_printer' })
  })

  test('is none when the only queue writes files: nothing would come out (KSK-20)', async () => {
    cups.set('destinations', 'PDF\nPrint_to_PDF\n')
    cups.set('devices', 'device for PDF: cups-pdf:/\ndevice for Print_to_PDF: file:/dev/null\n')
    expect(await printer().status()).toBe('none')
    expect(await printer().print(request)).toEqual({ ok: false, code: 'no_printer' })
  })

  test('lists the default queue first', async () => {
    cups.set('destinations', 'Back_Office\nLobby\nPDF\n')
    expect(await printer().list()).toEqual(['Lobby', 'Back_Office'])
  })

  test('takes the first queue when the system has no default', async () => {
    cups.set('default', 'no system default destination\n')
    expect((await printer().print(request)).ok).toBe(true)
    expect(cups.calls('lp')[0]?.[2]).toBe('Lobby')
  })

  test('a chosen queue that is gone is no printer, rather than another room’s', async () => {
    expect(await printer({ queue: 'Old' }).print(request)).toEqual({ ok: false, code: 'no_printer' })
  })
})
