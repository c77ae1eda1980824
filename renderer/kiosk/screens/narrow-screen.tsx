import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DayFacets } from '../../../electron/contract/models.ts'
import { Button } from '../../ui/button.tsx'
import { useCall } from '../../ui/use-call.ts'
import { ChoiceButton } from '../choice-button.tsx'
import { choiceText } from '../chosen.tsx'
import { useKiosk } from '../kiosk.ts'
import { filterOf, hasChoice, isSameChoice, type Choice, type Narrowing } from '../narrowing.ts'
import { totalOf, useDay } from '../use-day.ts'
import type { NarrowScreen as Narrow } from '../visit.ts'
import { Screen } from './screen.tsx'

/** More of one part are a touch away: nobody reads twenty in a row (A11Y-40). */
const mostAtOnce = 6

type Offered = { readonly choice: Choice; readonly count: number | null }

/**
 * What matters to the visitor, in large toggles. Each says how many meetings it leaves; one that would leave none
 * cannot be chosen. From the search there is no day to count on, so there it counts nothing.
 */
export function NarrowScreen({ screen }: { screen: Narrow }) {
  const { t } = useTranslation()
  const { client, formats, today, visit, dispatch } = useKiosk()
  const { narrowing } = visit
  const date = screen.date ?? today
  const counts = screen.of === 'today'
  const filter = filterOf(narrowing)
  const asked = useCall(JSON.stringify([date, counts ? filter : null]), () =>
    client.call('meetings.listFacets', {
      date,
      ...(filter === undefined || !counts ? {} : { filter }),
    }),
  )
  // What is there stays until the next answer: nothing jumps under the finger.
  const facets = useKept(asked.value)
  const list = useKept(useDay(date, 'here', 0, filter, 1).value)
  const total = !counts || list === null ? null : totalOf(list)
  const left = total === null ? null : { count: total, formatted: formats.number(total) }
  const parts = useOffered(facets, counts, narrowing)

  return (
    <Screen
      name="narrow"
      title={t('kiosk.narrow.title')}
      action={
        <>
          <Button
            look="large"
            aria-disabled={narrowing.length === 0}
            onPress={() => dispatch({ do: 'show_all' })}
          >
            {t('kiosk.narrow.showAll')}
          </Button>
          <Button look="primary" onPress={() => dispatch({ do: 'back' })}>
            {counts
              ? left === null
                ? t('kiosk.narrow.showThem')
                : t('kiosk.narrow.show', left)
              : t('kiosk.narrow.toSearch')}
          </Button>
        </>
      }
    >
      <p className="narrow-left" role="status">
        {left === null ? t('kiosk.narrow.intro') : t('kiosk.narrow.left', left)}
      </p>
      <div className="narrow-parts">
        <Part title={t('kiosk.narrow.who')} offered={parts.audience} />
        <Part title={t('kiosk.narrow.kind')} offered={parts.kind} />
        <Part title={t('kiosk.narrow.time')} offered={parts.partOfDay} />
        <Part title={t('kiosk.narrow.needs')} offered={parts.needs} />
        <Part title={t('kiosk.narrow.language')} offered={parts.language} />
        <Part title={t('kiosk.narrow.fellowship')} offered={parts.fellowship} />
      </div>
    </Screen>
  )
}

function Part({ title, offered }: { title: string; offered: readonly Offered[] }) {
  const { t } = useTranslation()
  const { formats, visit, dispatch } = useKiosk()
  const [whole, setWhole] = useState(false)
  const part = useRef<HTMLFieldSetElement>(null)
  if (offered.length === 0) return null
  const shown = whole || offered.length <= mostAtOnce + 1 ? offered : offered.slice(0, mostAtOnce)
  return (
    <fieldset className="choices narrow-part" ref={part}>
      <legend>{title}</legend>
      {shown.map(({ choice, count }) => {
        const what = choiceText(t, formats, choice)
        const chosen = hasChoice(visit.narrowing, choice)
        return (
          <ChoiceButton
            key={`${choice.part} ${'is' in choice ? choice.is : ''}`}
            chosen={chosen}
            disabled={count === 0 && !chosen}
            {...(count === null
              ? {}
              : { label: t('kiosk.narrow.counted', { what, count, formatted: formats.number(count) }) })}
            onPress={() => dispatch({ do: 'choose', choice })}
          >
            <bdi className="choice-text">{what}</bdi>{' '}
            {count === null ? null : <span className="choice-count">{formats.number(count)}</span>}
          </ChoiceButton>
        )
      })}
      {shown.length === offered.length ? null : (
        <Button
          look="large"
          className="choice-more"
          onPress={() => {
            setWhole(true)
            // The button is gone: a keypad goes on at the last choice that it knows.
            part.current?.querySelectorAll<HTMLElement>('.choice')[mostAtOnce - 1]?.focus()
          }}
        >
          {t('kiosk.narrow.moreOf', { count: offered.length - shown.length })}
        </Button>
      )}
    </fieldset>
  )
}

function useKept<Value>(value: Value | null): Value | null {
  const kept = useRef(value)
  if (value !== null) kept.current = value
  return kept.current
}

type Parts = Readonly<
  Record<'audience' | 'kind' | 'partOfDay' | 'needs' | 'language' | 'fellowship', readonly Offered[]>
>

/**
 * The fixed parts stand there always. Languages and fellowships are those that the day has; once offered they keep
 * their place, with 0, so that no toggle moves or goes while one looks at it.
 */
function useOffered(facets: DayFacets | null, counts: boolean, narrowing: Narrowing): Parts {
  const seen = useRef<readonly Choice[]>([])
  const listed: readonly (Choice & { readonly count: number })[] = [
    ...(facets?.languages ?? []).map(({ tag, count }) => ({ part: 'language', is: tag, count }) as const),
    ...(facets?.fellowships ?? []).map(
      ({ id, name, count }) => ({ part: 'fellowship', is: id, name, count }) as const,
    ),
  ]
  const news = [...listed.filter(({ count }) => count > 0), ...narrowing].filter(
    (choice) => !hasChoice(seen.current, choice),
  )
  if (news.length > 0) seen.current = [...seen.current, ...news]

  const offered = (choice: Choice, count: number | undefined): Offered => ({
    choice,
    count: counts ? (count ?? null) : null,
  })
  const seenOf = (part: Choice['part']): readonly Offered[] => {
    const all = seen.current.filter((choice) => choice.part === part)
    // A single one would narrow nothing.
    if (all.length < 2 && !all.some((choice) => hasChoice(narrowing, choice))) return []
    return all.map((choice) => offered(choice, listed.find((one) => isSameChoice(one, choice))?.count ?? 0))
  }
  return {
    audience: (['self', 'family'] as const).map((is) =>
      offered({ part: 'audience', is }, facets?.audiences[is]),
    ),
    kind: (['therapy', 'peer', 'club'] as const).map((is) =>
      offered({ part: 'kind', is }, facets?.kinds[is]),
    ),
    partOfDay: (['morning', 'afternoon', 'evening'] as const).map((is) =>
      offered({ part: 'partOfDay', is }, facets?.partsOfDay[is]),
    ),
    needs: [offered({ part: 'online' }, facets?.online), offered({ part: 'wheelchair' }, facets?.wheelchair)],
    language: seenOf('language'),
    fellowship: seenOf('fellowship'),
  }
}
