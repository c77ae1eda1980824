import { Temporal } from 'temporal-polyfill'
import type { LocalDate } from '../contract/models.ts'
import type { NowView } from '../db/occurrence-store.ts'
import type { Clock } from '../ports.ts'

/** The center's own date and instant, asked for at each call: zone and clock can change at any time. */
export type Today = { now(): NowView }

export function createToday(clock: Clock, zone: () => string): Today {
  return {
    now() {
      const nowMs = clock.now()
      return { today: dateAt(nowMs, zone()), nowMs }
    },
  }
}

/** The calendar date of an instant in a zone. */
export function dateAt(ms: number, zone: string): LocalDate {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate().toString()
}
