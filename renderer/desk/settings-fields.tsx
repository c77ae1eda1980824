import { useTranslation } from 'react-i18next'
import type { DeskState } from '../../electron/contract/desk-calls.ts'
import { Field } from '../ui/field.tsx'
import { CheckField, OptionField, SelectField } from './controls.tsx'
import {
  asksMidnight,
  asksUtc,
  fellowshipOf,
  offeredMinutes,
  type FeedGuess,
  type SettingsDraft,
} from './feed-draft.ts'
import type { DeskWords } from './words.ts'
import { ZoneOptions } from './zone-options.tsx'

type SettingsFieldsProps = {
  readonly desk: DeskState
  readonly draft: SettingsDraft
  readonly guess: FeedGuess
  readonly words: DeskWords
  readonly onDraft: (draft: SettingsDraft) => void
  readonly zoneError: string | null
}

/** What a list holds: the two questions that each list is asked. */
export function KindFields({
  desk,
  draft,
  guess,
  onDraft,
}: Omit<SettingsFieldsProps, 'words' | 'zoneError'>) {
  const { t } = useTranslation()
  return (
    <>
      <OptionField
        lay="even"
        label={t('desk.add.kind')}
        options={[
          { value: 'peer', label: t('desk.add.kindPeer'), hint: t('desk.add.kindPeerHint') },
          { value: 'club', label: t('desk.add.kindClub'), hint: t('desk.add.kindClubHint') },
          { value: 'therapy', label: t('desk.add.kindTherapy'), hint: t('desk.add.kindTherapyHint') },
        ]}
        chosen={draft.kind}
        // Our own groups meet here; it can be taken away again.
        onChoose={(kind) => onDraft({ ...draft, kind, heldHere: kind === 'therapy' || draft.heldHere })}
      />
      {draft.kind === 'peer' ? (
        <div className="pair">
          <SelectField
            label={t('desk.add.fellowship')}
            hint={t('desk.add.fellowshipHint')}
            value={fellowshipOf(draft, guess) ?? ''}
            onValue={(fellowship) => onDraft({ ...draft, fellowship })}
          >
            <option value="">{t('desk.add.fellowshipUnknown')}</option>
            <FellowshipOptions fellowships={desk.fellowships} />
          </SelectField>
        </div>
      ) : null}
    </>
  )
}

export function FellowshipOptions({ fellowships }: Pick<DeskState, 'fellowships'>) {
  return fellowships.map(({ id, name, abbr }) => (
    <option key={id} value={id}>
      {abbr === null || abbr === name ? name : `${name} (${abbr})`}
    </option>
  ))
}

/** What few lists need, each with one sentence of help. */
export function MoreFields({ desk, draft, guess, words, onDraft, zoneError }: SettingsFieldsProps) {
  const { t } = useTranslation()
  const set = (change: Partial<SettingsDraft>) => onDraft({ ...draft, ...change })
  return (
    <>
      <CheckField
        label={t('desk.add.heldHere')}
        hint={t('desk.add.heldHereHint')}
        isOn={draft.heldHere}
        onCheck={(heldHere) => set({ heldHere })}
      />
      <div className="pair">
        <Field
          label={t('desk.add.name')}
          hint={t('desk.add.nameHint')}
          maxLength={120}
          value={draft.name}
          onText={(name) => set({ name })}
        />
        <SelectField
          label={t('desk.settings.every')}
          hint={t('desk.settings.everyHint')}
          value={String(draft.everyMinutes)}
          onValue={(value) => set({ everyMinutes: Number(value) })}
        >
          {[...new Set([...offeredMinutes, draft.everyMinutes])]
            .toSorted((a, b) => a - b)
            .map((minutes) => (
              <option key={minutes} value={minutes}>
                {t('desk.settings.everyValue', { length: words.length(minutes) })}
              </option>
            ))}
        </SelectField>
        <SelectField
          label={t('desk.add.zone')}
          hint={t('desk.add.zoneHint')}
          value={draft.zone}
          onValue={(zone) => set({ zone })}
          {...(zoneError === null ? {} : { error: zoneError })}
        >
          <option value="">{t('desk.add.zoneSame')}</option>
          <ZoneOptions zones={desk.offered.zones} />
        </SelectField>
      </div>
      {asksUtc(guess) ? (
        <CheckField
          label={t('desk.settings.utcIsLocal')}
          hint={t('desk.settings.utcIsLocalHint')}
          isOn={draft.utcIsLocal}
          onCheck={(utcIsLocal) => set({ utcIsLocal })}
        />
      ) : null}
      {asksMidnight(guess) ? (
        <CheckField
          label={t('desk.settings.midnightBefore')}
          hint={t('desk.settings.midnightBeforeHint')}
          isOn={draft.midnightBefore}
          onCheck={(midnightBefore) => set({ midnightBefore })}
        />
      ) : null}
    </>
  )
}
