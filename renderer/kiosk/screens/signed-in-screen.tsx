import { ArrowUUpLeftIcon } from '@phosphor-icons/react/dist/csr/ArrowUUpLeft'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { ChairRing } from '../../ui/chair-ring.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useCall } from '../../ui/use-call.ts'
import { useKiosk } from '../kiosk.ts'
import { takesName, type SignedInScreen as SignedIn } from '../visit.ts'
import { Screen } from './screen.tsx'

// Longer ones are an address or directions, not a room: one stands in front of it already.
const roomLength = 40

export function SignedInScreen({ screen }: { screen: SignedIn }) {
  const { t } = useTranslation()
  const { client, dispatch, leave } = useKiosk()
  const { row, undo } = screen
  const { meetingId, localDate, startsAtMs } = row
  const detail = useCall(`${meetingId} ${startsAtMs}`, () =>
    client.call('meetings.get', { meetingId, localDate, startsAtMs }),
  )
  const room = detail.value?.placeNote ?? row.place
  if (undo === 'done') {
    return (
      <Screen
        name="done"
        back={false}
        title={t('kiosk.signIn.undone')}
        action={
          <Button look="primary" onPress={() => dispatch({ do: 'home' })}>
            {t('kiosk.signIn.home')}
          </Button>
        }
      >
        <p className="big-text">{t('kiosk.signIn.undoneText')}</p>
      </Screen>
    )
  }
  return (
    <Screen
      name="done"
      back={false}
      title={takesName(row) ? t('kiosk.signIn.doneTitle') : t('kiosk.signIn.doneCountTitle')}
      action={
        <Button look="primary" onPress={leave}>
          {t('kiosk.signIn.finish')}
        </Button>
      }
    >
      <p className="big-text">
        {room !== null && room.length <= roomLength
          ? t('kiosk.signIn.chairIn', { place: room })
          : t('kiosk.signIn.chair')}
      </p>
      <ChairRing />
      {undo === 'open' ? <Undo screen={screen} /> : null}
      {undo === 'too_late' ? <p role="alert">{t('kiosk.signIn.undoTooLate')}</p> : null}
      {undo === 'failed' ? <p role="alert">{t('kiosk.signIn.undoFailed')}</p> : null}
    </Screen>
  )
}

function Undo({ screen }: { screen: SignedIn }) {
  const { t } = useTranslation()
  const { client, dispatch } = useKiosk()
  const { undoToken, undoForMs } = screen
  const seconds = useSecondsLeft(undoForMs)
  const [sending, setSending] = useState(false)

  function undo() {
    setSending(true)
    void client.call('signIns.undo', { undoToken }).then((reply) => {
      const end = reply.ok ? 'done' : reply.code === 'too_late' ? 'too_late' : 'failed'
      dispatch({ do: 'undo_ended', undoToken, undo: end })
    })
  }

  if (seconds === 0 && !sending) return <p className="undo-over">{t('kiosk.signIn.undoOver')}</p>
  return (
    <div className="undo">
      <Button look="large" aria-disabled={sending} onPress={undo}>
        <Icon of={ArrowUUpLeftIcon} />
        {t('kiosk.signIn.undo')}
      </Button>
      <p>{t('kiosk.signIn.undoFor', { count: seconds })}</p>
    </div>
  )
}

/** Whole seconds, counted plainly; nothing moves. */
function useSecondsLeft(lengthMs: number): number {
  const [left, setLeft] = useState(() => Math.ceil(lengthMs / 1000))
  useEffect(() => {
    const endsAt = performance.now() + lengthMs
    const timer = setInterval(() => {
      const seconds = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000))
      setLeft(seconds)
      if (seconds === 0) clearInterval(timer)
    }, 200)
    return () => clearInterval(timer)
  }, [lengthMs])
  return left
}
