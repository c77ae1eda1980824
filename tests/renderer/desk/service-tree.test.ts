import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { searchTree, treeOf, withBody, type ServiceBody } from '../../../renderer/desk/service-tree.ts'
import { hasSharedFeeds, sharedFeed } from '../../support/shared-feeds.ts'

const body = (id: number, parentId: number | null, name: string): ServiceBody => ({
  id,
  parentId,
  name,
  type: 'AS',
})
const some = [
  body(4, 3, 'Monroe Subarea'),
  body(1, null, 'Northern Region'),
  body(3, 1, 'Rochester Área'),
  body(2, 1, 'Albany Area'),
  body(5, 99, 'Stray Area'),
]
const lines = (rows: ReturnType<typeof treeOf>) => rows.map((row) => `${row.depth} ${row.body.name}`)

describe('the tree of service bodies', () => {
  it('has children under their parent, by name, and a stray one at the top', () => {
    expect(lines(treeOf(some))).toEqual([
      '0 Northern Region',
      '1 Albany Area',
      '1 Rochester Área',
      '2 Monroe Subarea',
      '0 Stray Area',
    ])
  })

  it('has each body once, also where parents go in a circle', () => {
    const circle = [body(1, 2, 'One'), body(2, 1, 'Two'), body(3, 3, 'Own parent')]
    expect(treeOf(circle).map((row) => row.body.id)).toHaveLength(3)
  })

  it('shows what is looked for with those above it, whatever its accents', () => {
    const rows = treeOf(some)
    expect(lines(searchTree(rows, ' rochester area '))).toEqual(['0 Northern Region', '1 Rochester Área'])
    expect(searchTree(rows, '')).toBe(rows)
    expect(searchTree(rows, 'nowhere')).toEqual([])
  })

  it('needs no mark of its own for what is below a chosen one', () => {
    const rows = treeOf(some)
    expect(withBody([4, 5], rows, 1, true)).toEqual([5, 1])
    expect(withBody([5, 1], rows, 1, false)).toEqual([5])
  })
})

it.skipIf(!hasSharedFeeds)('has every body of a real server once', () => {
  const text = readFileSync(sharedFeed('bmlt/ny-service-bodies.json'), 'utf8')
  const bodies = (JSON.parse(text) as { id: string; parent_id: string; name: string }[]).map((each) =>
    body(Number(each.id), Number(each.parent_id) || null, each.name),
  )
  const rows = treeOf(bodies)
  expect(bodies.length).toBeGreaterThan(5)
  expect(rows.map((row) => row.body.id).toSorted()).toEqual(bodies.map(({ id }) => id).toSorted())
  expect(rows.some(({ depth }) => depth > 0)).toBe(true)
})
