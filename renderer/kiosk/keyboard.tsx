import { ArrowFatUpIcon } from '@phosphor-icons/react/dist/csr/ArrowFatUp'
import { BackspaceIcon } from '@phosphor-icons/react/dist/csr/Backspace'
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { usePress } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { beginsWord, columnsOf, keyRows, withoutLast, type KeyLayer } from './keyboard-layout.ts'
import { useKiosk } from './kiosk.ts'

type KeyboardProps = {
  readonly text: string
  /**
   * `first` makes the first letter of each word a capital; Shift turns it round for one letter. `search` has no
   * capitals, but digits, and a key that takes all away.
   */
  readonly use: 'first' | 'all' | 'search'
  readonly onText: (text: string) => void
}

/** Our own keyboard: the system's brings its own ways out and learns what is typed (A11Y-12, PRV-22). */
export function Keyboard({ text, use, onText }: KeyboardProps) {
  const { t } = useTranslation()
  const { visit, dispatch } = useKiosk()
  const [turned, setTurned] = useState(false)
  const [layer, setLayer] = useState<KeyLayer>('letters')
  const board = useRef<HTMLDivElement>(null)
  const wide = useHasRoom(board)
  const order = wide ? visit.keyOrder : 'alphabetical'
  const isSearch = use === 'search'
  const isCapital = !isSearch && (use === 'all' || beginsWord(text)) !== turned

  function put(key: string) {
    onText(text + key)
    setTurned(false)
  }

  function layerKey(of: KeyLayer, name: string) {
    return (
      <Key wide pressed={layer === of} onPress={() => setLayer(layer === of ? 'letters' : of)}>
        {name}
      </Key>
    )
  }

  const spaceAndDelete = (
    <>
      <Key wide onPress={() => put(' ')}>
        {t('kiosk.keyboard.space')}
      </Key>
      <Key wide onPress={() => onText(withoutLast(text))}>
        <Icon of={BackspaceIcon} />
        {t('kiosk.keyboard.delete')}
      </Key>
    </>
  )
  const layers = (
    <>
      {layerKey('accents', t('kiosk.keyboard.accents'))}
      {isSearch ? layerKey('digits', t('kiosk.keyboard.digits')) : null}
      {wide ? (
        <Key
          wide
          onPress={() =>
            dispatch({ do: 'set_key_order', keyOrder: order === 'qwerty' ? 'alphabetical' : 'qwerty' })
          }
        >
          {order === 'qwerty' ? t('kiosk.keyboard.alphabetical') : t('kiosk.keyboard.qwerty')}
        </Key>
      ) : null}
    </>
  )

  return (
    <div
      className="keyboard"
      role="group"
      aria-label={t('kiosk.keyboard.label')}
      data-order={order}
      ref={board}
    >
      {keyRows(visit.locale, order, layer, isCapital).map((row) => (
        <div className="key-row" key={row.join('')}>
          {row.map((key) => (
            <Key key={key} onPress={() => put(key)}>
              {key}
            </Key>
          ))}
        </div>
      ))}
      {isSearch ? (
        <div className="key-row">
          {spaceAndDelete}
          <Key wide onPress={() => onText('')}>
            {t('kiosk.keyboard.deleteAll')}
          </Key>
          {layers}
        </div>
      ) : (
        <>
          <div className="key-row">
            <Key wide pressed={isCapital} onPress={() => setTurned(!turned)}>
              <Icon of={ArrowFatUpIcon} />
              {t('kiosk.keyboard.shift')}
            </Key>
            {spaceAndDelete}
          </div>
          <div className="key-row">{layers}</div>
        </>
      )}
    </div>
  )
}

type KeyProps = {
  readonly wide?: boolean
  readonly pressed?: boolean
  readonly onPress: () => void
  readonly children: ReactNode
}

function Key({ wide = false, pressed, onPress, children }: KeyProps) {
  const press = usePress(onPress)
  return (
    <button
      {...press}
      type="button"
      className="key"
      data-wide={wide || undefined}
      aria-pressed={pressed}
      // The field keeps the focus, so that a real keyboard goes on working beside this one.
      onMouseDown={(event) => event.preventDefault()}
    >
      {children}
    </button>
  )
}

/** Ten full keys side by side need this much; in a narrow place the letters stand in alphabetical order. */
function useHasRoom(board: React.RefObject<HTMLDivElement | null>): boolean {
  const [has, setHas] = useState(true)
  useLayoutEffect(() => {
    const element = board.current
    if (element === null) return
    const fit = () => {
      const first = element.querySelector('.key')
      if (first === null) return
      const key = Number.parseFloat(getComputedStyle(first).minInlineSize)
      const gap = Number.parseFloat(getComputedStyle(element).rowGap)
      const columns = columnsOf('qwerty')
      setHas(element.clientWidth >= columns * key + (columns - 1) * gap)
    }
    const watch = new ResizeObserver(fit)
    watch.observe(element)
    fit()
    return () => watch.disconnect()
  }, [board])
  return has
}
