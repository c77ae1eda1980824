import type { EpochMs, OccurrenceRow, Whereabouts } from '../../electron/contract/models.ts'

export type Phase = 'now' | 'next' | 'later' | 'ended'

/** Rows of a page are at most this many: a day may have thousands. */
export const pageSize = 50
export const daysShown = 35

/** The group to begin with: the first, in the order of distance, that has any meetings on that day. */
export function firstGroup(totals: Readonly<Record<Whereabouts, number>> | undefined): Whereabouts {
  if (totals === undefined || totals.here > 0) return 'here'
  if (totals.nearby > 0) return 'nearby'
  return totals.online > 0 ? 'online' : 'here'
}

/** The meeting that is on, else the one that starts next: what stands on top of the home screen. */
export function featured(rows: readonly OccurrenceRow[], nowMs: EpochMs): OccurrenceRow | null {
  const held = rows.filter((row) => row.status !== 'cancelled' && !row.allDay && row.endsAtMs > nowMs)
  const on = held.filter((row) => row.startsAtMs <= nowMs)
  // Among several that are on, the one that began last is the one people come in for.
  return on.toSorted((a, b) => b.startsAtMs - a.startsAtMs)[0] ?? held.toSorted(byStart)[0] ?? null
}

/**
 * What stands on top when nothing more is held here: of places to go to, the next that one can still reach in
 * time; of what can be joined from anywhere, also one that is on.
 */
export function featuredElsewhere(
  nearby: readonly OccurrenceRow[],
  online: readonly OccurrenceRow[],
  nowMs: EpochMs,
): OccurrenceRow | null {
  const coming = nearby.filter((row) => row.startsAtMs > nowMs)
  return featured(coming, nowMs) ?? featured(online, nowMs) ?? featured(nearby, nowMs)
}

/** Start of the soonest row not begun yet: all rows of that minute are "next". */
export function nextStart(rows: readonly OccurrenceRow[], nowMs: EpochMs): EpochMs | null {
  const coming = rows.filter((row) => row.startsAtMs > nowMs && row.status !== 'cancelled' && !row.allDay)
  return coming.toSorted(byStart)[0]?.startsAtMs ?? null
}

export function phaseOf(row: OccurrenceRow, nowMs: EpochMs, nextMs: EpochMs | null): Phase {
  if (row.endsAtMs <= nowMs && row.endsAtMs > row.startsAtMs) return 'ended'
  if (row.startsAtMs <= nowMs) return 'now'
  return row.startsAtMs === nextMs ? 'next' : 'later'
}

/** Whole minutes until it starts, rounded up: "in 1 minute" until the start itself. */
export function minutesUntil(atMs: EpochMs, nowMs: EpochMs): number {
  return Math.max(0, Math.ceil((atMs - nowMs) / 60_000))
}

/** Lists older than this are said to be old. */
export const staleAfterMs = 48 * 3_600_000

function byStart(a: OccurrenceRow, b: OccurrenceRow): number {
  return a.startsAtMs - b.startsAtMs
}
