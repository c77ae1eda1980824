import { useEffect } from 'react'
import type { LocalDate, Whereabouts } from '../../electron/contract/models.ts'
import { useCall } from '../ui/use-call.ts'
import { pageSize } from './day.ts'
import { useKiosk } from './kiosk.ts'

/** One group of one day, asked anew when the list changes and each minute. */
export function useDay(date: LocalDate, whereabouts: Whereabouts, offset: number) {
  const { client, nowMs } = useKiosk()
  const asked = useCall(`${date} ${whereabouts} ${offset}`, () =>
    client.call('meetings.listDay', { date, whereabouts, offset, limit: pageSize }),
  )
  const { ask } = asked
  useEffect(() => client.on('meetings.changed', ask), [client, ask])
  useEffect(() => ask(), [nowMs, ask])
  return asked
}
