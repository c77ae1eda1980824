import { nameSimilarity } from '../domain/name-similarity.ts'
import { parseFingerprint } from './identity.ts'

/** A meeting as matching sees it. */
export type Candidate = { readonly id: string; readonly fingerprint: string }
export type Match = { readonly oldId: string; readonly newId: string }

/** Names this alike (0..1, shared letter pairs) are one when day, time and place are equal. */
const alike = 0.6

/**
 * Finds the meetings that a feed lists under a new key (feeds.md 2.9): `gone` are the leftovers of the
 * last list, `come` the newcomers. The same fingerprint first, then the same day, time and place with a
 * similar name. Independent of the order of both lists, and of how many pairs were already carried over,
 * so that a run which was cut off midway ends the same when it is repeated.
 */
export function matchRenumbered(gone: readonly Candidate[], come: readonly Candidate[]): Match[] {
  const matches: Match[] = []
  const oldByPrint = groupBy(gone, (candidate) => candidate.fingerprint)
  const newByPrint = groupBy(come, (candidate) => candidate.fingerprint)
  const takenOld = new Set<string>()
  const takenNew = new Set<string>()
  const take = (old: Candidate, fresh: Candidate) => {
    takenOld.add(old.id)
    takenNew.add(fresh.id)
    matches.push({ oldId: old.id, newId: fresh.id })
  }
  for (const [print, olds] of oldByPrint) {
    const fresh = newByPrint.get(print) ?? []
    for (const [index, old] of olds.entries()) {
      const partner = fresh[index]
      if (partner !== undefined) take(old, partner)
    }
  }
  const oldBySlot = groupBy(
    gone.filter((candidate) => !takenOld.has(candidate.id)),
    slotOf,
  )
  const newBySlot = groupBy(
    come.filter((candidate) => !takenNew.has(candidate.id)),
    slotOf,
  )
  for (const [slot, olds] of oldBySlot) {
    // Without a place, day and time say too little: dozens of online meetings start at the full hour.
    if (slot.endsWith('|')) continue
    const pairs = olds
      .flatMap((old) =>
        (newBySlot.get(slot) ?? []).map((fresh) => ({ old, fresh, score: similarity(old, fresh) })),
      )
      .filter((pair) => pair.score >= alike)
      .sort((a, b) => b.score - a.score || compare(a.old.id, b.old.id) || compare(a.fresh.id, b.fresh.id))
    for (const { old, fresh } of pairs) {
      if (!takenOld.has(old.id) && !takenNew.has(fresh.id)) take(old, fresh)
    }
  }
  return matches
}

function slotOf(candidate: Candidate): string {
  const print = parseFingerprint(candidate.fingerprint)
  return `${print.when}|${print.place}`
}

function similarity(a: Candidate, b: Candidate): number {
  return nameSimilarity(parseFingerprint(a.fingerprint).name, parseFingerprint(b.fingerprint).name)
}

function groupBy(candidates: readonly Candidate[], keyOf: (candidate: Candidate) => string) {
  const groups = new Map<string, Candidate[]>()
  for (const candidate of [...candidates].sort((a, b) => compare(a.id, b.id))) {
    const key = keyOf(candidate)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [candidate])
    else group.push(candidate)
  }
  return groups
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
