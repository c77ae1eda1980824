// @ts-check
// The catalogs against each other and against the sources. Part of `npm run check`.
import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { compareCatalogs, compareWithSources } from './catalogs.mjs'
import { root } from './project.mjs'

const folder = join(root, 'resources/locales')
const catalogs = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => [basename(name, '.json'), JSON.parse(readFileSync(join(folder, name), 'utf8'))]),
)
const sources = ['renderer', 'electron'].flatMap((start) =>
  readdirSync(join(root, start), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => ({ path: `${start}/${name}`, text: readFileSync(join(root, start, name), 'utf8') })),
)
const faults = [...compareCatalogs(catalogs), ...compareWithSources(catalogs.get('en') ?? {}, sources)]
for (const fault of faults) process.stdout.write(`${fault}\n`)
process.exitCode = faults.length > 0 ? 1 : 0
