import { isObject, rawOf } from './bmlt-fields.ts'
import { openText } from './feed-text.ts'
import { openJson } from './json.ts'
import { plainLine } from './text.ts'

/** A service body of a BMLT server: an area, a region ... */
export type ServiceBody = {
  readonly id: number
  /** Null at the top, also where the one above is not in the answer. */
  readonly parentId: number | null
  readonly name: string
  /** As the server says: `AS` area, `RS` region ... */
  readonly type: string
}

/** The largest servers have some hundreds. */
const maxBodies = 5_000

/** Reads the answer to `GetServiceBodies`; null when it is none. Help lines and addresses are not kept. */
export function readServiceBodies(content: Uint8Array): readonly ServiceBody[] | null {
  const opened = openText(content)
  const json = opened.ok ? openJson(opened.value.source) : opened
  if (!json.ok || json.value.form !== 'list') return null
  const bodies = new Map<number, ServiceBody>()
  for (const element of json.value.list) {
    if (!element.ok || !isObject(element.value)) continue
    const id = idOf(rawOf(element.value, 'id'))
    const name = plainLine(rawOf(element.value, 'name') ?? '').slice(0, 200)
    // A format has an id and a name too, in other words.
    if (id === null || name === '' || !Object.hasOwn(element.value, 'parent_id')) continue
    const type = (rawOf(element.value, 'type') ?? '').slice(0, 8)
    bodies.set(id, { id, parentId: idOf(rawOf(element.value, 'parent_id')), name, type })
    if (bodies.size >= maxBodies) break
  }
  if (bodies.size === 0) return null
  return [...bodies.values()].map((body) => ({
    ...body,
    parentId: body.parentId !== null && bodies.has(body.parentId) ? body.parentId : null,
  }))
}

/**
 * In the order of a tree: each body before those below it, those of one parent by name. Whoever stands in a
 * circle of parents is put at the top, so that each is there once.
 */
export function bodiesAsTree(bodies: readonly ServiceBody[]): readonly ServiceBody[] {
  const byName = bodies.toSorted((a, b) => collator.compare(a.name, b.name) || a.id - b.id)
  const children = Map.groupBy(byName, (body) => body.parentId)
  const listed = new Map<number, ServiceBody>()
  const list = (roots: readonly ServiceBody[]): void => {
    // By hand and not by recursion: a hostile server nests thousands deep.
    const waiting = roots.toReversed()
    for (let body = waiting.pop(); body !== undefined; body = waiting.pop()) {
      if (listed.has(body.id)) continue
      listed.set(body.id, body)
      for (const child of (children.get(body.id) ?? []).toReversed()) waiting.push(child)
    }
  }
  list(children.get(null) ?? [])
  for (const body of byName) if (!listed.has(body.id)) list([{ ...body, parentId: null }])
  return [...listed.values()]
}

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true })

/** Ids are positive whole numbers; `0` is nobody. */
function idOf(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null
}
