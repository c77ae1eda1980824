// @ts-check
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './child.mjs'
import { commandOf, pinnedNode } from './project.mjs'
import { vitestSums } from './sums.mjs'

/**
 * Runs Vitest and adds up its report.
 * @param {readonly string[]} files All of them when empty.
 * @param {Record<string, string>} env @param {'default' | 'verbose'} [reporter]
 */
export async function runUnits(files, env, reporter = 'default') {
  return withReport('unit.json', async (report) => {
    const args = [
      commandOf('vitest', 'vitest'),
      'run',
      '--config=tests/vitest.config.ts',
      `--reporter=${reporter}`,
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...files,
    ]
    const { code } = await run(pinnedNode(), args, { env })
    return vitestSums(textOf(report), code)
  })
}

/**
 * Gives `use` the path of a report in a folder that is removed afterwards.
 * @template T @param {string} name @param {(file: string) => Promise<T>} use
 */
export async function withReport(name, use) {
  const folder = mkdtempSync(join(tmpdir(), 'open-chair-report-'))
  try {
    return await use(join(folder, name))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What a runner wrote, or null when it wrote nothing. @param {string} file */
export function textOf(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
