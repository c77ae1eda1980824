import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeskState } from '../../../electron/contract/desk-calls.ts'
import type { LocaleId } from '../../../electron/contract/models.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { languageNames } from '../../ui/i18n.ts'
import { readDraft, withLocale, withUnit, type CenterDraft, type CenterFault } from '../center-draft.ts'
import { Notice, OptionField, SelectField } from '../controls.tsx'
import { splitPair } from '../coordinates.ts'
import type { DeskClient, SaidCode } from '../desk-client.ts'
import { ZoneOptions } from '../zone-options.tsx'

type CenterScreenProps = {
  readonly client: DeskClient
  readonly desk: DeskState
  readonly draft: CenterDraft
  readonly onDraft: (draft: CenterDraft) => void
  readonly onLeave: () => void
  readonly onSaved: () => void
}

const localeOptions = (['en', 'es'] as const).map((value: LocaleId) => ({
  value,
  label: languageNames[value],
}))

export function CenterScreen({ client, desk, draft, onDraft, onLeave, onSaved }: CenterScreenProps) {
  const { t } = useTranslation()
  const [hasTried, setTried] = useState(false)
  const [isSaving, setSaving] = useState(false)
  const [code, setCode] = useState<SaidCode | null>(null)
  const form = useRef<HTMLFormElement>(null)

  const reading = readDraft(draft, desk.offered.zones)
  const faults = hasTried && !reading.ok ? reading.faults : []
  /** Nothing is marked before the first try; then a mark goes as soon as the answer is right. */
  const errorOf = (fault: CenterFault) =>
    faults.includes(fault) ? { error: t(`desk.center.fault.${fault}`) } : {}
  const set = (change: Partial<CenterDraft>) => onDraft({ ...draft, ...change })

  async function save() {
    setTried(true)
    setCode(null)
    if (!reading.ok) {
      // After the marks are drawn, the first marked answer takes the focus.
      requestAnimationFrame(() => {
        form.current
          ?.querySelector<HTMLElement>('[aria-invalid="true"], fieldset[aria-describedby] input')
          ?.focus()
      })
      return
    }
    if (isSaving) return
    setSaving(true)
    const reply = await client.call('setup.saveCenter', reading.center)
    setSaving(false)
    if (reply.ok) onSaved()
    else setCode(reply.code)
  }

  return (
    <form
      ref={form}
      className="center-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <div className="form-words">
        <h1>{t('desk.center.title')}</h1>
        <p>{t('desk.center.lead')}</p>
      </div>

      <section className="card form-part" aria-labelledby="part-who">
        <h2 id="part-who">{t('desk.center.group.who')}</h2>
        <Field
          label={t('desk.center.name')}
          hint={t('desk.center.nameHint')}
          maxLength={120}
          value={draft.name}
          onText={(name) => set({ name })}
          {...errorOf('name')}
        />
        <div className="pair pair-street">
          <Field
            label={t('desk.center.street')}
            maxLength={200}
            value={draft.street}
            onText={(street) => set({ street })}
          />
          <Field
            label={t('desk.center.postalCode')}
            maxLength={20}
            value={draft.postalCode}
            onText={(postalCode) => set({ postalCode })}
          />
        </div>
        <p className="field-hint">{t('desk.center.streetHint')}</p>
      </section>

      <section className="card form-part" aria-labelledby="part-where">
        <h2 id="part-where">{t('desk.center.group.where')}</h2>
        <div className="pair">
          <Field
            label={t('desk.center.latitude')}
            hint={t('desk.center.latitudeHint')}
            inputMode="decimal"
            maxLength={60}
            value={draft.latitude}
            onText={(text) => set(splitPair(text) ?? { latitude: text })}
            {...errorOf('latitude')}
          />
          <Field
            label={t('desk.center.longitude')}
            hint={t('desk.center.longitudeHint')}
            inputMode="decimal"
            maxLength={60}
            value={draft.longitude}
            onText={(longitude) => set({ longitude })}
            {...errorOf('longitude')}
          />
        </div>
        <details className="find">
          <summary>{t('desk.center.find.title')}</summary>
          <ul>
            <li>{t('desk.center.find.phone')}</li>
            <li>{t('desk.center.find.computer')}</li>
            <li>{t('desk.center.find.exact')}</li>
          </ul>
        </details>
        <div className="pair">
          <Field
            label={t('desk.center.radius')}
            inputMode="decimal"
            maxLength={8}
            value={draft.radius}
            onText={(radius) => set({ radius })}
            {...errorOf('radius')}
          />
          <OptionField
            label={t('desk.center.unit.label')}
            options={(['mi', 'km'] as const).map((value) => ({
              value,
              label: t(`desk.center.unit.${value}`),
            }))}
            chosen={draft.distanceUnit}
            onChoose={(unit) => onDraft(withUnit(draft, unit))}
          />
        </div>
      </section>

      <section className="card form-part form-part-wide" aria-labelledby="part-habits">
        <h2 id="part-habits">{t('desk.center.group.habits')}</h2>
        <div className="four">
          <SelectField
            label={t('desk.center.zone')}
            value={draft.zone}
            onValue={(zone) => set({ zone })}
            {...errorOf('zone')}
          >
            <ZoneOptions zones={desk.offered.zones} />
          </SelectField>
          <OptionField
            label={t('desk.center.locales')}
            options={localeOptions}
            checked={draft.locales}
            onCheck={(locale, isOn) => onDraft(withLocale(draft, locale, isOn))}
            {...errorOf('locales')}
          />
          <OptionField
            label={t('desk.center.defaultLocale')}
            options={localeOptions.filter(({ value }) => draft.locales.includes(value))}
            chosen={draft.defaultLocale}
            onChoose={(defaultLocale) => set({ defaultLocale })}
          />
          <OptionField
            label={t('desk.center.paper.label')}
            options={(['letter', 'a4'] as const).map((value) => ({
              value,
              label: t(`desk.center.paper.${value}`),
            }))}
            chosen={draft.paper}
            onChoose={(paper) => set({ paper })}
          />
        </div>
      </section>

      <div className="form-end">
        {desk.setup === 'demonstration' ? (
          <p className="quiet">{t('desk.center.endsDemonstration')}</p>
        ) : null}
        {faults.length === 0 ? null : (
          <Notice tone="fault">{t('desk.center.check', { count: faults.length })}</Notice>
        )}
        {code === null ? null : <Notice tone="fault">{t(`desk.error.${code}`)}</Notice>}
        <Button look="large" onPress={onLeave}>
          {t('common.back')}
        </Button>
        <Button look="primary" onPress={() => void save()}>
          {isSaving ? t('desk.center.saving') : t('common.save')}
        </Button>
      </div>
    </form>
  )
}
