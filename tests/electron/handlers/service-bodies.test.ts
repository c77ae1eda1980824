import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { createServiceBodyHandlers } from '../../../electron/handlers/service-bodies.ts'
import {
  bodiesAsTree,
  readServiceBodies,
  type ServiceBody,
} from '../../../electron/sync/feeds/bmlt-bodies.ts'
import { createFeedClient } from '../../../electron/sync/feeds/feed-client.ts'
import { type BmltAnswers, type BmltServer, openBmltServer } from '../../support/bmlt-server.ts'
import { hasSharedFeeds, sharedFeed } from '../../support/shared-feeds.ts'

let server: BmltServer | null = null
afterEach(async () => {
  await server?.close()
  server = null
})

async function ask(answers: Partial<BmltAnswers>, path = '') {
  server = await openBmltServer({ search: '[]', ...answers })
  return createServiceBodyHandlers(createFeedClient())['feeds.listServiceBodies']({
    address: server.root + path,
  })
}

const body = (id: number, parentId: number | null, name: string): ServiceBody => ({
  id,
  parentId,
  name,
  type: 'AS',
})
const asked = (bodies: readonly unknown[]) => JSON.stringify(bodies)

describe('the service bodies of a BMLT server', () => {
  it.skipIf(!hasSharedFeeds)('come as a tree, each below its own, by name; a real server’s 44', async () => {
    const text = readFileSync(sharedFeed('bmlt/ny-service-bodies.json'), 'utf8')
    const rows = JSON.parse(text) as readonly Readonly<Record<string, string>>[]
    const answer = await ask({ serviceBodies: text }, 'index.php')
    if (!answer.ok) throw new Error(answer.code)
    const bodies = answer.value
    expect(bodies).toHaveLength(44)
    expect(bodies.map(({ id }) => id).toSorted()).toEqual(rows.map((row) => Number(row['id'])).toSorted())
    for (const one of bodies) {
      const row = rows.find((other) => other['id'] === String(one.id))
      expect(one).toEqual({
        id: Number(row?.['id']),
        parentId: row?.['parent_id'] === '0' ? null : Number(row?.['parent_id']),
        name: row?.['name'],
        type: row?.['type'],
      })
      const above = bodies.findIndex(({ id }) => id === one.parentId)
      expect(above).toBeLessThan(bodies.indexOf(one))
    }
    for (const parent of new Set(bodies.map(({ parentId }) => parentId))) {
      const names = bodies.filter(({ parentId }) => parentId === parent).map(({ name }) => name)
      expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'en')))
    }
    expect(JSON.stringify(bodies)).not.toMatch(/555-01|http/)
    expect(server?.asked).toEqual(['/main_server/client_interface/json/?switcher=GetServiceBodies'])
  })

  it.each([
    ['a page', { broken: { GetServiceBodies: 200 } }],
    ['nothing at that place', { broken: { GetServiceBodies: 404 } }],
    ['an unknown question', { broken: { GetServiceBodies: 422 } }],
    ['an empty list', { serviceBodies: '[]' }],
    ['something else', { serviceBodies: '[{"id": "1", "name": "Open", "key_string": "O"}]' }],
    ['half a list', { serviceBodies: '[{"id": "1"' }],
  ])('is no such server when it answers with %s', async (_, answers) => {
    expect(await ask(answers)).toMatchObject({ ok: false, code: 'wrong_format' })
  })

  it('says apart an address that may not be asked and a server that does not answer', async () => {
    const { 'feeds.listServiceBodies': list } = createServiceBodyHandlers(createFeedClient())
    expect(await list({ address: 'main_server' })).toMatchObject({ ok: false, code: 'address_not_allowed' })
    expect(await list({ address: 'http://bmlt.example.org/' })).toMatchObject({
      ok: false,
      code: 'address_not_allowed',
    })
    expect(await list({ address: 'file:///etc/main_server' })).toMatchObject({
      ok: false,
      code: 'address_not_allowed',
    })
    await ask({})
    const address = server?.root ?? ''
    await server?.close()
    server = null
    expect(await list({ address })).toMatchObject({ ok: false, code: 'no_answer' })
  })
})

describe('a tree of service bodies', () => {
  it('has each once, also where parents are missing or go in a circle', () => {
    const bodies = [body(4, 3, 'D'), body(3, 4, 'C'), body(2, 1, 'b'), body(5, 1, 'A'), body(1, null, 'Z')]
    expect(bodiesAsTree(bodies).map(({ id, parentId }) => [id, parentId])).toEqual([
      [1, null],
      [5, 1],
      [2, 1],
      [3, null],
      [4, 3],
    ])
    const read = readServiceBodies(
      Buffer.from(asked([{ id: '2', parent_id: '9', name: 'Lost <b>area</b>', type: 'AS' }])),
    )
    expect(read).toEqual([{ id: 2, parentId: null, name: 'Lost area', type: 'AS' }])
  })

  it('of thousands below each other does not end the program', () => {
    const deep = Array.from({ length: 5000 }, (_, at) => body(at + 1, at === 0 ? null : at, `Body ${at}`))
    expect(bodiesAsTree(deep)).toHaveLength(5000)
  })
})
