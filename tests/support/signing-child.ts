import { readFileSync, writeSync } from 'node:fs'
import { openDatabase } from '../../electron/db/open.ts'
import { SignInStore } from '../../electron/db/sign-in-store.ts'
import { checkName } from '../../electron/domain/names.ts'
import { createClock, createIds } from '../../electron/system.ts'
import { MemoryLogger } from './fakes.ts'

/*
 * A process that signs people in until it is killed: `node signing-child.ts FILE COUNT [SYNCHRONOUS]`, the key
 * as hex on standard input. Each confirmed sign-in is reported as `ok KIND REQUEST_ID`, after it is confirmed.
 */
const [file = '', count = '0', synchronous] = process.argv.slice(2)
const key = new Uint8Array(Buffer.from(readFileSync(0, 'utf8').trim(), 'hex'))
const clock = createClock(null)
const opened = openDatabase({ file, key, log: new MemoryLogger(), clock })
if (!opened.ok) throw new Error(`${opened.code} ${opened.detail ?? ''}`)
const db = opened.value
if (synchronous !== undefined) db.driver.pragma(`synchronous = ${synchronous}`)
const store = new SignInStore(db, { ids: createIds(clock), clock, machineId: 'm' })
const name = checkName({ firstName: 'Zephyrine', lastInitial: 'Q' })
if (!name.ok) throw new Error(name.code)

const say = (line: string): void => void writeSync(1, `${line}\n`)
say('open')
for (let n = 0; n < Number(count); n += 1) {
  const requestId = crypto.randomUUID()
  const to = { requestId, meetingId: `m${n % 3}`, localDate: '2026-11-24', startsAtMs: 0 }
  const kind = n % 2 === 0 ? 'count' : 'name'
  const done = kind === 'count' ? store.addCount(to) : store.addName(to, name.value)
  say(done.ok ? `ok ${kind} ${requestId}` : `failed ${done.code}`)
}
