/**
 * Switches that would open a packaged build to whoever can type a command line (KSK-44). Fuses stop
 * Node's own options; Chromium's switches have to be refused here.
 */
const refusedSwitches = [
  'inspect',
  'inspect-brk',
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-allow-origins',
  'js-flags',
  'no-sandbox',
  'disable-web-security',
  'load-extension',
  'user-data-dir',
  'proxy-server',
  'proxy-pac-url',
  'host-rules',
  'host-resolver-rules',
  'ignore-certificate-errors',
  'log-net-log',
  'enable-logging',
] as const

/** The refused switches among a process's arguments, without their values; empty when all is well. */
export function refusedSwitchesIn(args: readonly string[], isPackaged: boolean): readonly string[] {
  if (!isPackaged) return []
  const names = args
    .filter((argument) => argument.startsWith('--'))
    .map((argument) => argument.slice(2).split('=')[0])
  return refusedSwitches.filter((name) => names.includes(name))
}
