import { ArrowLeftIcon } from '@phosphor-icons/react/dist/csr/ArrowLeft'
import { CalendarBlankIcon } from '@phosphor-icons/react/dist/csr/CalendarBlank'
import { FileArrowUpIcon } from '@phosphor-icons/react/dist/csr/FileArrowUp'
import { GlobeIcon } from '@phosphor-icons/react/dist/csr/Globe'
import { ListBulletsIcon } from '@phosphor-icons/react/dist/csr/ListBullets'
import { TableIcon } from '@phosphor-icons/react/dist/csr/Table'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { CheckField, Notice } from '../controls.tsx'
import type { SaidCode } from '../desk-client.ts'
import { guessOf, readSettings, sourceOf, type AddDraft, type FeedFault } from '../feed-draft.ts'
import { ScopeFields } from '../scope-fields.tsx'
import { KindFields, MoreFields } from '../settings-fields.tsx'
import { useTitleFocus } from '../use-title-focus.ts'
import type { ListsProps } from './lists-screen.tsx'

const ways = [
  { name: 'guide', icon: ListBulletsIcon },
  { name: 'bmlt', icon: GlobeIcon },
  { name: 'calendar', icon: CalendarBlankIcon },
  { name: 'table', icon: TableIcon },
] as const

/** Codes that belong to the field of the address. */
const sourceCodes: readonly SaidCode[] = ['address_not_allowed', 'already_listed', 'file_not_found']

type AddScreenProps = ListsProps & {
  readonly draft: AddDraft
  readonly onDraft: (draft: AddDraft) => void
  readonly onLeave: () => void
  readonly onAdded: (feedId: string) => void
}

/** Adds one list. What was typed stays until the list is in. */
export function AddScreen(props: AddScreenProps) {
  const { client, desk, center, words, draft, onDraft, onLeave, onAdded } = props
  const { t } = useTranslation()
  const title = useTitleFocus()
  const form = useRef<HTMLFormElement>(null)
  const [faults, setFaults] = useState<readonly FeedFault[]>([])
  const [isAdding, setAdding] = useState(false)
  const [code, setCode] = useState<SaidCode | null>(null)
  const [isPlain, setPlain] = useState(false)
  const guess = guessOf(draft)
  const set = (change: Partial<AddDraft>) => {
    setFaults([])
    setCode(null)
    setPlain(false)
    onDraft({ ...draft, ...change })
  }

  async function chooseFile() {
    const reply = await client.call('feeds.chooseFile', {})
    if (reply.ok) set({ file: reply.value, address: '' })
    else if (reply.code !== 'cancelled') setCode(reply.code)
  }

  function markFaults(found: readonly FeedFault[]) {
    setFaults(found)
    // After the marks are drawn, the first marked answer takes the focus.
    requestAnimationFrame(() => {
      form.current
        ?.querySelector<HTMLElement>('[aria-invalid="true"], fieldset[aria-describedby] input')
        ?.focus()
    })
  }

  async function add(plainHttpConfirmed = false) {
    if (isAdding) return
    const source = sourceOf(draft, plainHttpConfirmed)
    const reading = readSettings(draft.settings, guess, center.distanceUnit)
    setPlain(false)
    setCode(null)
    if (source === null) return markFaults(['source'])
    if (!reading.ok) return markFaults(reading.faults)
    setAdding(true)
    const reply = await client.call('feeds.add', { source, ...reading.settings })
    setAdding(false)
    if (reply.ok) onAdded(reply.value.feedId)
    else if (reply.code === 'plain_http') setPlain(true)
    else setCode(reply.code)
  }

  const sourceError = faults.includes('source')
    ? t('desk.add.faultSource')
    : code !== null && sourceCodes.includes(code)
      ? t(`desk.error.${code}`)
      : null
  const fields = {
    desk,
    draft: draft.settings,
    guess,
    onDraft: (settings: AddDraft['settings']) => set({ settings }),
  }
  return (
    <div className="page add-page">
      <Button look="quiet" className="page-back" onPress={onLeave}>
        <Icon of={ArrowLeftIcon} />
        {t('desk.feeds.all')}
      </Button>
      <h1 ref={title} tabIndex={-1}>
        {t('desk.add.title')}
      </h1>
      <form
        ref={form}
        className="card add"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void add()
        }}
      >
        <div className="add-source">
          <Field
            label={t('desk.add.address')}
            hint={t('desk.add.addressHint')}
            type={draft.file === null ? 'url' : 'text'}
            inputMode="url"
            maxLength={2048}
            // A chosen file stands where the address would; typing takes its place again.
            value={draft.file?.fileName ?? draft.address}
            readOnly={draft.file !== null}
            onText={(address) => set({ address, file: null })}
            {...(sourceError === null ? {} : { error: sourceError })}
          />
          <div className="add-file">
            <Button onPress={() => void chooseFile()}>
              <Icon of={FileArrowUpIcon} />
              {draft.file === null ? t('desk.add.chooseFile') : t('desk.add.otherFile')}
            </Button>
            {draft.file === null ? null : (
              <Button look="quiet" onPress={() => set({ file: null })}>
                {t('desk.add.noFile')}
              </Button>
            )}
          </div>
        </div>
        {isPlain ? (
          <div className="add-plain">
            <Notice tone="fault">{t('desk.add.plain')}</Notice>
            <Button onPress={() => void add(true)}>{t('desk.add.plainYes')}</Button>
          </div>
        ) : null}
        {draft.file === null && draft.address.trim() !== '' && (guess !== 'bmlt' || draft.saysBmlt) ? (
          <CheckField
            label={t('desk.add.saysBmlt')}
            isOn={draft.saysBmlt}
            onCheck={(saysBmlt) => set({ saysBmlt })}
          />
        ) : null}
        {guess === 'bmlt' ? (
          <ScopeFields
            client={client}
            center={center}
            address={draft.address}
            scope={draft.settings.scope}
            onScope={(scope) => set({ settings: { ...draft.settings, scope } })}
            faults={faults}
            words={words}
          />
        ) : null}
        <KindFields {...fields} />
        <details className="more" open={code === 'unknown_zone' ? true : undefined}>
          <summary>{t('desk.add.more')}</summary>
          <div className="more-fields">
            <MoreFields
              {...fields}
              words={words}
              zoneError={code === 'unknown_zone' ? t('desk.error.unknown_zone') : null}
            />
          </div>
        </details>
        {code === null || code === 'unknown_zone' || sourceCodes.includes(code) ? null : (
          <Notice tone="fault">{t(`desk.error.${code}`)}</Notice>
        )}
        <div className="add-end">
          <Button onPress={onLeave}>{t('common.cancel')}</Button>
          <Button look="primary" onPress={() => void add()}>
            {isAdding ? t('desk.add.adding') : t('desk.add.submit')}
          </Button>
        </div>
      </form>
      <Ways {...props} />
    </div>
  )
}

