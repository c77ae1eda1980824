import { HouseIcon } from '@phosphor-icons/react/dist/csr/House'
import { MapPinIcon } from '@phosphor-icons/react/dist/csr/MapPin'
import { VideoCameraIcon } from '@phosphor-icons/react/dist/csr/VideoCamera'
import { useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Whereabouts } from '../../../electron/contract/models.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { scrollsWhole } from '../../ui/use-sizes.ts'
import { Chosen, NarrowButton } from '../chosen.tsx'
import { featured, featuredElsewhere, firstGroup } from '../day.ts'
import { useKiosk } from '../kiosk.ts'
import { Scroller } from '../scroller.tsx'
import { filterOf } from '../narrowing.ts'
import { totalOf, useDay } from '../use-day.ts'
import { usePaintedMark } from '../use-painted-mark.ts'
import type { NarrowScreen, TodayScreen as Today } from '../visit.ts'
import { DayStepper, DayStrip } from './day-strip.tsx'
import { MeetingList } from './meeting-list.tsx'
import { NowCard } from './now-card.tsx'

const groups = [
  { id: 'here', icon: HouseIcon },
  { id: 'nearby', icon: MapPinIcon },
  { id: 'online', icon: VideoCameraIcon },
] as const satisfies readonly { id: Whereabouts; icon: unknown }[]

/** Home: what is true now on top, the list of a day below. */
export function TodayScreen({ screen }: { screen: Today }) {
  const { t } = useTranslation()
  const { formats, nowMs, today, state, layout, visit, dispatch } = useKiosk()
  const date = screen.date ?? today
  const { narrowing } = visit
  const filter = filterOf(narrowing)
  // What is on now stands on top whatever the list is narrowed to.
  const hereToday = useDay(today, 'here', 0, undefined)
  const nearbyToday = useDay(today, 'nearby', 0, undefined)
  const onlineToday = useDay(today, 'online', 0, undefined)
  const hereThen = useDay(date, 'here', 0, filter)
  const group = screen.group ?? firstGroup(hereThen.value?.totals)
  const day = useDay(date, group, screen.offset, filter)
  usePaintedMark(day.value !== null)
  const isLow = layout === 'compact' || layout === 'tiny'
  const { clock, period } = formats.clock(nowMs)
  const totals = day.value?.totals ?? hereThen.value?.totals

  const isLoaded = hereToday.value !== null && nearbyToday.value !== null && onlineToday.value !== null
  const top = isLoaded
    ? (featured(hereToday.value.rows, nowMs) ??
      featuredElsewhere(nearbyToday.value.rows, onlineToday.value.rows, nowMs))
    : null
  // Before the first list there is nothing to say on top: the list's own place says it.
  const hasLists = hereToday.value === null || hereToday.value.listsAsOfMs !== null

  const narrowScreen: NarrowScreen = { name: 'narrow', of: 'today', date: screen.date }
  const isNarrowed = narrowing.length > 0
  const left = isNarrowed && day.value !== null ? totalOf(day.value) : null

  const content = (
    <div className="today" data-narrowed={isNarrowed || undefined}>
      <section className={layout === 'compact' ? 'unseen' : 'welcome'}>
        <h1 tabIndex={-1}>{t('kiosk.today.welcome')}</h1>
        <p className="welcome-date">{formats.longDate(today)}</p>
        <p className="welcome-time">
          {clock}
          <span className="period">{period}</span>
        </p>
      </section>
      {state.setup === 'needed' || !hasLists ? null : <NowCard row={top} loaded={isLoaded} />}
      <section className="day" aria-label={t('kiosk.today.list')}>
        <div className="day-head" hidden={state.setup === 'needed'}>
          {isLow ? <DayStepper date={date} /> : <DayStrip date={date} />}
          <div className="list-head">
            <GroupTabs
              chosen={group}
              totals={totals}
              onChoose={(chosen) => dispatch({ do: 'look_at', change: { group: chosen } })}
            />
            <NarrowButton screen={narrowScreen} short={layout !== 'portrait' || visit.size === 'large'} />
          </div>
        </div>
        <div className="narrowed" data-empty={!isNarrowed || undefined}>
          <Chosen screen={narrowScreen} />
          {/* Said aloud whenever it changes (A11Y-35); without choices there is nothing to say. */}
          <p className="narrow-left" role="status">
            {left === null ? '' : t('kiosk.narrow.left', { count: left, formatted: formats.number(left) })}
          </p>
        </div>
        <MeetingList group={group} offset={screen.offset} date={date} day={day} />
      </section>
    </div>
  )
  return scrollsWhole(layout) ? (
    <Scroller keepsPlace top={`today ${visit.number}`}>
      {content}
    </Scroller>
  ) : (
    content
  )
}

type TabsProps = {
  readonly chosen: Whereabouts
  readonly totals: Readonly<Record<Whereabouts, number>> | undefined
  readonly onChoose: (group: Whereabouts) => void
}

function GroupTabs({ chosen, totals, onChoose }: TabsProps) {
  const { t } = useTranslation()
  const { formats } = useKiosk()
  const list = useRef<HTMLDivElement>(null)

  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const index = groups.findIndex((group) => group.id === chosen) + step * (document.dir === 'rtl' ? -1 : 1)
    const group = groups[index]
    if (step === 0 || group === undefined) return
    event.preventDefault()
    onChoose(group.id)
    list.current?.querySelectorAll('button')[index]?.focus()
  }

  return (
    <div
      className="tabs"
      role="tablist"
      tabIndex={-1}
      aria-label={t('kiosk.today.groups')}
      ref={list}
      onKeyDown={onKeyDown}
    >
      {groups.map(({ id, icon }) => (
        <Button
          key={id}
          role="tab"
          id={`tab-${id}`}
          aria-controls="day-list"
          aria-selected={id === chosen}
          tabIndex={id === chosen ? 0 : -1}
          onPress={() => onChoose(id)}
        >
          <Icon of={icon} />
          <span>{t(`kiosk.today.group.${id}`)}</span>
          {totals === undefined ? null : <span className="tab-total">{formats.number(totals[id])}</span>}
        </Button>
      ))}
    </div>
  )
}
