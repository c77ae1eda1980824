/** One service body of a Narcotics Anonymous server, as `feeds.listServiceBodies` gives it. */
export type ServiceBody = {
  readonly id: number
  readonly parentId: number | null
  readonly name: string
  readonly type: string
}

export type TreeRow = {
  readonly body: ServiceBody
  readonly depth: number
  /** Ids of those above it, the nearest last. */
  readonly above: readonly number[]
}

/**
 * Service bodies in the order of the tree, children under their parent, by name. One whose parent is not
 * there stands at the top; a circle of parents is cut at its first body.
 */
export function treeOf(bodies: readonly ServiceBody[]): readonly TreeRow[] {
  const known = new Set(bodies.map(({ id }) => id))
  const byParent = Map.groupBy(bodies, ({ parentId }) =>
    parentId !== null && known.has(parentId) ? parentId : null,
  )
  const rows: TreeRow[] = []
  const done = new Set<number>()
  const add = (body: ServiceBody, above: readonly number[]): void => {
    if (done.has(body.id)) return
    done.add(body.id)
    rows.push({ body, depth: above.length, above })
    for (const child of sorted(byParent.get(body.id) ?? [])) add(child, [...above, body.id])
  }
  for (const body of sorted(byParent.get(null) ?? [])) add(body, [])
  for (const body of sorted(bodies)) add(body, [])
  return rows
}

function sorted(bodies: readonly ServiceBody[]): readonly ServiceBody[] {
  return bodies.toSorted((a, b) => a.name.localeCompare(b.name) || a.id - b.id)
}

/** Rows whose name has the text, with those above them, so that each stands where it belongs. */
export function searchTree(rows: readonly TreeRow[], text: string): readonly TreeRow[] {
  const wanted = folded(text.trim())
  if (wanted === '') return rows
  const shown = new Set<number>()
  for (const { body, above } of rows) {
    if (!folded(body.name).includes(wanted)) continue
    for (const id of above) shown.add(id)
    shown.add(body.id)
  }
  return rows.filter(({ body }) => shown.has(body.id))
}

const folded = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** Takes a body in or out. One that is taken in brings along all below it, so those need no mark of their own. */
export function withBody(
  ids: readonly number[],
  rows: readonly TreeRow[],
  id: number,
  isOn: boolean,
): readonly number[] {
  if (!isOn) return ids.filter((each) => each !== id)
  const below = new Set(rows.filter(({ above }) => above.includes(id)).map(({ body }) => body.id))
  return [...ids.filter((each) => each !== id && !below.has(each)), id]
}