/** What can be added, in plain words, and the empty table for those who have no list yet. */
function Ways({ client }: Pick<AddScreenProps, 'client'>) {
  const { t } = useTranslation()
  const [saved, setSaved] = useState<string | null>(null)
  const [code, setCode] = useState<SaidCode | null>(null)

  async function saveTemplate(form: 'csv' | 'xlsx') {
    setSaved(null)
    setCode(null)
    const reply = await client.call('feeds.saveTemplate', { form })
    if (reply.ok) setSaved(reply.value.fileName)
    else if (reply.code !== 'cancelled') setCode(reply.code)
  }

  return (
    <aside className="ways" aria-labelledby="ways-title">
      <h2 id="ways-title">{t('desk.ways.title')}</h2>
      <ul>
        {ways.map(({ name, icon }) => (
          <li key={name}>
            <Icon of={icon} />
            <div>
              <h3>{t(`desk.ways.${name}.title`)}</h3>
              <p>{t(`desk.ways.${name}.text`)}</p>
            </div>
          </li>
        ))}
      </ul>
      <div className="ways-template">
        <h3>{t('desk.template.title')}</h3>
        <p>{t('desk.template.text')}</p>
        <div className="ways-acts">
          <Button onPress={() => void saveTemplate('xlsx')}>{t('desk.template.xlsx')}</Button>
          <Button onPress={() => void saveTemplate('csv')}>{t('desk.template.csv')}</Button>
        </div>
        {saved === null ? null : <Notice tone="done">{t('desk.template.saved', { name: saved })}</Notice>}
        {code === null ? null : <Notice tone="fault">{t(`desk.error.${code}`)}</Notice>}
      </div>
    </aside>
  )
}
