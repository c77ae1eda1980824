import { useCallback, useEffect, useRef, useState } from 'react'
import type { Result } from '../../electron/contract/result.ts'

/** After this the screen says that it takes longer; the call goes on. */
export const slowAfterMs = 3_000

export type Asked<Value, Code extends string> = {
  /** The newest good answer to this very question; a refresh that fails keeps it. */
  readonly value: Value | null
  readonly code: Code | null
  readonly waiting: boolean
  readonly slow: boolean
  readonly ask: () => void
}

/**
 * Asks when `question` changes and when `ask` is called. An answer to an earlier question is dropped, so
 * a slow one never overwrites a newer one.
 */
export function useCall<Value, Code extends string>(
  question: string,
  put: () => Promise<Result<Value, Code>>,
): Asked<Value, Code> {
  const [answer, setAnswer] = useState<{
    readonly question: string
    readonly value: Value | null
    readonly code: Code | null
  } | null>(null)
  const [waiting, setWaiting] = useState(true)
  const [slow, setSlow] = useState(false)
  const turn = useRef(0)
  const newest = useRef(put)
  newest.current = put

  const ask = useCallback(() => {
    turn.current += 1
    const mine = turn.current
    setWaiting(true)
    const timer = setTimeout(() => {
      if (turn.current === mine) setSlow(true)
    }, slowAfterMs)
    void newest.current().then((result) => {
      clearTimeout(timer)
      if (turn.current !== mine) return
      setWaiting(false)
      setSlow(false)
      setAnswer((last) => {
        if (result.ok) return { question, value: result.value, code: null }
        return { question, value: last?.question === question ? last.value : null, code: result.code }
      })
    })
  }, [question])

  useEffect(() => {
    setSlow(false)
    ask()
    return () => {
      turn.current += 1
    }
  }, [ask])

  const isCurrent = answer?.question === question
  return {
    value: isCurrent ? answer.value : null,
    code: isCurrent ? answer.code : null,
    waiting,
    slow,
    ask,
  }
}
