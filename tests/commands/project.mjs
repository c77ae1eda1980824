// @ts-check
// Where the project is, and how commands speak. Plain JavaScript on any Node from 20: this and all that it
// imports runs before anything is installed.
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

/** Notices go to standard error: standard output belongs to what a command was asked for. @param {string} sentence */
export const say = (sentence) => {
  process.stderr.write(`open-chair: ${sentence}\n`)
}

/** The Node that the project is built and tested with, as package.json pins it. @param {string} [folder] */
export function pinnedNodeVersion(folder = root) {
  /** @type {{ devDependencies: Record<string, string> }} */
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const version = manifest.devDependencies['node']
  if (version === undefined) throw new Error('package.json pins no Node')
  return version
}

/** Path of the pinned Node's executable, whether it is there or not. @param {string} [folder] */
export const pinnedNode = (folder = root) =>
  join(folder, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** The environment of everything we start: the pinned Node comes first. @param {string} [folder] */
export function childEnv(folder = root) {
  const first = [join(folder, 'node_modules/node/bin'), join(folder, 'node_modules/.bin')]
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'
  return { ...process.env, [name]: [...first, process.env[name] ?? ''].join(delimiter) }
}

/**
 * Script file of an installed package's command, to be run by the pinned Node without a shell.
 * @param {string} name @param {string} command @param {string} [folder]
 */
export function commandOf(name, command, folder = root) {
  const home = join(folder, 'node_modules', name)
  /** @type {{ bin: string | Record<string, string> }} */
  const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
  const file = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[command]
  if (file === undefined || !existsSync(join(home, file)))
    throw new Error(`${name} has no command ${command}`)
  return join(home, file)
}

/** Whether a window can be opened at all: on Linux without a display server it cannot. */
export function hasDisplay() {
  if (process.platform !== 'linux') return true
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  return (DISPLAY ?? '') !== '' || (WAYLAND_DISPLAY ?? '') !== ''
}
