import { useEffect } from 'react'
import type { MeetingFilter } from '../../electron/contract/kiosk-calls.ts'
import type { DayList, LocalDate, Whereabouts } from '../../electron/contract/models.ts'
import { useCall } from '../ui/use-call.ts'
import { pageSize } from './day.ts'
import { useKiosk } from './kiosk.ts'

/** One group of one day, narrowed by `filter`, asked anew when the list changes and each minute. */
export function useDay(
  date: LocalDate,
  whereabouts: Whereabouts,
  offset: number,
  filter: MeetingFilter | undefined,
  limit = pageSize,
) {
  const { client, nowMs } = useKiosk()
  const question = JSON.stringify([date, whereabouts, offset, limit, filter])
  const asked = useCall(question, () =>
    client.call('meetings.listDay', {
      date,
      whereabouts,
      offset,
      limit,
      ...(filter === undefined ? {} : { filter }),
    }),
  )
  const { ask } = asked
  useEffect(() => client.on('meetings.changed', ask), [client, ask])
  useEffect(() => ask(), [nowMs, ask])
  return asked
}

export function totalOf(list: DayList): number {
  return list.totals.here + list.totals.nearby + list.totals.online
}
