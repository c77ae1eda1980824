import { HandHeartIcon } from '@phosphor-icons/react/dist/csr/HandHeart'
import { HouseIcon } from '@phosphor-icons/react/dist/csr/House'
import { MagnifyingGlassIcon } from '@phosphor-icons/react/dist/csr/MagnifyingGlass'
import { PrinterIcon } from '@phosphor-icons/react/dist/csr/Printer'
import { VideoCameraIcon } from '@phosphor-icons/react/dist/csr/VideoCamera'
import { XIcon } from '@phosphor-icons/react/dist/csr/X'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { ChairRing } from '../ui/chair-ring.tsx'
import { Icon } from '../ui/icon.tsx'
import { useKiosk } from './kiosk.ts'
import { firstHandout, home, newSearch, type Screen } from './visit.ts'

const doors = [
  { id: 'today', icon: HouseIcon, leadsTo: home },
  { id: 'find', icon: MagnifyingGlassIcon, leadsTo: newSearch },
  { id: 'online', icon: VideoCameraIcon, leadsTo: { ...home, group: 'online' } },
  { id: 'handout', icon: PrinterIcon, leadsTo: firstHandout },
] as const satisfies readonly { id: string; icon: unknown; leadsTo: Screen }[]

/** The doors and the two fixed buttons: the same place and order on every screen (A11Y-41, PRV-08). */
export function Hands() {
  const { t } = useTranslation()
  const { state, visit, layout, dispatch, leave } = useKiosk()
  const here = doorOf(visit.screen)
  return (
    <nav className="hands" aria-label={t('kiosk.bar.label')}>
      <ChairRing className="mark" />
      {/* Before there is anything behind them, the doors would lead nowhere. */}
      <div className="doors" hidden={state.setup === 'needed'}>
        {doors.map(({ id, icon, leadsTo }) => {
          const name = t(`kiosk.doors.${id}`)
          const isShort = layout === 'tiny'
          return (
            <Button
              key={id}
              className="door"
              // The short words are part of the whole name (WCAG 2.5.3).
              aria-label={isShort ? name : undefined}
              aria-current={id === here ? 'page' : undefined}
              onPress={() => dispatch(id === 'today' ? { do: 'home' } : { do: 'show', screen: leadsTo })}
            >
              <Icon of={icon} />
              {isShort ? t(`kiosk.doors.short.${id}`) : name}
            </Button>
          )
        })}
      </div>
      <div className="fixed">
        <Button look="help" onPress={() => dispatch({ do: 'show', screen: { name: 'help' } })}>
          <Icon of={HandHeartIcon} />
          {t('kiosk.bar.help')}
        </Button>
        <Button look="large" onPress={leave}>
          <Icon of={XIcon} />
          {t('kiosk.bar.leave')}
        </Button>
      </div>
    </nav>
  )
}

function doorOf(screen: Screen): (typeof doors)[number]['id'] | null {
  if (screen.name === 'search') return 'find'
  if (screen.name === 'handout') return 'handout'
  if (screen.name !== 'today' || screen.date !== null) return null
  return screen.group === 'online' ? 'online' : 'today'
}
