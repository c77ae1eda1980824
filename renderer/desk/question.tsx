import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'

type QuestionProps = {
  readonly label: string
  readonly children: ReactNode
  readonly no: string
  readonly yes: string
  readonly onNo: () => void
  readonly onYes: () => void
}

/** Asks before something that cannot be taken back; the focus is on the harmless answer. */
export function Question({ label, children, no, yes, onNo, onYes }: QuestionProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.querySelector('button')?.focus(), [])
  return (
    // Escape is heard for the two buttons inside, which hold the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={box}
      className="question"
      role="alertdialog"
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onNo()
      }}
    >
      <p>{children}</p>
      <Button onPress={onNo}>{no}</Button>
      <Button look="help" onPress={onYes}>
        {yes}
      </Button>
    </div>
  )
}

/** Asks before something of a name is taken away; the sentence says what follows from it. */
export function RemoveQuestion(
  props: Pick<QuestionProps, 'children' | 'onNo' | 'onYes'> & { readonly name: string },
) {
  const { t } = useTranslation()
  const { name, ...rest } = props
  return (
    <Question
      {...rest}
      label={t('desk.feeds.removeOne', { name })}
      no={t('desk.feeds.removeNo')}
      yes={t('desk.feeds.removeYes')}
    />
  )
}
