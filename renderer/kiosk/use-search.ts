import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { SearchAnswer } from '../../electron/contract/models.ts'
import { slowAfterMs } from '../ui/use-call.ts'
import { speaksOfDanger } from './danger.ts'
import { useKiosk } from './kiosk.ts'
import { filterOf } from './narrowing.ts'
import { createNewest } from './newest.ts'
import { questionsOf, type Question } from './plain-words.ts'
import type { SearchScreen } from './visit.ts'

/** Letters that follow each other faster than this are looked for once. */
const restMs = 150
/** Today and the seven days after it. */
const searchDays = 8

export type Searched = {
  /** The newest answer; it stays while the next one is on its way. Null with nothing to look for. */
  readonly answer: SearchAnswer | null
  readonly failed: boolean
  readonly slow: boolean
  readonly ask: () => void
}

/** Looks for what is typed, a moment after the last letter; the newest answer wins. */
export function useSearch(screen: SearchScreen): Searched {
  const { client, today, nowMs, visit } = useKiosk()
  const { narrowing } = visit
  const { order, limit } = screen
  const text = screen.text.trim()
  const [answer, setAnswer] = useState<SearchAnswer | null>(null)
  const [failed, setFailed] = useState(false)
  const [slow, setSlow] = useState(false)
  const [newest] = useState(() => createNewest())
  const filter = useMemo(() => filterOf(narrowing), [narrowing])
  const slowTimer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const ask = useCallback(() => {
    if (text === '') return
    clearTimeout(slowTimer.current)
    slowTimer.current = setTimeout(() => setSlow(true), slowAfterMs)
    const put = (question: Question) =>
      client.call('meetings.search', {
        ...question,
        order,
        limit,
        ...(filter === undefined ? {} : { filter }),
      })
    newest.ask(
      async () => {
        // Words of danger stay as they are: without some of them "Change or Die" would be found.
        const [first, ...others] = speaksOfDanger(text)
          ? [{ text, date: today, days: searchDays }]
          : questionsOf(text, today, searchDays)
        let reply = await put(first)
        for (const other of others) {
          if (!reply.ok || reply.value.rows.length > 0) break
          reply = await put(other)
        }
        return reply
      },
      (reply) => {
        clearTimeout(slowTimer.current)
        setSlow(false)
        setFailed(!reply.ok)
        if (reply.ok) setAnswer(reply.value)
      },
    )
  }, [client, newest, text, today, order, limit, filter])

  // The text changes with each letter; all else is one touch and needs no wait.
  const lookedFor = useRef(text)
  useEffect(() => {
    const wait = lookedFor.current === text ? 0 : restMs
    lookedFor.current = text
    if (text === '') {
      setAnswer(null)
      setFailed(false)
    }
    const timer = setTimeout(ask, wait)
    return () => {
      clearTimeout(timer)
      clearTimeout(slowTimer.current)
      setSlow(false)
      newest.forget()
    }
  }, [text, ask, newest])

  useEffect(() => client.on('meetings.changed', ask), [client, ask])
  const minute = useRef(nowMs)
  useEffect(() => {
    if (minute.current === nowMs) return
    minute.current = nowMs
    ask()
  }, [nowMs, ask])

  return { answer, failed, slow, ask }
}
