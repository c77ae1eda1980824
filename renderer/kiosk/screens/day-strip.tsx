import { CaretLeftIcon } from '@phosphor-icons/react/dist/csr/CaretLeft'
import { CaretRightIcon } from '@phosphor-icons/react/dist/csr/CaretRight'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LocalDate } from '../../../electron/contract/models.ts'
import { Button } from '../../ui/button.tsx'
import { addDays } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { daysShown } from '../day.ts'
import { useKiosk } from '../kiosk.ts'

const week = 7
/** Width of one day in the smallest text, with its gap; fewer days stand in a narrow place. */
const dayWidth = 3.5

/** Today and the coming days, as many as fit, paged by the arrows at both ends. */
export function DayStrip({ date }: { date: LocalDate }) {
  const { t } = useTranslation()
  const { formats, today, visit, dispatch } = useKiosk()
  const strip = useRef<HTMLDivElement>(null)
  const [perPage, setPerPage] = useState(week)
  const [first, setFirst] = useState(0)

  useLayoutEffect(() => {
    const element = strip.current
    if (element === null) return
    const fit = () => {
      const text = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
      const arrows = 2 * (element.querySelector('button')?.offsetWidth ?? 0)
      const room = Math.floor((element.clientWidth - arrows) / (dayWidth * text))
      setPerPage(Math.min(week, Math.max(3, room)))
    }
    const watch = new ResizeObserver(fit)
    watch.observe(element)
    fit()
    return () => watch.disconnect()
  }, [visit.size])

  // The chosen day is in sight, also after a reset.
  useEffect(() => {
    if (date === today) setFirst(0)
  }, [date, today, visit.number])

  const days = Array.from({ length: perPage }, (_, index) => first + index).filter((day) => day < daysShown)
  return (
    <div className="days" role="group" aria-label={t('kiosk.today.days')} ref={strip}>
      <Button
        look="quiet"
        aria-label={t('kiosk.today.earlierDays')}
        aria-disabled={first === 0}
        onPress={() => setFirst(Math.max(0, first - perPage))}
      >
        <Icon of={CaretLeftIcon} mirrored={document.documentElement.dir === 'rtl'} />
      </Button>
      {days.map((index) => {
        const one = addDays(today, index)
        const name = index === 0 ? t('kiosk.today.day') : formats.weekday(one)
        return (
          <Button
            key={one}
            look="quiet"
            className="day-choice"
            // What is to be seen comes first in the name, word for word (WCAG 2.5.3).
            aria-label={`${name} ${formats.dayNumber(one)}, ${formats.longDate(one)}`}
            aria-pressed={one === date}
            onPress={() => dispatch({ do: 'look_at', change: { date: index === 0 ? null : one } })}
          >
            <span className="day-name">{name}</span>{' '}
            <span className="day-number">{formats.dayNumber(one)}</span>
          </Button>
        )
      })}
      <Button
        look="quiet"
        aria-label={t('kiosk.today.laterDays')}
        aria-disabled={first + perPage >= daysShown}
        onPress={() => setFirst(first + perPage)}
      >
        <Icon of={CaretRightIcon} mirrored={document.documentElement.dir === 'rtl'} />
      </Button>
    </div>
  )
}

/** For a low screen: one day at a time. */
export function DayStepper({ date }: { date: LocalDate }) {
  const { t } = useTranslation()
  const { formats, today, dispatch } = useKiosk()
  const isToday = date === today
  const isLast = date >= addDays(today, daysShown - 1)
  function step(days: 1 | -1) {
    const next = addDays(date, days)
    dispatch({ do: 'look_at', change: { date: next === today ? null : next } })
  }
  return (
    <div className="day-step" role="group" aria-label={t('kiosk.today.days')}>
      <Button aria-label={t('kiosk.today.dayBefore')} aria-disabled={isToday} onPress={() => step(-1)}>
        <Icon of={CaretLeftIcon} mirrored={document.documentElement.dir === 'rtl'} />
      </Button>
      <p role="status">{isToday ? t('kiosk.today.day') : formats.shortDate(date)}</p>
      <Button aria-label={t('kiosk.today.dayAfter')} aria-disabled={isLast} onPress={() => step(1)}>
        <Icon of={CaretRightIcon} mirrored={document.documentElement.dir === 'rtl'} />
      </Button>
    </div>
  )
}
