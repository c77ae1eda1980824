import { ArrowLeftIcon } from '@phosphor-icons/react/dist/csr/ArrowLeft'
import { KeyboardIcon } from '@phosphor-icons/react/dist/csr/Keyboard'
import { ListBulletsIcon } from '@phosphor-icons/react/dist/csr/ListBullets'
import { useEffect, useRef, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { scrollsWhole } from '../../ui/use-sizes.ts'
import { Chosen, NarrowButton } from '../chosen.tsx'
import { DangerCard } from '../danger-card.tsx'
import { speaksOfDanger } from '../danger.ts'
import { Keyboard } from '../keyboard.tsx'
import { useKiosk } from '../kiosk.ts'
import { Scroller } from '../scroller.tsx'
import { useSearch } from '../use-search.ts'
import { searchLength, type NarrowScreen, type SearchScreen as Search } from '../visit.ts'
import { Found, SearchResults } from './search-results.tsx'

const narrowScreen: NarrowScreen = { name: 'narrow', of: 'search', date: null }
const orders = ['soonest', 'nearest'] as const

/** Find a meeting by a few letters: what is typed answers at each touch, the results a moment later. */
export function SearchScreen({ screen }: { screen: Search }) {
  const { t } = useTranslation()
  const { layout, visit, dispatch } = useKiosk()
  const place = useRef<HTMLDivElement>(null)
  const searched = useSearch(screen)
  const hasText = screen.text.trim() !== ''
  const { keys } = screen
  // Where room is short, one either types or reads.
  const isLow = layout === 'compact' || layout === 'tiny'
  const isSmall = scrollsWhole(layout)
  const readsApart = isSmall && keys
  const inDanger = speaksOfDanger(screen.text)
  const hasRows = (searched.answer?.rows.length ?? 0) > 0
  const onText = (text: string) => dispatch({ do: 'search_for', change: { text } })
  const showKeys = (shown: boolean) => dispatch({ do: 'search_for', change: { keys: shown } })

  // A letter of a real keyboard goes to the field, wherever the focus stands.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isLetter = event.key.length === 1 && event.key !== ' '
      if (!isLetter || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      place.current?.querySelector('input')?.focus({ preventScroll: true })
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])

  // The card of help needs the place of the keys; they come back by their button.
  useEffect(() => {
    if (inDanger && isSmall) dispatch({ do: 'search_for', change: { keys: false } })
  }, [inDanger, isSmall, dispatch])

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    // Enter has nothing to send: it leads on to what was found.
    if (readsApart) showKeys(false)
    place.current?.querySelector<HTMLElement>('.results .row')?.focus()
  }

  const tools = (
    <div className="search-tools">
      <div className="orders" role="group" aria-label={t('kiosk.search.order')}>
        {orders.map((order) => (
          <Button
            key={order}
            aria-pressed={screen.order === order}
            onPress={() => dispatch({ do: 'search_for', change: { order } })}
          >
            {t(`kiosk.search.${order}`)}
          </Button>
        ))}
      </div>
      <NarrowButton screen={narrowScreen} short={isLow || visit.size === 'large'} />
    </div>
  )

  const found = (
    <>
      {inDanger ? <DangerCard /> : null}
      {(isLow && keys) || (inDanger && !hasRows) ? null : tools}
      <Chosen screen={narrowScreen} />
      <Found screen={screen} searched={searched} inDanger={inDanger} />
      {readsApart ? null : (
        <SearchResults screen={screen} searched={searched} inScroller={isSmall} inDanger={inDanger} />
      )}
    </>
  )

  return (
    <div
      className="search"
      data-keys={keys || undefined}
      data-narrowed={visit.narrowing.length > 0 || undefined}
      ref={place}
    >
      <h1 tabIndex={-1}>{t('kiosk.search.title')}</h1>
      <form className="search-ask" role="search" autoComplete="off" onSubmit={onSubmit}>
        <Field
          label={<span className="unseen">{t('kiosk.search.label')}</span>}
          placeholder={t('kiosk.search.hint')}
          value={screen.text}
          inputMode="none"
          enterKeyHint="search"
          maxLength={searchLength}
          onText={onText}
        />
      </form>
      <div className="search-found">
        {isSmall && !keys ? (
          <Scroller keepsPlace top={`${screen.text} ${visit.number}`}>
            {found}
          </Scroller>
        ) : (
          found
        )}
      </div>
      {keys ? (
        <div className="search-keys">
          <Keyboard text={screen.text} use="search" onText={onText} />
        </div>
      ) : null}
      <div className="screen-foot">
        <Button look="large" onPress={() => dispatch({ do: 'back' })}>
          <Icon of={ArrowLeftIcon} mirrored={document.documentElement.dir === 'rtl'} />
          {t('common.back')}
        </Button>
        <Button look={readsApart && hasText ? 'primary' : 'large'} onPress={() => showKeys(!keys)}>
          <Icon of={keys && readsApart ? ListBulletsIcon : KeyboardIcon} />
          {!keys
            ? t('kiosk.search.showKeys')
            : readsApart
              ? t(hasText ? 'kiosk.search.showList' : 'kiosk.search.ideas')
              : t('kiosk.search.hideKeys')}
        </Button>
      </div>
    </div>
  )
}
