/**
 * Switches that would open a packaged build to whoever can type a command line (KSK-44). Fuses stop
 * Node's own options; Chromium's switches have to be refused here.
 */
const refusedSwitches = [
  'inspect',
  'inspect-brk',
  'inspect-brk-node',
  'inspect-port',
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-allow-origins',
  'js-flags',
  'no-sandbox',
  'disable-gpu-sandbox',
  'single-process',
  'gpu-launcher',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'browser-subprocess-path',
  // A key store that everybody has the password of would count as the system's (SEC-07).
  'use-mock-keychain',
  'disable-web-security',
  'load-extension',
  'user-data-dir',
  'proxy-server',
  'proxy-pac-url',
  'host-rules',
  'host-resolver-rules',
  'ignore-certificate-errors',
  'ignore-certificate-errors-spki-list',
  'unsafely-treat-insecure-origin-as-secure',
  'ssl-key-log-file',
  'log-net-log',
  'enable-logging',
  'log-file',
] as const

/**
 * The refused switches among a process's arguments, without their values; empty when all is well. Chromium takes
 * one dash for two everywhere, and on Windows a slash and capital letters as well.
 */
export function refusedSwitchesIn(args: readonly string[], isPackaged: boolean): readonly string[] {
  if (!isPackaged) return []
  const names = args.map((argument) => /^(?:--?|\/)([^=]+)/.exec(argument)?.[1]?.toLowerCase())
  return refusedSwitches.filter((name) => names.includes(name))
}
