import type { Stands } from '../domain/whereabouts.ts'
import type { Db, Tx } from './connection.ts'
import type { MeetingContent } from './meeting-rows.ts'

/** A meeting as it goes into the table. */
export type MeetingWrite = {
  readonly id: string
  /** Null: entered at the desk. */
  readonly feedId: string | null
  readonly content: MeetingContent
  readonly contentHash: string
  readonly fingerprint: string
  readonly stands: Stands
}

/**
 * Writes `meeting`, its rules and its aliases. What staff said of a meeting (hidden, held here or not) is
 * never touched by a write; a withdrawn meeting that is written again is active again.
 */
export class MeetingWriter {
  readonly #sql: ReturnType<typeof prepare>
  readonly #machineId: string

  constructor(db: Db, machineId: string) {
    this.#sql = prepare(db)
    this.#machineId = machineId
  }

  write(_tx: Tx, meeting: MeetingWrite, nowMs: number): void {
    const { id, feedId, content, stands } = meeting
    const { place } = content
    // An id that led elsewhere is a meeting of its own again.
    this.#sql.removeAlias.run({ oldId: id })
    this.#sql.write.run({
      id,
      feedId,
      key: content.key,
      part: content.part,
      kind: content.kind,
      fellowship: content.fellowship,
      audience: content.audience,
      decidedBy: content.decidedBy,
      name: content.name,
      group: content.group,
      notes: content.notes,
      types: JSON.stringify(content.types),
      languages: JSON.stringify(content.languages),
      openness: content.openness,
      attendance: content.attendance,
      onlineUrl: content.onlineUrl,
      onlineNote: content.onlineNote,
      phone: content.phone,
      phoneNote: content.phoneNote,
      provider: content.provider,
      placeName: place?.name ?? null,
      street: place?.street ?? null,
      city: place?.city ?? null,
      region: place?.region ?? null,
      postalCode: place?.postalCode ?? null,
      country: place?.country ?? null,
      address: place?.address ?? null,
      placeNote: place?.note ?? null,
      latitude: place?.latitude ?? null,
      longitude: place?.longitude ?? null,
      approximate: place?.approximate === true ? 1 : 0,
      wheelchair: content.wheelchair === null ? null : content.wheelchair ? 1 : 0,
      openWeeks: JSON.stringify(content.openWeeks ?? []),
      own: feedId === null ? 1 : 0,
      byAppointment: content.rules.length === 0 ? 1 : 0,
      here: stands.here ? 1 : 0,
      hereWhy: stands.hereWhy,
      distance: stands.distanceMeters,
      sourceName: content.sourceName,
      sourceUpdated: content.sourceUpdated,
      contentHash: meeting.contentHash,
      fingerprint: meeting.fingerprint,
      machineId: this.#machineId,
      now: nowMs,
    })
    for (const [position, rule] of content.rules.entries()) {
      this.#sql.writeRule.run({ id, position, rule: JSON.stringify(rule) })
    }
    this.#sql.removeRules.run({ id, from: content.rules.length })
  }

  /**
   * The feed lists the meeting of `oldId` under `newId` from now on: the row goes on under the new id, as any
   * other machine would have it, and the old id, which sign-ins hold, leads to it. Its number stays, and with it
   * its dates and words.
   */
  carryOn(_tx: Tx, oldId: string, newId: string): void {
    const { moveRules, rename, moveAliases, addAlias, removeAlias, deferKeys } = this.#sql
    // Rules and aliases point at the old id until all have moved; ends with the transaction.
    deferKeys()
    rename.run({ oldId, newId })
    moveRules.run({ oldId, newId })
    moveAliases.run({ oldId, newId })
    removeAlias.run({ oldId: newId })
    addAlias.run({ oldId, newId })
  }

  /** The feed no longer has it: not shown any more, never deleted, because sign-ins refer to it. */
  withdraw(_tx: Tx, id: string, nowMs: number): void {
    this.#sql.withdraw.run({ id, now: nowMs })
  }

  /** Hidden by staff, or active again; what is withdrawn stays so. False when nothing changed. */
  setState(_tx: Tx, id: string, state: 'active' | 'hidden', nowMs: number): boolean {
    return this.#sql.setState.run({ id, state, now: nowMs }) === 1
  }

  /** Another feed's meeting is shown in its place; null: it is shown itself. */
  setShownAs(_tx: Tx, id: string, otherId: string | null): void {
    this.#sql.setShownAs.run({ id, otherId })
  }

  restand(_tx: Tx, id: string, stands: Stands): void {
    const { hereWhy, distanceMeters } = stands
    this.#sql.restand.run({ id, here: stands.here ? 1 : 0, hereWhy, distance: distanceMeters })
  }

  /** What staff said of it: true held here, false not, null nothing. False when there is no such meeting. */
  markHere(_tx: Tx, id: string, here: boolean | null, nowMs: number): boolean {
    return this.#sql.markHere.run({ id, mark: here === null ? null : here ? 1 : 0, now: nowMs }) === 1
  }
}

