import { WarningIcon } from '@phosphor-icons/react/dist/csr/Warning'
import { useId, type InputHTMLAttributes, type ReactNode } from 'react'
import { Icon } from './icon.tsx'

type FrameProps = {
  readonly label: ReactNode
  readonly hint?: ReactNode
  /** What is wrong and how to mend it, in words; stands next to the field (A11Y-44). */
  readonly error?: ReactNode
  readonly className?: string | undefined
  /** The control itself, with what ties it to its label, hint and error. */
  readonly children: (tied: {
    readonly id: string
    readonly className: string
    readonly 'aria-invalid': boolean
    readonly 'aria-describedby': string | undefined
  }) => ReactNode
}

/** Label, hint, control and error of one field, in this order. */
export function FieldFrame({ label, hint, error, className, children }: FrameProps) {
  const id = useId()
  const described = [hint === undefined ? null : `${id}-hint`, error === undefined ? null : `${id}-error`]
  return (
    <div className={className === undefined ? 'field' : `field ${className}`}>
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {hint === undefined ? null : (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children({
        id,
        className: 'field-input',
        'aria-invalid': error !== undefined,
        'aria-describedby': described.filter((part) => part !== null).join(' ') || undefined,
      })}
      {error === undefined ? null : <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  )
}

export function FieldError({ id, children }: { readonly id?: string; readonly children: ReactNode }) {
  return (
    <p className="field-error" id={id} role="alert">
      <Icon of={WarningIcon} />
      <span>{children}</span>
    </p>
  )
}

type FieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'onChange'> &
  Omit<FrameProps, 'children'> & { readonly onText: (text: string) => void }

/** One labelled line of text. The operating system learns nothing from it (PRV-22). */
export function Field({ label, hint, error, onText, className, ...rest }: FieldProps) {
  return (
    <FieldFrame label={label} hint={hint} error={error} className={className}>
      {(tied) => (
        <input
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          {...rest}
          {...tied}
          onChange={(event) => onText(event.currentTarget.value)}
        />
      )}
    </FieldFrame>
  )
}
