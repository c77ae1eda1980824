import { useCallback, useEffect, useState } from 'react'
import { I18nextProvider } from 'react-i18next'
import type { KioskState } from '../../electron/contract/models.ts'
import { createI18n } from '../ui/i18n.ts'
import type { ClockReading } from '../ui/use-clock.ts'
import { App } from './app.tsx'
import type { KioskClient } from './kiosk.ts'
import { StartTrouble } from './trouble.tsx'

const retryMs = 3_000

export type Machine = { readonly state: KioskState; readonly clock: ClockReading }

/** Asks main for this machine's state, again whenever it says that something changed. */
export function Boot({ client }: { client: KioskClient }) {
  const [machine, setMachine] = useState<Machine | null>(null)
  const [failed, setFailed] = useState(false)
  const [visits, setVisits] = useState(1)
  const [i18n] = useState(() => createI18n('en'))

  const read = useCallback(async () => {
    const reply = await client.call('kiosk.get', {})
    setFailed(!reply.ok)
    if (!reply.ok) return
    const { nowMs, clockRuns: runs } = reply.value
    setMachine({ state: reply.value, clock: { nowMs, runs, readAtMs: performance.now() } })
  }, [client])

  useEffect(() => {
    void read()
    return client.on('kiosk.changed', () => void read())
  }, [client, read])

  useEffect(() => {
    if (!failed) return
    const timer = setInterval(() => void read(), retryMs)
    return () => clearInterval(timer)
  }, [failed, read])

  const askAgain = useCallback(() => void read(), [read])

  return (
    <I18nextProvider i18n={i18n}>
      {machine?.state.setup === 'resting' ? (
        <StartTrouble why="resting" />
      ) : machine !== null ? (
        // A new visit is a new tree: React keeps the props of one render before in what stays mounted, and
        // with them what was typed (PRV-06).
        <App
          key={visits}
          client={client}
          machine={machine}
          i18n={i18n}
          onMinute={askAgain}
          onLeave={() => setVisits((number) => number + 1)}
        />
      ) : failed ? (
        <StartTrouble why="start" />
      ) : null}
    </I18nextProvider>
  )
}
