// @ts-check
// npm run feed, walkthrough, screens, soak, bench: brings the project into a state in which it can run, then
// hands over to the TypeScript file of that name on the pinned Node. Arguments and exit code pass through.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { browserVariable, ensureBrowser } from './browser.mjs'
import { ensureBuild } from './build-state.mjs'
import { run } from './child.mjs'
import { ensurePackages } from './install.mjs'
import { pinnedNode, root, say } from './project.mjs'

/** Which commands drive the built application, and so need the build and a browser. */
const commands = {
  feed: { drivesApplication: false },
  walkthrough: { drivesApplication: true },
  screens: { drivesApplication: true },
  soak: { drivesApplication: false },
  bench: { drivesApplication: true },
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
