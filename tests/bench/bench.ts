// npm run bench: times the built application on generated lists and prints a table.
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { dirname, resolve } from 'node:path'
import { defaultOut, parseBenchArguments, usage } from './arguments.ts'
import { measureSize, seed, type SizeResult } from './measure.ts'
import { formatQueries, measureQueries, type QueriesResult } from './queries.ts'
import { formatResults, remarks } from './report.ts'

const exitCodes = { done: 0, notMeasured: 1, wrongArguments: 2 } as const

async function main(words: readonly string[]): Promise<number> {
  const parsed = parseBenchArguments(words)
  if (!parsed.ok) {
    process.stderr.write(`${parsed.detail ?? ''}\n\n${usage}\n`)
    return exitCodes.wrongArguments
  }
  const { sizes, out } = parsed.value
  const root = resolve(import.meta.dirname, '../..')
  // npm runs commands in the project's folder; a relative path is meant from where the user stands.
  const file =
    out === null ? resolve(root, defaultOut) : resolve(process.env['INIT_CWD'] ?? process.cwd(), out)
  mkdirSync(dirname(file), { recursive: true })
  const results: SizeResult[] = []
  const machine = { ...machineFacts(), loadBefore: loadavg()[0] ?? null }
  const queries: QueriesResult[] = []
  let code: number = exitCodes.done
  for (const size of sizes) {
    try {
      const result = await measureSize(size, (what) => process.stderr.write(`${size} meetings: ${what}\n`))
      results.push(result)
      process.stderr.write(`${size} meetings: twenty feeds, lists, filters and search in one thread\n`)
      queries.push(await measureQueries({ seed, size, feeds: 20, rounds: 100 }))
      process.stderr.write(`${size} meetings took ${Math.round(result.tookMs / 1000)} s\n`)
      if ([result.listDay, result.signIn, result.handout].some(({ failed }) => failed !== null))
        code = exitCodes.notMeasured
    } catch (cause) {
      code = exitCodes.notMeasured
      process.stderr.write(`${size} meetings could not be measured: ${sentenceOf(cause)}\n`)
    }
    // After each size: whoever stops a long run keeps what it has.
    writeFileSync(file, `${JSON.stringify({ machine, seed, results, queries }, null, 2)}\n`)
  }
  if (results.length > 0) process.stdout.write(`${formatResults(results)}\n\n${remarks}\n`)
  for (const result of queries) process.stdout.write(`\n${formatQueries(result)}\n`)
  process.stderr.write(`The results are in ${file}\n`)
  return code
}

function machineFacts() {
  const cores = cpus()
  return {
    platform: process.platform,
    architecture: process.arch,
    node: process.version,
    cores: cores.length,
    processor: cores[0]?.model.trim() ?? 'unknown',
    memoryMiB: Math.round(totalmem() / 1024 / 1024),
  }
}

function sentenceOf(cause: unknown): string {
  return cause instanceof Error ? (cause.message.split('\n')[0] ?? cause.name) : String(cause)
}

process.exitCode = await main(process.argv.slice(2))
