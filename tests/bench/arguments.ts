import { err, ok, type Result } from '../../electron/contract/result.ts'

export type BenchArguments = {
  readonly sizes: readonly number[]
  /** As given: relative to where the user stands. Null for the default place. */
  readonly out: string | null
}

export const defaultSizes = [500, 5_000, 20_000, 100_000] as const
/** Not `test-results/`, which the end-to-end tests empty when they start. */
export const defaultOut = '.cache/bench.json'

const smallestSize = 100
const largestSize = 100_000

export const usage = `Usage: npm run bench -- [--sizes 500,5000] [--out FILE]

  --sizes  how many meetings to generate, from ${smallestSize} to ${largestSize}, with commas between;
           ${defaultSizes.join(',')} unless told
  --out    where to write the results as JSON; ${defaultOut} in the project unless told

Prints a table, and on standard error how long each size takes. Nothing here passes or fails by a time.
Exit code: 0 done, 1 a measurement could not be made, 2 wrong arguments.`

/** Reads the words after `--`. The error's `detail` is one sentence that says what to mend. */
export function parseBenchArguments(words: readonly string[]): Result<BenchArguments, 'usage'> {
  const given = new Map<string, string>()
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    const equals = word.indexOf('=')
    const flag = equals < 0 ? word : word.slice(0, equals)
    if (flag !== '--sizes' && flag !== '--out') return err('usage', `${word} is not an option.`)
    if (given.has(flag)) return err('usage', `${flag} stands twice.`)
    let value: string | undefined = word.slice(equals + 1)
    if (equals < 0) {
      at += 1
      value = words[at]
    }
    if (value === undefined || value === '' || value.startsWith('--'))
      return err('usage', `${flag} needs a value.`)
    given.set(flag, value)
  }
  const sizes = readSizes(given.get('--sizes'))
  return sizes.ok ? ok({ sizes: sizes.value, out: given.get('--out') ?? null }) : sizes
}

function readSizes(text: string | undefined): Result<readonly number[], 'usage'> {
  if (text === undefined) return ok(defaultSizes)
  const sizes: number[] = []
  for (const part of text.split(',')) {
    const size = /^\s*\d{1,7}\s*$/.test(part) ? Number(part) : Number.NaN
    if (!(size >= smallestSize && size <= largestSize)) {
      return err(
        'usage',
        `--sizes takes whole numbers from ${smallestSize} to ${largestSize}; "${part}" is none.`,
      )
    }
    if (sizes.includes(size)) return err('usage', `The size ${size} stands twice.`)
    sizes.push(size)
  }
  return ok(sizes)
}