const written = [
  ['feed_id', ':feedId'],
  ['feed_key', ':key'],
  ['feed_part', ':part'],
  ['kind', ':kind'],
  ['fellowship', ':fellowship'],
  ['audience', ':audience'],
  ['decided_by', ':decidedBy'],
  ['name', ':name'],
  ['group_name', ':group'],
  ['notes', ':notes'],
  ['types', ':types'],
  ['languages', ':languages'],
  ['openness', ':openness'],
  ['open_weeks', ':openWeeks'],
  ['own', ':own'],
  ['attendance', ':attendance'],
  ['online_url', ':onlineUrl'],
  ['online_note', ':onlineNote'],
  ['phone', ':phone'],
  ['phone_note', ':phoneNote'],
  ['provider', ':provider'],
  ['place_name', ':placeName'],
  ['street', ':street'],
  ['city', ':city'],
  ['region', ':region'],
  ['postal_code', ':postalCode'],
  ['country', ':country'],
  ['address', ':address'],
  ['place_note', ':placeNote'],
  ['latitude', ':latitude'],
  ['longitude', ':longitude'],
  ['approximate', ':approximate'],
  ['wheelchair', ':wheelchair'],
  ['by_appointment', ':byAppointment'],
  ['here', ':here'],
  ['here_why', ':hereWhy'],
  ['distance_m', ':distance'],
  ['source_name', ':sourceName'],
  ['source_updated', ':sourceUpdated'],
  ['content_hash', ':contentHash'],
  ['fingerprint', ':fingerprint'],
  ['updated_at_ms', ':now'],
] as const

function prepare(db: Db) {
  const columns = written.map(([column]) => column)
  return {
    deferKeys: () => db.driver.pragma('defer_foreign_keys = ON'),
    write: db.prepare(
      'meeting.write',
      `INSERT INTO meeting (id, number, ${columns.join(', ')}, machine_id, created_at_ms)
       VALUES (:id, (SELECT coalesce(max(number), 0) + 1 FROM meeting), ${written.map(([, value]) => value).join(', ')},
         :machineId, :now)
       ON CONFLICT (id) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')},
         state = iif(state = 'withdrawn', 'active', state)`,
    ),
    // A rule that is as it was is not written again.
    writeRule: db.prepare(
      'meeting-rule.write',
      `INSERT INTO meeting_rule (meeting_id, position, rule) VALUES (:id, :position, :rule)
       ON CONFLICT (meeting_id, position) DO UPDATE SET rule = excluded.rule WHERE rule <> excluded.rule`,
    ),
    removeRules: db.prepare(
      'meeting-rule.remove',
      'DELETE FROM meeting_rule WHERE meeting_id = :id AND position >= :from',
    ),
    rename: db.prepare('meeting.rename', 'UPDATE meeting SET id = :newId WHERE id = :oldId'),
    moveRules: db.prepare(
      'meeting-rule.move',
      'UPDATE meeting_rule SET meeting_id = :newId WHERE meeting_id = :oldId',
    ),
    moveAliases: db.prepare(
      'meeting-alias.move',
      'UPDATE meeting_alias SET meeting_id = :newId WHERE meeting_id = :oldId',
    ),
    addAlias: db.prepare(
      'meeting-alias.add',
      'INSERT INTO meeting_alias (old_id, meeting_id) VALUES (:oldId, :newId)',
    ),
    removeAlias: db.prepare('meeting-alias.remove', 'DELETE FROM meeting_alias WHERE old_id = :oldId'),
    withdraw: db.prepare(
      'meeting.withdraw',
      `UPDATE meeting SET state = 'withdrawn', updated_at_ms = :now WHERE id = :id`,
    ),
    setState: db.prepare(
      'meeting.set-state',
      `UPDATE meeting SET state = :state, updated_at_ms = :now
       WHERE id = :id AND state <> :state AND state <> 'withdrawn'`,
    ),
    setShownAs: db.prepare(
      'meeting.set-shown-as',
      'UPDATE meeting SET shown_as = :otherId WHERE id = :id AND shown_as IS NOT :otherId',
    ),
    restand: db.prepare(
      'meeting.restand',
      `UPDATE meeting SET here = :here, here_why = :hereWhy, distance_m = :distance
       WHERE id = :id AND (here <> :here OR here_why <> :hereWhy OR distance_m IS NOT :distance)`,
    ),
    markHere: db.prepare(
      'meeting.mark-here',
      'UPDATE meeting SET here_by_staff = :mark, updated_at_ms = :now WHERE id = :id',
    ),
  }
}
