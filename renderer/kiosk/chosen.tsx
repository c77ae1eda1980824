import { FunnelIcon } from '@phosphor-icons/react/dist/csr/Funnel'
import { XIcon } from '@phosphor-icons/react/dist/csr/X'
import type { TFunction } from 'i18next'
import { useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import type { Formats } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'
import type { Layout } from '../ui/use-sizes.ts'
import { useKiosk } from './kiosk.ts'
import type { Choice } from './narrowing.ts'
import type { NarrowScreen } from './visit.ts'

/** Chips that leave room for the list; the rest is one touch away. */
const mostShown: Readonly<Record<Layout, number>> = { portrait: 4, slim: 12, wide: 3, compact: 2, tiny: 12 }

export function choiceText(t: TFunction, formats: Formats, choice: Choice): string {
  switch (choice.part) {
    case 'audience':
      return t(`kiosk.narrow.audience.${choice.is}`)
    case 'kind':
      return t(`common.kind.${choice.is}`)
    case 'partOfDay':
      return t(`kiosk.narrow.partOfDay.${choice.is}`)
    case 'online':
      return t('kiosk.narrow.online')
    case 'wheelchair':
      return t('common.wheelchair.yes')
    case 'language':
      return formats.languages([choice.is])
    case 'fellowship':
      return choice.name
  }
}

/** The one way to the choices, in a few words where room is short. */
export function NarrowButton({ screen, short }: { screen: NarrowScreen; short: boolean }) {
  const { t } = useTranslation()
  const { dispatch } = useKiosk()
  return (
    <Button
      className="narrow-button"
      aria-label={short ? t('kiosk.narrow.title') : undefined}
      onPress={() => dispatch({ do: 'show', screen })}
    >
      <Icon of={FunnelIcon} />
      {short ? t('kiosk.narrow.short') : t('kiosk.narrow.title')}
    </Button>
  )
}

/** What the visitor chose, each to be taken away by one touch; nothing when all is shown. */
export function Chosen({ screen }: { screen: NarrowScreen }) {
  const { t } = useTranslation()
  const { formats, layout, visit, dispatch } = useKiosk()
  const { narrowing } = visit
  const group = useRef<HTMLDivElement>(null)
  const toFocus = useRef<number | null>(null)

  // The touched chip is gone: a keypad goes on at its neighbor, after the last one at the way back in.
  useLayoutEffect(() => {
    if (toFocus.current === null) return
    const chips = group.current?.querySelectorAll<HTMLElement>('.chip') ?? []
    const next = chips[Math.min(toFocus.current, chips.length - 1)]
    toFocus.current = null
    ;(next ?? document.querySelector<HTMLElement>('.narrow-button'))?.focus({ preventScroll: true })
  }, [narrowing])

  const most = visit.size === 'large' ? Math.min(mostShown[layout], 2) : mostShown[layout]
  // "And 1 more" takes as much room as the one.
  const shown = narrowing.length <= most + 1 ? narrowing : narrowing.slice(0, most)
  const more = narrowing.length - shown.length
  return (
    <div
      className="chosen"
      role="group"
      aria-label={t('kiosk.narrow.chosen')}
      hidden={narrowing.length === 0}
      ref={group}
    >
      {shown.map((choice, index) => {
        const what = choiceText(t, formats, choice)
        return (
          <Button
            key={`${choice.part} ${'is' in choice ? choice.is : ''}`}
            className="chip"
            aria-label={t('kiosk.narrow.remove', { what })}
            onPress={() => {
              toFocus.current = index
              dispatch({ do: 'choose', choice })
            }}
          >
            <bdi>{what}</bdi>
            <Icon of={XIcon} />
          </Button>
        )
      })}
      {more === 0 ? null : (
        <Button className="chip" onPress={() => dispatch({ do: 'show', screen })}>
          {t('kiosk.narrow.moreChosen', { count: more })}
        </Button>
      )}
      <Button
        look="quiet"
        className="show-all"
        onPress={() => {
          toFocus.current = 0
          dispatch({ do: 'show_all' })
        }}
      >
        {t('kiosk.narrow.showAll')}
      </Button>
    </div>
  )
}
