import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeskState, MeetingHit } from '../../../electron/contract/desk-calls.ts'
import type { LocaleId, WeekOfMonth } from '../../../electron/contract/models.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Tag } from '../../ui/tag.tsx'
import { useCall } from '../../ui/use-call.ts'
import { Notice } from '../controls.tsx'
import type { DeskClient, SaidCode } from '../desk-client.ts'
import { decisionsOf, type Decision } from '../decided-by.ts'
import { toneOf } from '../feed-facts.tsx'
import { createScheduleWords } from '../schedule-words.ts'
import { WeekToggles } from '../week-toggles.tsx'

type MeetingsScreenProps = {
  readonly client: DeskClient
  readonly desk: DeskState
  readonly locale: LocaleId
  /** What is looked for; kept while another part of the desk is shown. */
  readonly wanted: string
  readonly onWanted: (wanted: string) => void
}

/** Finds a meeting of the lists, says how it was understood, and lets staff correct it. */
export function MeetingsScreen(props: MeetingsScreenProps) {
  const { wanted, onWanted } = props
  const { t } = useTranslation()
  const [text, setText] = useState(wanted)
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{t('desk.here.title')}</h1>
          <p className="quiet">{t('desk.here.lead')}</p>
        </div>
      </div>
      <form
        role="search"
        className="here-search"
        onSubmit={(event) => {
          event.preventDefault()
          onWanted(text.trim())
        }}
      >
        <Field label={t('desk.here.search')} type="search" maxLength={200} value={text} onText={setText} />
        <Button onPress={() => onWanted(text.trim())}>{t('desk.here.find')}</Button>
      </form>
      {wanted === '' ? null : <Hits {...props} />}
    </div>
  )
}

/** Main lists no more than these. */
const mostHits = 50

function Hits({ client, desk, locale, wanted }: MeetingsScreenProps) {
  const { t } = useTranslation()
  const found = useCall(`find ${wanted}`, () => client.call('meetings.find', { text: wanted }))
  const { ask } = found
  const [code, setCode] = useState<SaidCode | null>(null)
  useEffect(() => client.on('meetings.changed', ask), [client, ask])

  async function set(
    reply: Promise<{ readonly ok: true } | { readonly ok: false; readonly code: SaidCode }>,
  ): Promise<void> {
    setCode(null)
    const result = await reply
    if (!result.ok) setCode(result.code)
    ask()
  }

  const said = code ?? found.code
  const hits = found.value
  return (
    <>
      {said === null ? null : <Notice tone="fault">{t(`desk.error.${said}`)}</Notice>}
      {hits === null ? null : (
        <>
          <p role="status">
            {hits.length === 0
              ? t('desk.here.nothing')
              : hits.length >= mostHits
                ? t('desk.here.foundMany', { count: hits.length })
                : t('desk.here.found', { count: hits.length })}
          </p>
          <ul className="hits">
            {hits.map((hit) => (
              <Hit
                key={hit.meetingId}
                hit={hit}
                fellowships={desk.fellowships}
                locale={locale}
                onMark={(here) =>
                  void set(client.call('meetings.setHere', { meetingId: hit.meetingId, here }))
                }
                onWeeks={(weeks) =>
                  void set(client.call('meetings.setWeeks', { meetingId: hit.meetingId, weeks: [...weeks] }))
                }
              />
            ))}
          </ul>
        </>
      )}
    </>
  )
}

type HitProps = {
  readonly hit: MeetingHit
  readonly fellowships: DeskState['fellowships']
  readonly locale: LocaleId
  readonly onMark: (here: boolean | null) => void
  readonly onWeeks: (weeks: readonly WeekOfMonth[]) => void
}

