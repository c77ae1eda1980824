import { HandHeartIcon } from '@phosphor-icons/react/dist/csr/HandHeart'
import { HouseIcon } from '@phosphor-icons/react/dist/csr/House'
import { PrinterIcon } from '@phosphor-icons/react/dist/csr/Printer'
import { VideoCameraIcon } from '@phosphor-icons/react/dist/csr/VideoCamera'
import { XIcon } from '@phosphor-icons/react/dist/csr/X'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { ChairRing } from '../ui/chair-ring.tsx'
import { Icon } from '../ui/icon.tsx'
import { useKiosk } from './kiosk.ts'
import { firstHandout, home } from './visit.ts'

/** The doors and the two fixed buttons: the same place and order on every screen (A11Y-41, PRV-08). */
export function Hands() {
  const { t } = useTranslation()
  const { state, visit, dispatch, leave } = useKiosk()
  const { screen } = visit
  const atOnline = screen.name === 'today' && screen.group === 'online' && screen.date === null
  const atHome = screen.name === 'today' && screen.group !== 'online' && screen.date === null
  return (
    <nav className="hands" aria-label={t('kiosk.bar.label')}>
      <ChairRing className="mark" />
      {/* Before there is anything behind them, the doors would lead nowhere. */}
      <div className="doors" hidden={state.setup === 'needed'}>
        <Button
          className="door"
          aria-current={atHome ? 'page' : undefined}
          onPress={() => dispatch({ do: 'home' })}
        >
          <Icon of={HouseIcon} />
          {t('kiosk.doors.today')}
        </Button>
        <Button
          className="door"
          aria-current={atOnline ? 'page' : undefined}
          onPress={() => dispatch({ do: 'show', screen: { ...home, group: 'online' } })}
        >
          <Icon of={VideoCameraIcon} />
          {t('kiosk.doors.online')}
        </Button>
        <Button
          className="door"
          aria-current={screen.name === 'handout' ? 'page' : undefined}
          onPress={() => dispatch({ do: 'show', screen: firstHandout })}
        >
          <Icon of={PrinterIcon} />
          {t('kiosk.doors.handout')}
        </Button>
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
