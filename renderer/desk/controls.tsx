import { WarningIcon } from '@phosphor-icons/react/dist/csr/Warning'
import { CheckCircleIcon } from '@phosphor-icons/react/dist/csr/CheckCircle'
import { useId, type ReactNode } from 'react'
import { FieldError, FieldFrame } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'

type SelectFieldProps = {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly error?: ReactNode
  readonly value: string
  readonly onValue: (value: string) => void
  readonly children: ReactNode
}

/** One labelled choice from a long list, with the system's own control: typing finds an entry. */
export function SelectField({ label, hint, error, value, onValue, children }: SelectFieldProps) {
  return (
    <FieldFrame label={label} hint={hint} error={error}>
      {(tied) => (
        <select {...tied} value={value} onChange={(event) => onValue(event.currentTarget.value)}>
          {children}
        </select>
      )}
    </FieldFrame>
  )
}

export type Option<Value extends string> = {
  readonly value: Value
  readonly label: ReactNode
  readonly hint?: ReactNode
}

type OptionFieldProps<Value extends string> = {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly error?: ReactNode
  readonly options: readonly Option<Value>[]
  /** Many short ones close together, or a few of equal width. */
  readonly lay?: 'tight' | 'even'
} & (
  | { readonly chosen: Value; readonly onChoose: (value: Value) => void }
  | { readonly checked: readonly Value[]; readonly onCheck: (value: Value, isOn: boolean) => void }
)

/** A few choices side by side: one of them (`chosen`) or any of them (`checked`). */
export function OptionField<Value extends string>(props: OptionFieldProps<Value>) {
  const id = useId()
  return (
    <fieldset
      className={props.lay === undefined ? 'field options' : `field options options-${props.lay}`}
      aria-describedby={props.error === undefined ? undefined : `${id}-error`}
    >
      <legend className="field-label">{props.label}</legend>
      {props.hint === undefined ? null : <p className="field-hint">{props.hint}</p>}
      <div className="options-row">
        {props.options.map(({ value, label, hint }) => (
          <label key={value} className="option">
            {'chosen' in props ? (
              <input
                type="radio"
                name={id}
                checked={props.chosen === value}
                onChange={() => props.onChoose(value)}
              />
            ) : (
              <input
                type="checkbox"
                checked={props.checked.includes(value)}
                onChange={(event) => props.onCheck(value, event.currentTarget.checked)}
              />
            )}
            <span>
              <span className="option-label">{label}</span>
              {hint === undefined ? null : <span className="option-hint">{hint}</span>}
            </span>
          </label>
        ))}
      </div>
      {props.error === undefined ? null : <FieldError id={`${id}-error`}>{props.error}</FieldError>}
    </fieldset>
  )
}

type CheckFieldProps = {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly isOn: boolean
  readonly onCheck: (isOn: boolean) => void
}

export function CheckField({ label, hint, isOn, onCheck }: CheckFieldProps) {
  const id = useId()
  return (
    <div className="check">
      <label className="option option-alone">
        <input
          type="checkbox"
          checked={isOn}
          aria-describedby={hint === undefined ? undefined : id}
          onChange={(event) => onCheck(event.currentTarget.checked)}
        />
        <span className="option-label">{label}</span>
      </label>
      {hint === undefined ? null : (
        <p className="field-hint" id={id}>
          {hint}
        </p>
      )}
    </div>
  )
}

type TextFieldProps = {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly value: string
  readonly maxLength: number
  readonly onText: (text: string) => void
}

/** A few lines of text. */
export function TextField({ label, hint, value, maxLength, onText }: TextFieldProps) {
  return (
    <FieldFrame label={label} hint={hint}>
      {(tied) => (
        <textarea
          {...tied}
          rows={3}
          value={value}
          maxLength={maxLength}
          onChange={(event) => onText(event.currentTarget.value)}
        />
      )}
    </FieldFrame>
  )
}

/** An answer of the program that is not about one field. */
export function Notice({
  tone,
  children,
}: {
  readonly tone: 'fault' | 'done'
  readonly children: ReactNode
}) {
  return (
    <p className="notice" data-tone={tone} role={tone === 'fault' ? 'alert' : 'status'}>
      <Icon of={tone === 'fault' ? WarningIcon : CheckCircleIcon} />
      <span>{children}</span>
    </p>
  )
}
