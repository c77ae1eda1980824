import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createLogFile } from '../../../electron/shell/log-file.ts'
import { FakeClock } from '../../support/fakes.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'open-chair-log-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

it('writes one JSON line an event', () => {
  const log = createLogFile(folder, new FakeClock('2026-11-24T15:00:00Z'))
  log.warn('printer.failed', { tries: 2 })
  const line: unknown = JSON.parse(readFileSync(join(folder, 'open-chair.log'), 'utf8'))
  expect(line).toEqual({ at: '2026-11-24T15:00:00.000Z', level: 'warn', event: 'printer.failed', tries: 2 })
})

it('rotates at one mebibyte and keeps four older files', () => {
  const log = createLogFile(folder, new FakeClock('2026-11-24T15:00:00Z'))
  const file = join(folder, 'open-chair.log')
  for (let round = 0; round < 7; round += 1) {
    writeFileSync(file, 'x'.repeat(1024 * 1024 + 1))
    log.info('round', { round })
  }
  expect(readdirSync(folder).toSorted()).toEqual(
    ['', '.1', '.2', '.3', '.4'].map((end) => `open-chair.log${end}`),
  )
  expect(statSync(file).size).toBeLessThan(200)
})

it('never stops the kiosk when the log cannot be written', () => {
  const inTheWay = join(folder, 'a-file')
  writeFileSync(inTheWay, '')
  const log = createLogFile(inTheWay, new FakeClock('2026-11-24T15:00:00Z'))
  expect(() => {
    log.error('anything')
  }).not.toThrow()
})
