import { WarningIcon } from '@phosphor-icons/react/dist/csr/Warning'
import { useId, type InputHTMLAttributes, type ReactNode } from 'react'
import { Icon } from './icon.tsx'

type FieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'onChange'> & {
  readonly label: ReactNode
  readonly hint?: ReactNode
  /** What is wrong and how to mend it, in words; stands next to the field (A11Y-44). */
  readonly error?: ReactNode
  readonly onText: (text: string) => void
}

/** One labelled line of text. The operating system learns nothing from it (PRV-22). */
export function Field({ label, hint, error, onText, className, ...rest }: FieldProps) {
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
      <input
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        {...rest}
        id={id}
        className="field-input"
        aria-invalid={error !== undefined}
        aria-describedby={described.filter((part) => part !== null).join(' ') || undefined}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      {error === undefined ? null : (
        <p className="field-error" id={`${id}-error`} role="alert">
          <Icon of={WarningIcon} />
          <span>{error}</span>
        </p>
      )}
    </div>
  )
}
