import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeskState } from '../../electron/contract/desk-calls.ts'
import type { Kind } from '../../electron/contract/models.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { CheckField, Notice, OptionField, SelectField } from './controls.tsx'
import type { DeskClient, SaidCode } from './desk-client.ts'
import { ZoneOptions } from './zone-options.tsx'

type FeedDraft = {
  readonly from: 'address' | 'file'
  readonly address: string
  readonly file: { readonly token: string; readonly fileName: string } | null
  readonly name: string
  readonly kind: Kind
  readonly fellowship: string
  readonly zone: string
  readonly heldHere: boolean
}

const emptyDraft: FeedDraft = {
  from: 'address',
  address: '',
  file: null,
  name: '',
  kind: 'peer',
  fellowship: '',
  zone: '',
  heldHere: false,
}

type AddFeedProps = {
  readonly client: DeskClient
  readonly desk: DeskState
  readonly onChanged: () => void
}

/** Adds one list and fetches it at once. What was typed stays until the list is in. */
export function AddFeed({ client, desk, onChanged }: AddFeedProps) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const [draft, setDraft] = useState(emptyDraft)
  const [hasTried, setTried] = useState(false)
  const [isAdding, setAdding] = useState(false)
  const [code, setCode] = useState<SaidCode | null>(null)
  const [isPlain, setPlain] = useState(false)
  const set = (change: Partial<FeedDraft>) => {
    setCode(null)
    setPlain(false)
    setDraft((before) => ({ ...before, ...change }))
  }

  async function chooseFile() {
    const reply = await client.call('feeds.chooseFile', {})
    if (reply.ok) set({ file: reply.value })
    else if (reply.code !== 'cancelled') setCode(reply.code)
  }

  async function add(plainHttpConfirmed = false) {
    const source = sourceOf(draft, plainHttpConfirmed)
    setTried(true)
    setPlain(false)
    if (source === null || isAdding) return
    setAdding(true)
    setCode(null)
    const reply = await client.call('feeds.add', {
      source,
      name: draft.name.trim(),
      kind: draft.kind,
      fellowship: draft.kind === 'peer' && draft.fellowship !== '' ? draft.fellowship : null,
      zone: draft.zone === '' ? null : draft.zone,
      heldHere: draft.heldHere,
    })
    setAdding(false)
    if (!reply.ok) {
      if (reply.code === 'plain_http') setPlain(true)
      else setCode(reply.code)
      return
    }
    setDraft(emptyDraft)
    setTried(false)
    setOpen(false)
    onChanged()
    await client.call('feeds.refresh', { feedId: reply.value.feedId })
    onChanged()
  }

  if (!isOpen) {
    return (
      <Button look="large" className="add-open" onPress={() => setOpen(true)}>
        {t('desk.add.open')}
      </Button>
    )
  }
  const isMissing = hasTried && sourceOf(draft) === null
  return (
    <form
      className="card add"
      aria-labelledby="add-title"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <h2 id="add-title">{t('desk.add.title')}</h2>
      <OptionField
        label={t('desk.add.from')}
        options={[
          { value: 'address', label: t('desk.add.fromAddress') },
          { value: 'file', label: t('desk.add.fromFile') },
        ]}
        chosen={draft.from}
        onChoose={(from) => set({ from })}
      />
      {draft.from === 'address' ? (
        <Field
          label={t('desk.add.address')}
          hint={t('desk.add.addressHint')}
          type="url"
          inputMode="url"
          maxLength={2048}
          value={draft.address}
          onText={(address) => set({ address })}
          {...(isMissing ? { error: t('desk.add.faultAddress') } : {})}
        />
      ) : (
        <div className="add-file">
          <Button onPress={() => void chooseFile()}>
            {draft.file === null ? t('desk.add.chooseFile') : t('desk.add.otherFile')}
          </Button>
          <output>{draft.file?.fileName ?? t('desk.add.noFile')}</output>
          {isMissing ? <Notice tone="fault">{t('desk.add.faultFile')}</Notice> : null}
        </div>
      )}
      <OptionField
        label={t('desk.add.kind')}
        options={[
          { value: 'peer', label: t('desk.add.kindPeer'), hint: t('desk.add.kindPeerHint') },
          { value: 'club', label: t('desk.add.kindClub'), hint: t('desk.add.kindClubHint') },
          { value: 'therapy', label: t('desk.add.kindTherapy'), hint: t('desk.add.kindTherapyHint') },
        ]}
        chosen={draft.kind}
        // Our own groups meet here; it can be taken away again.
        onChoose={(kind) => set({ kind, heldHere: kind === 'therapy' || draft.heldHere })}
      />
      <div className="pair">
        {draft.kind === 'peer' ? (
          <SelectField
            label={t('desk.add.fellowship')}
            hint={t('desk.add.fellowshipHint')}
            value={draft.fellowship}
            onValue={(fellowship) => set({ fellowship })}
          >
            <option value="">{t('desk.add.fellowshipUnknown')}</option>
            {desk.fellowships.map(({ id, name, abbr }) => (
              <option key={id} value={id}>
                {abbr === null || abbr === name ? name : `${name} (${abbr})`}
              </option>
            ))}
          </SelectField>
        ) : null}
        <SelectField label={t('desk.add.zone')} value={draft.zone} onValue={(zone) => set({ zone })}>
          <option value="">{t('desk.add.zoneSame')}</option>
          <ZoneOptions zones={desk.offered.zones} />
        </SelectField>
      </div>
      <Field
        label={t('desk.add.name')}
        hint={t('desk.add.nameHint')}
        maxLength={120}
        value={draft.name}
        onText={(name) => set({ name })}
      />
      <CheckField
        label={t('desk.add.heldHere')}
        isOn={draft.heldHere}
        onCheck={(heldHere) => set({ heldHere })}
      />
      {code === null ? null : <Notice tone="fault">{t(`desk.error.${code}`)}</Notice>}
      {isPlain ? (
        <div className="add-plain">
          <Notice tone="fault">{t('desk.add.plain')}</Notice>
          <Button onPress={() => void add(true)}>{t('desk.add.plainYes')}</Button>
        </div>
      ) : null}
      <div className="add-end">
        <Button onPress={() => setOpen(false)}>{t('common.cancel')}</Button>
        <Button look="primary" onPress={() => void add()}>
          {isAdding ? t('desk.add.adding') : t('desk.add.submit')}
        </Button>
      </div>
    </form>
  )
}

function sourceOf(draft: FeedDraft, plainHttpConfirmed = false) {
  if (draft.from === 'address') {
    const address = draft.address.trim()
    return address === ''
      ? null
      : { from: 'address' as const, address, ...(plainHttpConfirmed ? { plainHttpConfirmed } : {}) }
  }
  return draft.file === null ? null : { from: 'file' as const, token: draft.file.token }
}
