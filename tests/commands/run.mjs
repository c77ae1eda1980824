// @ts-check
// npm run feed, walkthrough, screens, soak, bench: brings the project into a state in which it can run, then
// hands over to the TypeScript file of that name on the pinned Node. Arguments and exit code pass through.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { browserVariable, ensureBrowser } from './browser.mjs'
import { ensureBuild } from './build-state.mjs'
import { run } from './child.mjs'
import { ensurePackages } from './install.mjs'
import { ensureTestPrograms } from './programs.mjs'
import { pinnedNode, root, say } from './project.mjs'

/** Which commands drive the built application, and so need the build and a browser; which read paper back. */
const commands = {
  feed: { drivesApplication: false, readsPaper: false },
  walkthrough: { drivesApplication: true, readsPaper: false },
  screens: { drivesApplication: true, readsPaper: true },
  soak: { drivesApplication: false, readsPaper: false },
  bench: { drivesApplication: true, readsPaper: false },
}

const [name = '', ...args] = process.argv.slice(2)

async function main() {
  const command = Object.entries(commands).find(([key]) => key === name)?.[1]
  const file = ['tests/commands', 'tests/bench']
    .map((folder) => join(root, folder, `${name}.ts`))
    .find(existsSync)
  if (command === undefined || file === undefined) {
    say(`there is no command '${name}'. There are: ${Object.keys(commands).join(', ')}.`)
    return 2
  }
  // Not 1 or 2: those say something about the feed or the arguments.
  if (!(await ensurePackages())) return 70
  if (command.readsPaper) await ensureTestPrograms()
  const env = /** @type {Record<string, string>} */ ({})
  if (command.drivesApplication) {
    if (!(await ensureBuild())) return 70
    const browser = await ensureBrowser()
    if (browser === null) return 70
    env[browserVariable] = browser
  }
  const { code } = await run(pinnedNode(), [file, ...args], { env })
  return code ?? 70
}

process.exitCode = await main()
