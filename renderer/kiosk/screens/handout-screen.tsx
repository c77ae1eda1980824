import { PrinterIcon } from '@phosphor-icons/react/dist/csr/Printer'
import { WarningIcon } from '@phosphor-icons/react/dist/csr/Warning'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HandoutChoice } from '../../../electron/contract/kiosk-calls.ts'
import { err } from '../../../electron/contract/result.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useCall } from '../../ui/use-call.ts'
import { ChoiceButton } from '../choice-button.tsx'
import { useKiosk } from '../kiosk.ts'
import { Slow } from '../trouble.tsx'
import type { HandoutScreen as Handout } from '../visit.ts'
import { Screen } from './screen.tsx'

type Job =
  | { readonly stage: 'none' }
  | { readonly stage: 'printing' }
  | { readonly stage: 'printed'; readonly pages: number }
  | { readonly stage: 'failed'; readonly code: string }

const parts = ['peerGroups', 'clubs', 'online'] as const

/** Choose what a hand-out lists, see how long it is, print it. It knows nothing of the visitor (PRV-11). */
export function HandoutScreen({ screen }: { screen: Handout }) {
  const { t } = useTranslation()
  const { client, state, visit, dispatch } = useKiosk()
  const [job, setJob] = useState<Job>({ stage: 'none' })
  const { peerGroups, clubs, online, size } = screen
  const choice: HandoutChoice = { locale: visit.locale, paper: state.paper, size, peerGroups, clubs, online }
  const isEmpty = !peerGroups && !clubs && !online
  const preview = useCall(JSON.stringify(choice), async () =>
    isEmpty ? err('nothing_to_print') : client.call('handouts.preview', choice),
  )
  const alive = useAlive()

  function print() {
    setJob({ stage: 'printing' })
    void client.call('handouts.print', choice).then((reply) => {
      if (!alive.current) return
      setJob(
        reply.ok ? { stage: 'printed', pages: reply.value.pages } : { stage: 'failed', code: reply.code },
      )
    })
  }

  if (job.stage === 'printed')
    return <Printed pages={job.pages} onAnother={() => setJob({ stage: 'none' })} />
  const cannot = isEmpty || preview.code !== null || job.stage === 'printing' || !state.hasPrinter
  return (
    <Screen
      name="handout"
      title={t('kiosk.handout.title')}
      action={
        <Button look="primary" aria-disabled={cannot} onPress={print}>
          <Icon of={PrinterIcon} />
          {job.stage === 'printing' ? t('kiosk.handout.printing') : t('kiosk.handout.printNow')}
        </Button>
      }
    >
      <fieldset className="choices">
        <legend>{t('kiosk.handout.what')}</legend>
        {parts.map((part) => (
          <ChoiceButton
            key={part}
            chosen={screen[part]}
            onPress={() => {
              setJob({ stage: 'none' })
              dispatch({ do: 'choose_handout', change: { [part]: !screen[part] } })
            }}
          >
            {t(`kiosk.handout.${part}`)}
          </ChoiceButton>
        ))}
      </fieldset>
      <div className="choices" role="radiogroup" aria-labelledby="handout-size">
        <h2 className="choices-title" id="handout-size">
          {t('kiosk.handout.size')}
        </h2>
        {(['standard', 'large'] as const).map((one) => (
          <ChoiceButton
            key={one}
            single
            chosen={size === one}
            onPress={() => dispatch({ do: 'choose_handout', change: { size: one } })}
          >
            {t(`kiosk.handout.${one}`)}
          </ChoiceButton>
        ))}
      </div>
      <div className="preview" role="status">
        <Preview isEmpty={isEmpty} preview={preview} />
      </div>
      <HandoutProblem job={job} hasPrinter={state.hasPrinter} />
      <p className="neutral">{t('kiosk.handout.neutral')}</p>
    </Screen>
  )
}

type PreviewProps = {
  readonly isEmpty: boolean
  readonly preview: {
    readonly value: {
      readonly pages: number
      readonly meetings: number
      readonly clubs: number
      readonly leftOut: number
    } | null
    readonly code: string | null
    readonly slow: boolean
  }
}

function Preview({ isEmpty, preview: { value, code, slow } }: PreviewProps) {
  const { t } = useTranslation()
  const { formats } = useKiosk()
  if (isEmpty) return <p>{t('kiosk.handout.chooseOne')}</p>
  if (code !== null) {
    return <p>{code === 'nothing_to_print' ? t('kiosk.handout.nothing') : t('kiosk.handout.renderFailed')}</p>
  }
  if (value === null) return slow ? <Slow /> : <p>{t('kiosk.handout.counting')}</p>
  const counts = [
    t('kiosk.handout.pages', { count: value.pages }),
    ...(value.meetings > 0 ? [t('kiosk.handout.groups', { count: value.meetings })] : []),
    ...(value.clubs > 0 ? [t('kiosk.handout.clubCount', { count: value.clubs })] : []),
  ]
  return (
    <>
      <p className="preview-counts">{formats.list(counts)}</p>
      {value.leftOut > 0 ? <p>{t('kiosk.handout.leftOut', { count: value.leftOut })}</p> : null}
    </>
  )
}

function HandoutProblem({ job, hasPrinter }: { job: Job; hasPrinter: boolean }) {
  const { t } = useTranslation()
  let text: string | null = null
  if (!hasPrinter) text = t('kiosk.handout.noPrinter')
  else if (job.stage === 'failed') {
    if (job.code === 'no_printer') text = t('kiosk.handout.noPrinter')
    else if (job.code === 'nothing_to_print') text = t('kiosk.handout.nothing')
    else if (job.code === 'printer_failed') text = t('kiosk.handout.printerFailed')
    else text = t('kiosk.handout.renderFailed')
  }
  if (text === null) return null
  return (
    <p className="field-error" role="alert">
      <Icon of={WarningIcon} />
      <span>{text}</span>
    </p>
  )
}

function Printed({ pages, onAnother }: { pages: number; onAnother: () => void }) {
  const { t } = useTranslation()
  const { dispatch } = useKiosk()
  return (
    <Screen
      name="done"
      back={false}
      title={t('kiosk.handout.doneTitle')}
      action={
        <>
          <Button look="large" onPress={onAnother}>
            {t('kiosk.handout.another')}
          </Button>
          <Button look="primary" onPress={() => dispatch({ do: 'home' })}>
            {t('kiosk.signIn.home')}
          </Button>
        </>
      }
    >
      <p className="big-text" role="status">
        {t('kiosk.handout.pages', { count: pages })}
      </p>
      <p className="big-text">{t('kiosk.handout.doneText')}</p>
    </Screen>
  )
}

/** An answer that comes after the screen is gone is for nobody. */
function useAlive() {
  const alive = useRef(true)
  useEffect(() => {
    alive.current = true
    return () => {
      alive.current = false
    }
  }, [])
  return alive
}
