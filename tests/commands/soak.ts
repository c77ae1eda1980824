// npm run soak: the fault tests of npm test with the large numbers that SEC-09 asks for, which take too long for
// every change. The last line is the sum, as of npm test.
import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { say } from './project.mjs'
import { lastLine, skipLine } from './sums.mjs'
import { runUnits } from './units.mjs'

const usage = `Usage: npm run soak -- [--kills 500] [--cuts 50] [--cases 1000]

  --kills  how often a process that signs people in is killed; 500 unless told
  --cuts   at how many confirmed sign-ins the power is cut; 50 unless told (Linux with strace)
  --cases  how many broken feeds of each form are read, others each time; 1000 unless told

Exit code: 0 nothing was lost, 1 a test failed, 2 wrong arguments.`

/** Where processes die, disks fill up under real files, and feeds are broken. */
const files = [
  'tests/electron/db/crash.test.ts',
  'tests/electron/db/full-disk.test.ts',
  'tests/electron/sync/cut-off.test.ts',
  'tests/electron/sync/feeds/broken-feeds.test.ts',
]

function readArguments(words: readonly string[]): { kills: number; cuts: number; cases: number } | null {
  try {
    const options = {
      kills: { type: 'string' },
      cuts: { type: 'string' },
      cases: { type: 'string' },
    } as const
    const { values } = parseArgs({ args: [...words], options })
    const numbers = {
      kills: Number(values.kills ?? 500),
      cuts: Number(values.cuts ?? 50),
      cases: Number(values.cases ?? 1000),
    }
    const areGood = Object.values(numbers).every((value) => Number.isInteger(value) && value > 0)
    return areGood ? numbers : null
  } catch {
    return null
  }
}

async function main(words: readonly string[]): Promise<number> {
  const asked = readArguments(words)
  if (asked === null) {
    process.stderr.write(`${usage}\n`)
    return 2
  }
  const minutes = Math.ceil(asked.kills / 90 + asked.cases / 200)
  // A red run is repeated with the seed that it says.
  const seed = randomInt(2 ** 31)
  say(
    `${asked.kills} kills, ${asked.cuts} power cuts, ${asked.cases} broken feeds of each form with seed ${seed}; about ${minutes} minutes ...`,
  )
  const env = {
    OPEN_CHAIR_CRASH_ROUNDS: String(asked.kills),
    OPEN_CHAIR_POWER_CUTS: String(asked.cuts),
    OPEN_CHAIR_BROKEN_FEEDS: String(asked.cases),
    OPEN_CHAIR_SEED: String(seed),
  }
  const sums = await runUnits(files, env, 'verbose')
  for (const note of sums.notes) say(note)
  process.stdout.write(`\n${skipLine(sums)}${lastLine(sums)}\n`)
  return sums.failed > 0 ? 1 : 0
}

process.exitCode = await main(process.argv.slice(2))
