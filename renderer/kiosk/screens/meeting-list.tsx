import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DayList, LocalDate, OccurrenceRow, Whereabouts } from '../../../electron/contract/models.ts'
import { Button } from '../../ui/button.tsx'
import { ChairRing } from '../../ui/chair-ring.tsx'
import type { Asked } from '../../ui/use-call.ts'
import { scrollsWhole } from '../../ui/use-sizes.ts'
import { nextStart, pageSize, phaseOf, staleAfterMs, type Phase } from '../day.ts'
import { useKiosk } from '../kiosk.ts'
import { Scroller } from '../scroller.tsx'
import { Slow, Trouble } from '../trouble.tsx'
import { MeetingRow } from './meeting-row.tsx'

type ListProps = {
  readonly group: Whereabouts
  readonly offset: number
  readonly date: LocalDate
  readonly day: Asked<DayList, string>
}

/** One group of a day, a page of it at a time, in the order that main gives. */
export function MeetingList({ group, offset, date, day }: ListProps) {
  const { visit, layout } = useKiosk()
  return (
    <div className="day-list" role="tabpanel" id="day-list" aria-labelledby={`tab-${group}`}>
      {scrollsWhole(layout) ? (
        <ListContent group={group} offset={offset} date={date} day={day} />
      ) : (
        <Scroller keepsPlace top={`${date} ${group} ${offset} ${visit.number}`}>
          <ListContent group={group} offset={offset} date={date} day={day} />
        </Scroller>
      )}
    </div>
  )
}

function ListContent({ group, offset, date, day }: ListProps) {
  const { t } = useTranslation()
  const { formats, nowMs, today, state, visit, dispatch } = useKiosk()
  const list = day.value
  if (state.setup === 'needed')
    return <Empty title={t('kiosk.banner.setUp')} text={t('kiosk.today.noFeeds')} />
  if (list === null) {
    if (day.code !== null) return <Trouble onRetry={day.ask} />
    return day.slow ? <Slow /> : null
  }
  const total = list.totals[group]
  if (list.rows.length === 0 && total === 0) {
    if (visit.narrowing.length > 0) return <NothingFits group={group} list={list} />
    if (list.listsAsOfMs === null) return <Empty title={t('kiosk.today.noFeeds')} />
    const title = date === today ? t(`kiosk.today.noneToday.${group}`) : t(`kiosk.today.none.${group}`)
    return <Empty title={title} text={t('kiosk.today.noneHint')} />
  }
  const isOld = list.listsAsOfMs !== null && nowMs - list.listsAsOfMs > staleAfterMs
  const last = offset + list.rows.length
  const look = (from: number) => dispatch({ do: 'look_at', change: { group, offset: from } })
  return (
    <>
      {offset > 0 ? (
        <Button className="page-button" onPress={() => look(Math.max(0, offset - pageSize))}>
          {t('kiosk.today.fewer')}
        </Button>
      ) : null}
      {date === today ? (
        inPhases(list.rows, nowMs).map(({ phase, rows }) => (
          <section
            key={phase}
            className="phase"
            data-phase={phase}
            aria-label={t(`kiosk.today.phase.${phase}`)}
          >
            <h2>{t(`kiosk.today.phase.${phase}`)}</h2>
            <Rows rows={rows} />
          </section>
        ))
      ) : (
        <Rows rows={list.rows} />
      )}
      {last < total ? (
        <Button className="page-button" onPress={() => look(last)}>
          {t('kiosk.today.more')}
        </Button>
      ) : null}
      {total > list.rows.length ? (
        <p className="page-range">
          {t('kiosk.today.range', {
            from: formats.number(offset + 1),
            to: formats.number(last),
            total: formats.number(total),
          })}
        </p>
      ) : null}
      {isOld && list.listsAsOfMs !== null ? (
        <p className="as-of">{t('kiosk.today.asOf', { date: formats.dateAt(list.listsAsOfMs, nowMs) })}</p>
      ) : null}
    </>
  )
}

function Rows({ rows }: { rows: readonly OccurrenceRow[] }) {
  return (
    <ol className="rows">
      {rows.map((row) => (
        <li key={`${row.meetingId} ${row.startsAtMs}`}>
          <MeetingRow row={row} />
        </li>
      ))}
    </ol>
  )
}

/** Nothing of this group fits what was chosen: where there is some, or all again. */
function NothingFits({ group, list }: { group: Whereabouts; list: DayList }) {
  const { t } = useTranslation()
  const { formats, dispatch } = useKiosk()
  const others = (['here', 'nearby', 'online'] as const).filter((one) => list.totals[one] > 0)
  return (
    <Empty
      title={others.length > 0 ? t(`kiosk.narrow.noneIn.${group}`) : t('kiosk.narrow.none')}
      {...(others.length > 0 ? { text: t('kiosk.narrow.noneHint') } : {})}
    >
      <div className="empty-ways">
        {others.map((one) => (
          <Button key={one} look="large" onPress={() => dispatch({ do: 'look_at', change: { group: one } })}>
            {t('kiosk.narrow.elsewhere', {
              place: t(`kiosk.today.group.${one}`),
              number: formats.number(list.totals[one]),
            })}
          </Button>
        ))}
        <Button look="large" onPress={() => dispatch({ do: 'show_all' })}>
          {t('kiosk.narrow.showAll')}
        </Button>
      </div>
    </Empty>
  )
}

function Empty({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <ChairRing />
      <p className="empty-title">{title}</p>
      {text === undefined ? null : <p>{text}</p>}
      {children}
    </div>
  )
}

/** Rows in the order given, cut where now becomes next and next becomes later. */
function inPhases(rows: readonly OccurrenceRow[], nowMs: number) {
  const next = nextStart(rows, nowMs)
  const phases: { readonly phase: Phase; readonly rows: OccurrenceRow[] }[] = []
  for (const row of rows) {
    const phase = phaseOf(row, nowMs, next)
    const known = phases.find((one) => one.phase === phase)
    if (known === undefined) phases.push({ phase, rows: [row] })
    else known.rows.push(row)
  }
  return phases
}
