import { ArrowRightIcon } from '@phosphor-icons/react/dist/csr/ArrowRight'
import { CheckIcon } from '@phosphor-icons/react/dist/csr/Check'
import { WarningIcon } from '@phosphor-icons/react/dist/csr/Warning'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OccurrenceRow } from '../../../electron/contract/models.ts'
import { Button } from '../../ui/button.tsx'
import { ChairRing } from '../../ui/chair-ring.tsx'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { slowAfterMs } from '../../ui/use-call.ts'
import { Keyboard } from '../keyboard.tsx'
import { useKiosk } from '../kiosk.ts'
import { useSignIn } from '../use-sign-in.ts'
import { nameLimit, takesName, type SignInScreen as SignIn } from '../visit.ts'
import { Screen } from './screen.tsx'

/** Sign in, one question at a time; nothing is stored before the last one is answered (A11Y-40). */
export function SignInScreen({ screen }: { screen: SignIn }) {
  const { state } = useKiosk()
  if (takesName(screen.row) && !state.canTakeNames) return <NoNames />
  if (screen.step === 'review') {
    return takesName(screen.row) ? <ReviewName screen={screen} /> : <ConfirmCount screen={screen} />
  }
  return <AskName screen={screen} step={screen.step} />
}

function NoNames() {
  const { t } = useTranslation()
  return (
    <Screen name="sign-in" title={t('kiosk.signIn.noNames')}>
      <p className="big-text">{t('kiosk.signIn.noNamesHint')}</p>
    </Screen>
  )
}

function MeetingLine({ row }: { row: OccurrenceRow }) {
  const { t } = useTranslation()
  const { formats } = useKiosk()
  return (
    <div className="meeting-line">
      <p className="meeting-line-name">
        <bdi>{row.name}</bdi>
      </p>
      <p>
        {row.allDay
          ? t('common.allDay')
          : t('common.timeRange', { from: formats.time(row.startsAtMs), to: formats.time(row.endsAtMs) })}
      </p>
      {row.place === null ? null : (
        <p>
          <bdi>{row.place}</bdi>
        </p>
      )}
    </div>
  )
}

function ConfirmCount({ screen }: { screen: SignIn }) {
  const { t } = useTranslation()
  return (
    <Screen name="sign-in" title={t('kiosk.signIn.titleCount')} action={<Confirm screen={screen} />}>
      <div className="review">
        <MeetingLine row={screen.row} />
        <p className="big-text">{t('kiosk.signIn.countText')}</p>
        <Problem screen={screen} />
      </div>
      <ChairRing />
    </Screen>
  )
}

function ReviewName({ screen }: { screen: SignIn }) {
  const { t } = useTranslation()
  const { dispatch } = useKiosk()
  const { firstName, lastInitial } = screen
  return (
    <Screen
      name="sign-in"
      lead={<Step step={3} />}
      title={t('kiosk.signIn.reviewTitle')}
      action={<Confirm screen={screen} />}
    >
      <div className="review">
        <div className="review-name">
          <p>
            <bdi>{t('kiosk.signIn.reviewName', { firstName: firstName.trim(), lastInitial })}</bdi>
          </p>
          <Button aria-disabled={screen.sending} onPress={() => dispatch({ do: 'change_name' })}>
            {t('kiosk.signIn.change')}
          </Button>
        </div>
        <MeetingLine row={screen.row} />
        <p>{t('kiosk.signIn.reviewText')}</p>
        <Problem screen={screen} />
      </div>
    </Screen>
  )
}

function Step({ step }: { step: number }) {
  const { t } = useTranslation()
  return <p>{t('kiosk.signIn.step', { step, total: 3 })}</p>
}

function Confirm({ screen }: { screen: SignIn }) {
  const { t } = useTranslation()
  const send = useSignIn(screen)
  return (
    <Button look="primary" aria-disabled={screen.sending} onPress={send}>
      <Icon of={CheckIcon} />
      {screen.sending
        ? t('kiosk.signIn.sending')
        : takesName(screen.row)
          ? t('kiosk.signIn.confirm')
          : t('kiosk.signIn.confirmCount')}
    </Button>
  )
}

function Problem({ screen }: { screen: SignIn }) {
  const { t } = useTranslation()
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    if (!screen.sending) return
    const timer = setTimeout(() => setSlow(true), slowAfterMs)
    return () => {
      clearTimeout(timer)
      setSlow(false)
    }
  }, [screen.sending])
  if (screen.problem !== null) {
    return (
      <p className="field-error" role="alert">
        <Icon of={WarningIcon} />
        <span>{t(`kiosk.signIn.error.${screen.problem}`)}</span>
      </p>
    )
  }
  return slow ? <p role="status">{t('kiosk.signIn.slow')}</p> : null
}

function AskName({ screen, step }: { screen: SignIn; step: 'first_name' | 'last_initial' }) {
  const { t } = useTranslation()
  const { dispatch } = useKiosk()
  const isFirst = step === 'first_name'
  const field = isFirst ? 'firstName' : 'lastInitial'
  const onText = (text: string) => dispatch({ do: 'type', field, text })
  return (
    <Screen
      name="ask"
      lead={
        <>
          <MeetingLine row={screen.row} />
          <Step step={isFirst ? 1 : 2} />
        </>
      }
      title={t(`kiosk.signIn.${field}`)}
      action={
        <Button look="primary" onPress={() => dispatch({ do: 'next_step' })}>
          {t('common.continue')}
          <Icon of={ArrowRightIcon} mirrored={document.documentElement.dir === 'rtl'} />
        </Button>
      }
    >
      <form
        className="ask"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault()
          dispatch({ do: 'next_step' })
        }}
      >
        <Field
          key={field}
          label={<span className="unseen">{t(`kiosk.signIn.${field}`)}</span>}
          hint={t(`kiosk.signIn.${field}Hint`)}
          value={screen[field]}
          inputMode="none"
          maxLength={nameLimit * 4}
          {...(screen.problem === null ? {} : { error: t(`kiosk.signIn.error.${screen.problem}`) })}
          onText={onText}
        />
        <Keyboard text={screen[field]} use={isFirst ? 'first' : 'all'} onText={onText} />
      </form>
    </Screen>
  )
}
