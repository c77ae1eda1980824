// @ts-check
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './child.mjs'
import { say } from './project.mjs'

/**
 * What the tests call besides Node and a browser: `pdftotext` reads printed sheets back, `openssl` makes the
 * certificates of invented sites. Without `strace` the tests of power cuts are skipped.
 */
const programs = [
  { name: 'pdftotext', debian: 'poppler-utils', mac: 'poppler' },
  { name: 'openssl', debian: 'openssl', mac: 'openssl' },
]

/**
 * Whether a program is on the path.
 * @param {string} name @param {NodeJS.ProcessEnv} [env] @param {NodeJS.Platform} [platform]
 */
export function hasProgram(name, env = process.env, platform = process.platform) {
  const key = Object.keys(env).find((each) => each.toUpperCase() === 'PATH') ?? 'PATH'
  const folders = (env[key] ?? '').split(delimiter).filter((folder) => folder !== '')
  return folders.some((folder) => existsSync(join(folder, platform === 'win32' ? `${name}.exe` : name)))
}

/**
 * Whether Debian packages can be installed without asking anyone.
 * @param {NodeJS.Platform} [platform] @param {boolean} [isRoot] @param {boolean} [hasApt]
 */
export const mayUseApt = (
  platform = process.platform,
  isRoot = process.getuid?.() === 0,
  hasApt = existsSync('/usr/bin/apt-get'),
) => platform === 'linux' && isRoot && hasApt

/** @param {readonly string[]} packages */
export async function installByApt(packages) {
  say(`installing the Debian package${packages.length > 1 ? 's' : ''} ${packages.join(', ')} ...`)
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', '-qq'], { quiet: true, env })
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...packages]
  await run('apt-get', install, { quiet: true, env })
}

/** Installs what the tests call and is not there, or says in one sentence what to install. */
export async function ensureTestPrograms() {
  const missing = () => programs.filter(({ name }) => !hasProgram(name))
  if (missing().length > 0 && mayUseApt()) await installByApt(missing().map(({ debian }) => debian))
  const absent = missing()
  if (absent.length === 0) return
  const several = absent.length > 1
  const names = absent.map(({ name }) => name).join(' and ')
  const debian = absent.map((each) => each.debian).join(' ')
  const mac = absent.map((each) => each.mac).join(' ')
  say(
    `${names} ${several ? 'are' : 'is'} missing, and what calls ${several ? 'them' : 'it'} will fail. Install with` +
      ` sudo apt-get install ${debian} (Debian) or brew install ${mac} (macOS), and start again.`,
  )
}