function Hit({ hit, fellowships, locale, onMark, onWeeks }: HitProps) {
  const { t } = useTranslation()
  const schedule = useMemo(() => createScheduleWords(locale, t), [locale, t])
  // A touch is answered at once; what main says then takes its place.
  const [pressed, setPressed] = useState<readonly WeekOfMonth[] | null>(null)
  useEffect(() => setPressed(null), [hit])
  const { name } = hit
  const isMarked = hit.hereWhy === 'staff'
  const why = isMarked && !hit.here ? 'staffNot' : hit.hereWhy
  const fellowshipName =
    fellowships.find(({ id }) => id === hit.fellowship)?.name ?? t('desk.here.fellowshipUnknown')
  const decided = {
    fellowship: fellowshipName,
    kind: t(`common.kind.${hit.kind}`),
    audience: t(`common.audience.${hit.audience}`),
  }
  return (
    <li className="card hit" data-here={hit.here} aria-labelledby={`hit-${hit.meetingId}`}>
      <div className="hit-words">
        <h2 id={`hit-${hit.meetingId}`}>{name}</h2>
        <p>
          {[hit.schedule, hit.place].filter((part) => part !== null && part !== '').join(' · ')}
          {hit.weeks.length === 0 ? null : (
            <strong> · {t('desk.here.onlyWeeks', { weeks: schedule.weeks(hit.weeks) })}</strong>
          )}
        </p>
        <p className="tags">
          <Tag tone={toneOf[hit.kind]}>{t(`common.kind.${hit.kind}`)}</Tag>
          <span className="tags-words">
            {[hit.kind === 'peer' ? fellowshipName : null, t(`common.audience.${hit.audience}`)]
              .filter((part) => part !== null)
              .join(' · ')}
          </span>
        </p>
        <p className="quiet">
          {hit.feedName === '' ? hit.key : t('desk.here.source', { list: hit.feedName, key: hit.key })}
        </p>
        <p className="hit-why">{t(`desk.here.why.${why}`)}</p>
      </div>
      <div className="hit-acts">
        {hit.here ? (
          <Button aria-label={t('desk.here.unmarkOne', { name })} onPress={() => onMark(false)}>
            {t('desk.here.unmark')}
          </Button>
        ) : (
          <Button aria-label={t('desk.here.markOne', { name })} onPress={() => onMark(true)}>
            {t('desk.here.mark')}
          </Button>
        )}
        {isMarked ? (
          <Button look="quiet" aria-label={t('desk.here.undoOne', { name })} onPress={() => onMark(null)}>
            {t('desk.here.undo')}
          </Button>
        ) : null}
      </div>
      <details className="hit-more">
        <summary>
          {t('desk.here.more')}
          <span className="unseen">: {name}</span>
        </summary>
        <div className="hit-details">
          <Decisions decisions={decisionsOf(hit.decidedBy)} decided={decided} />
          <div>
            <WeekToggles
              label={t('desk.here.weeks')}
              weeks={pressed ?? hit.weeks}
              onWeeks={(weeks) => {
                setPressed(weeks)
                onWeeks(weeks)
              }}
            />
            <p className="field-hint">{t('desk.here.weeksHint')}</p>
          </div>
        </div>
      </details>
    </li>
  )
}

type DecisionsProps = {
  readonly decisions: readonly Decision[]
  readonly decided: Readonly<Record<Decision['about'], string>>
}

/** What the kiosk takes a meeting for, each with the rule that decided it. */
function Decisions({ decisions, decided }: DecisionsProps) {
  const { t } = useTranslation()
  if (decisions.length === 0) return null
  return (
    <dl className="decisions">
      {decisions.map(({ about, by, named }) => (
        <div key={about}>
          <dt>{t(`desk.decided.about.${about}`)}</dt>
          <dd>{decided[about]}</dd>
          <dd className="decisions-why">
            {named === null
              ? t(`desk.decided.by.${by}`)
              : t('desk.decided.named', { rule: t(`desk.decided.by.${by}`), named })}
          </dd>
        </div>
      ))}
    </dl>
  )
}
