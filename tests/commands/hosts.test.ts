import { describe, expect, it } from 'vitest'
import { endToEndHosts } from './hosts.mjs'

describe('the hosts of the end-to-end tests', () => {
  it('are the Chromium host, and Electron where it can run', () => {
    expect(endToEndHosts({}, false)).toEqual(['chromium-host'])
    expect(endToEndHosts({}, true)).toEqual(['chromium-host', 'electron'])
  })

  it('are those that were asked for', () => {
    expect(endToEndHosts({ OPEN_CHAIR_HOSTS: 'electron' }, true)).toEqual(['electron'])
    expect(endToEndHosts({ OPEN_CHAIR_HOSTS: 'chromium-host' }, true)).toEqual(['chromium-host'])
  })

  it('are never fewer than asked for', () => {
    expect(() => endToEndHosts({ OPEN_CHAIR_HOSTS: 'chromium-host,electron' }, false)).toThrow(/missing/)
    expect(() => endToEndHosts({ OPEN_CHAIR_HOSTS: 'elektron' }, true)).toThrow(/elektron/)
  })
})
