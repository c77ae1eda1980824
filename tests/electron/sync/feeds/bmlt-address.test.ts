import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { FeedScope } from '../../../../electron/contract/models.ts'
import {
  bmltAddress,
  bmltQuestion,
  bmltRoot,
  searchFilter,
} from '../../../../electron/sync/feeds/bmlt-address.ts'
import { hasSharedFeeds, sharedFeed } from '../../../support/shared-feeds.ts'

const root = 'https://bmlt.example.org/main_server/'

describe('the root of a BMLT server', () => {
  it.each([
    'https://bmlt.example.org/main_server',
    'https://bmlt.example.org/main_server/',
    ' https://bmlt.example.org//main_server// ',
    'https://bmlt.example.org/main_server/index.php',
    'https://bmlt.example.org/main_server/index.php?something=1',
    'https://bmlt.example.org/main_server/client_interface/json/?switcher=GetSearchResults&weekdays=2',
    'https://bmlt.example.org/main_server/client_interface/jsonp/?switcher=GetFormats&callback=x',
    'https://bmlt.example.org/main_server/client_interface/html/index.php?switcher=x#top',
    'https://bmlt.example.org/main_server/semantic/',
    'HTTPS://BMLT.example.org/main_server/local_server/server_admin/index.php',
  ])('is found in %j', (address) => {
    expect(bmltRoot(address)).toBe(root)
  })

  it('may be the whole site, and needs a web address', () => {
    expect(bmltRoot('https://meetings.example.org')).toBe('https://meetings.example.org/')
    expect(bmltRoot('http://127.0.0.1:81/bmlt/index.php')).toBe('http://127.0.0.1:81/bmlt/')
    expect(bmltRoot('bmlt.example.org')).toBeNull()
    expect(bmltRoot('file:///etc/main_server/')).toBeNull()
  })
})

describe.skipIf(!hasSharedFeeds)('the public servers', () => {
  const servers = hasSharedFeeds
    ? (JSON.parse(readFileSync(sharedFeed('bmlt/root-servers.json'), 'utf8')) as readonly {
        rootURL: string
      }[])
    : []

  it('are roots as they stand, and are known as such servers by their address but for one', () => {
    expect(servers).toHaveLength(42)
    expect(servers.map(({ rootURL }) => bmltRoot(rootURL))).toEqual(servers.map(({ rootURL }) => rootURL))
    // Nothing in its address tells it from any other site: staff choose a circle or service bodies for it.
    expect(servers.filter(({ rootURL }) => bmltQuestion(rootURL, null) !== 'root')).toMatchObject([
      { rootURL: 'https://meetings.naworks.org/' },
    ])
  })
})

describe('how an address is asked', () => {
  const circle: FeedScope = { by: 'circle', kilometers: 20 }
  it.each([
    [root, null, 'root'],
    ['https://bmlt.example.org/main_server/index.php', null, 'root'],
    ['https://www.example.org/bmlt/', null, 'root'],
    ['https://bmlt.example.org/', null, 'root'],
    [`${root}client_interface/json/`, null, 'root'],
    [`${root}client_interface/json/?switcher=GetSearchResults&services=3`, null, 'query'],
    [`${root}client_interface/jsonp/?callback=x&SWITCHER=GetSearchResults`, null, 'query'],
    [`${root}client_interface/json/?switcher=GetFormats`, null, null],
    [`${root}client_interface/csv/?switcher=GetNAWSDump&sb_id=3`, null, null],
    [`${root}client_interface/tsml/?switcher=GetSearchResults`, null, null],
    ['https://example.org/meetings.json', null, null],
    ['https://bmlt.example.org/export.json', null, null],
    ['https://meetings.example.org/', null, null],
    ['https://meetings.example.org/', circle, 'root'],
    [`${root}client_interface/json/?switcher=GetSearchResults&services=3`, circle, 'root'],
    ['/home/me/main_server', circle, null],
  ] as const)('%s with scope %j: %s', (address, scope, question) => {
    expect(bmltQuestion(address, scope)).toBe(question)
  })
})

describe('the question for meetings', () => {
  const center = { latitude: 41.9, longitude: -87.6, radiusMeters: 25_000 }
  const asked = (scope: FeedScope | null) => [
    ...new URL(bmltAddress(root, 'GetSearchResults', searchFilter(scope, center))).searchParams,
  ]

  it('names the circle around the center, in its own radius unless staff said another', () => {
    expect(asked({ by: 'circle', kilometers: null })).toEqual([
      ['switcher', 'GetSearchResults'],
      ['lat_val', '41.9'],
      ['long_val', '-87.6'],
      ['geo_width_km', '25'],
    ])
    expect(asked({ by: 'circle', kilometers: 7.5 }).at(-1)).toEqual(['geo_width_km', '7.5'])
  })

  it('names service bodies with all below them, and nothing for a whole server', () => {
    expect(asked({ by: 'services', ids: [3, 12] })).toEqual([
      ['switcher', 'GetSearchResults'],
      ['services[]', '3'],
      ['services[]', '12'],
      ['recursive', '1'],
    ])
    expect(asked(null)).toEqual([['switcher', 'GetSearchResults']])
  })
})
