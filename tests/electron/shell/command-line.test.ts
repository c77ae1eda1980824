import { describe, expect, it } from 'vitest'
import { refusedSwitchesIn } from '../../../electron/shell/command-line.ts'

describe('the command line of a packaged build (KSK-44)', () => {
  it.each([
    '--inspect',
    '--inspect-brk=0',
    '--remote-debugging-port=9222',
    '--js-flags=--expose-gc',
    '--no-sandbox',
    '--load-extension=x',
    '--user-data-dir=/tmp/x',
    '--proxy-server=http://127.0.0.1:1',
    '--use-mock-keychain',
    // Chromium takes these for the same switches.
    '-remote-debugging-port=9222',
    '/remote-debugging-port=9222',
    '--Remote-Debugging-Port=9222',
  ])('refuses %s', (argument) => {
    expect(refusedSwitchesIn(['open-chair', argument], true)).toHaveLength(1)
  })

  it('names the switch without its value', () => {
    expect(refusedSwitchesIn(['--proxy-server=http://name:secret@127.0.0.1'], true)).toEqual(['proxy-server'])
  })

  it('lets ordinary arguments and unpackaged runs pass', () => {
    expect(refusedSwitchesIn(['open-chair', '--force-device-scale-factor=1'], true)).toEqual([])
    expect(
      refusedSwitchesIn(['/opt/open-chair/open-chair', '--password-store=gnome-libsecret'], true),
    ).toEqual([])
    expect(refusedSwitchesIn(['--inspect'], false)).toEqual([])
  })
})
