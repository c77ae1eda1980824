import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CenterSettings, DeskState } from '../../electron/contract/desk-calls.ts'
import type { FeedView } from '../../electron/contract/models.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from './controls.tsx'
import type { DeskClient, SaidCode } from './desk-client.ts'
import { guessOfFeed, readSettings, type FeedFault, type SettingsDraft } from './feed-draft.ts'
import { ScopeFields } from './scope-fields.tsx'
import { KindFields, MoreFields } from './settings-fields.tsx'
import type { DeskWords } from './words.ts'

type FeedSettingsProps = {
  readonly client: DeskClient
  readonly desk: DeskState
  readonly center: CenterSettings
  readonly words: DeskWords
  readonly feed: FeedView
  readonly draft: SettingsDraft
  readonly onDraft: (draft: SettingsDraft) => void
  readonly onLeave: () => void
  readonly onSaved: () => void
}

/** Changes what staff said of a list. Where it comes from stays: another place is another list. */
export function FeedSettings(props: FeedSettingsProps) {
  const { client, desk, center, words, feed, draft, onDraft, onLeave, onSaved } = props
  const { t } = useTranslation()
  const [faults, setFaults] = useState<readonly FeedFault[]>([])
  const [code, setCode] = useState<SaidCode | null>(null)
  const [isSaving, setSaving] = useState(false)
  const guess = guessOfFeed(feed)
  const set = (next: SettingsDraft) => {
    setFaults([])
    setCode(null)
    onDraft(next)
  }

  async function save() {
    if (isSaving) return
    const reading = readSettings(draft, guess, center.distanceUnit)
    setFaults(reading.ok ? [] : reading.faults)
    if (!reading.ok) return
    setSaving(true)
    setCode(null)
    const reply = await client.call('feeds.change', { feedId: feed.id, ...reading.settings })
    setSaving(false)
    if (reply.ok) onSaved()
    else setCode(reply.code)
  }

  const fields = { desk, draft, guess, onDraft: set }
  return (
    <form
      className="card add"
      aria-labelledby="settings-title"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <h2 id="settings-title">{t('desk.settings.title')}</h2>
      {guess === 'bmlt' ? (
        <ScopeFields
          client={client}
          center={center}
          address={feed.address}
          scope={draft.scope}
          onScope={(scope) => set({ ...draft, scope })}
          faults={faults}
          words={words}
        />
      ) : null}
      <KindFields {...fields} />
      <MoreFields
        {...fields}
        words={words}
        zoneError={code === 'unknown_zone' ? t('desk.error.unknown_zone') : null}
      />
      <p className="quiet">{t('desk.settings.again')}</p>
      {code === null || code === 'unknown_zone' ? null : (
        <Notice tone="fault">{t(`desk.error.${code}`)}</Notice>
      )}
      <div className="add-end">
        <Button onPress={onLeave}>{t('common.cancel')}</Button>
        <Button look="primary" onPress={() => void save()}>
          {isSaving ? t('desk.center.saving') : t('common.save')}
        </Button>
      </div>
    </form>
  )
}
