import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { OccurrenceRow } from '../../../electron/contract/models.ts'
import { Button } from '../../ui/button.tsx'
import { ChairRing } from '../../ui/chair-ring.tsx'
import { addDays, type Formats } from '../../ui/format.ts'
import { useCall } from '../../ui/use-call.ts'
import { useKiosk } from '../kiosk.ts'
import { Scroller } from '../scroller.tsx'
import { Slow, Trouble } from '../trouble.tsx'
import type { Searched } from '../use-search.ts'
import { home, searchMost, searchStep, type SearchScreen } from '../visit.ts'
import { MeetingRow } from './meeting-row.tsx'

type Props = { readonly screen: SearchScreen; readonly searched: Searched }

/** How much was found, and for which words; said aloud as it changes (A11Y-35). */
export function Found({ screen, searched: { answer, failed }, inDanger }: Props & { inDanger: boolean }) {
  const { t } = useTranslation()
  const { formats } = useKiosk()
  const hasText = screen.text.trim() !== ''
  const count = answer?.rows.length ?? 0
  const formatted = formats.number(count)
  return (
    <div className="found" role="status">
      {!hasText || answer === null || failed || (inDanger && count === 0) ? null : (
        <>
          {/* With nothing found its own place says so in larger letters. */}
          <p className={count === 0 ? 'unseen' : 'found-count'}>
            {count === 0
              ? t('kiosk.search.none')
              : answer.more
                ? t('kiosk.search.foundFirst', { number: formatted })
                : t('kiosk.search.found', { count, formatted })}
          </p>
          {answer.corrected === null || count === 0 ? null : (
            <p className="found-corrected">{t('kiosk.search.corrected', { words: answer.corrected })}</p>
          )}
        </>
      )}
    </div>
  )
}

type ResultsProps = Props & {
  /** It stands in a scroller already. */
  readonly inScroller: boolean
  /** Help is offered above: then nobody is told that there is nothing. */
  readonly inDanger: boolean
}

export function SearchResults({ screen, searched, inScroller, inDanger }: ResultsProps) {
  const { visit } = useKiosk()
  const { answer, failed, slow, ask } = searched
  const text = screen.text.trim()
  let content = null
  if (text === '') content = <Start />
  else if (failed) content = <Trouble onRetry={ask} />
  else if (answer !== null && answer.rows.length > 0) {
    content = <Rows screen={screen} rows={answer.rows} more={answer.more} />
  } else if (answer !== null) content = inDanger ? null : <NothingFound />
  else if (slow) content = <Slow />
  return (
    <div className="results">
      {inScroller ? (
        content
      ) : (
        <Scroller keepsPlace top={`${text} ${screen.order} ${visit.number}`}>
          {content}
        </Scroller>
      )}
    </div>
  )
}

type RowsProps = {
  readonly screen: SearchScreen
  readonly rows: readonly OccurrenceRow[]
  readonly more: boolean
}

/** Soonest by days; nearest by places, each row then says its day. */
function Rows({ screen, rows, more }: RowsProps) {
  const { t } = useTranslation()
  const { dispatch } = useKiosk()
  const isSoonest = screen.order === 'soonest'
  const { formats, today } = useKiosk()
  const groups = inGroups(rows, (row) => (isSoonest ? row.localDate : row.whereabouts))
  return (
    <>
      {groups.map(({ of, rows: members }) => {
        const [first] = members
        const title =
          first === undefined
            ? ''
            : isSoonest
              ? dayText(t, formats, first.localDate, today)
              : first.whereabouts === 'nearby'
                ? t('kiosk.search.byDistance')
                : t(`kiosk.today.group.${first.whereabouts}`)
        return (
          <section key={of} className="phase" aria-label={title}>
            <h2>{title}</h2>
            <ol className="rows">
              {members.map((row) => (
                <li key={`${row.meetingId} ${row.startsAtMs}`}>
                  <MeetingRow
                    row={row}
                    {...(isSoonest ? {} : { day: dayText(t, formats, row.localDate, today, 'short') })}
                  />
                </li>
              ))}
            </ol>
          </section>
        )
      })}
      {more && screen.limit < searchMost ? (
        <Button
          className="page-button"
          onPress={() => dispatch({ do: 'search_for', change: { limit: screen.limit + searchStep } })}
        >
          {t('kiosk.search.more')}
        </Button>
      ) : null}
      {more && screen.limit >= searchMost ? <p className="page-range">{t('kiosk.search.tooMany')}</p> : null}
    </>
  )
}

/** Words to begin with, for whom typing is hard: one touch looks for them. */
function Start() {
  const { t } = useTranslation()
  const { client, today, dispatch } = useKiosk()
  const facets = useCall(today, () => client.call('meetings.listFacets', { date: today }))
  const words = [
    t('kiosk.search.try.online'),
    t('kiosk.search.try.family'),
    ...(facets.value?.fellowships ?? []).slice(0, 3).map(({ name }) => name),
  ]
  return (
    <div className="start">
      <p className="empty-title">{t('kiosk.search.start')}</p>
      <p>{t('kiosk.search.startHint')}</p>
      <div className="tries" role="group" aria-label={t('kiosk.search.tries')}>
        {words.map((word) => (
          <Button key={word} onPress={() => dispatch({ do: 'search_for', change: { text: word } })}>
            <bdi>{word}</bdi>
          </Button>
        ))}
      </div>
    </div>
  )
}

function NothingFound() {
  const { t } = useTranslation()
  const { visit, dispatch } = useKiosk()
  const isNarrowed = visit.narrowing.length > 0
  return (
    <div className="empty">
      <ChairRing />
      <p className="empty-title">
        {isNarrowed ? t('kiosk.search.noneNarrowed') : t('kiosk.search.noneTitle')}
      </p>
      <p>{t('kiosk.search.noneHint')}</p>
      <div className="empty-ways">
        {isNarrowed ? (
          <Button look="large" onPress={() => dispatch({ do: 'show_all' })}>
            {t('kiosk.search.allMeetings')}
          </Button>
        ) : null}
        <Button
          look="large"
          onPress={() => {
            dispatch({ do: 'show_all' })
            dispatch({ do: 'show', screen: home })
          }}
        >
          {t('kiosk.search.allToday')}
        </Button>
        <Button look="large" onPress={() => dispatch({ do: 'show', screen: { name: 'help' } })}>
          {t('kiosk.bar.help')}
        </Button>
      </div>
    </div>
  )
}

function dayText(
  t: TFunction,
  formats: Formats,
  date: string,
  today: string,
  length: 'long' | 'short' = 'long',
): string {
  if (date === today) return t('kiosk.today.day')
  if (date === addDays(today, 1)) return t('kiosk.search.tomorrow')
  return length === 'long' ? formats.longDate(date) : formats.shortDate(date)
}

function inGroups(rows: readonly OccurrenceRow[], nameOf: (row: OccurrenceRow) => string) {
  const groups: { readonly of: string; readonly rows: OccurrenceRow[] }[] = []
  for (const row of rows) {
    const of = nameOf(row)
    const known = groups.find((group) => group.of === of)
    if (known === undefined) groups.push({ of, rows: [row] })
    else known.rows.push(row)
  }
  return groups
}
