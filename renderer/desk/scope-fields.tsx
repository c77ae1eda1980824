import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CenterSettings } from '../../electron/contract/desk-calls.ts'
import { Button } from '../ui/button.tsx'
import { Field, FieldError } from '../ui/field.tsx'
import { useCall } from '../ui/use-call.ts'
import { Notice, OptionField } from './controls.tsx'
import type { DeskClient } from './desk-client.ts'
import type { FeedFault, ScopeDraft } from './feed-draft.ts'
import { searchTree, treeOf, withBody, type ServiceBody } from './service-tree.ts'
import { metersPerUnit, type DeskWords } from './words.ts'

type ScopeFieldsProps = {
  readonly client: DeskClient
  readonly center: CenterSettings
  readonly address: string
  readonly scope: ScopeDraft
  readonly onScope: (scope: ScopeDraft) => void
  readonly faults: readonly FeedFault[]
  readonly words: DeskWords
}

/** Which meetings of a Narcotics Anonymous server are wanted: a server can have those of a whole country. */
export function ScopeFields({ client, center, address, scope, onScope, faults, words }: ScopeFieldsProps) {
  const { t } = useTranslation()
  const unit = center.distanceUnit
  return (
    <div className="scope">
      <OptionField
        label={t('desk.scope.label')}
        options={[
          { value: 'circle', label: t('desk.scope.circle') },
          { value: 'services', label: t('desk.scope.services') },
        ]}
        chosen={scope.by}
        onChoose={(by) => onScope({ ...scope, by })}
      />
      {scope.by === 'circle' ? (
        <div className="pair">
          <Field
            label={t(`desk.scope.radius.${unit}`)}
            hint={t('desk.scope.radiusHint', {
              distance: words.radius(center.radiusMeters, unit),
            })}
            inputMode="decimal"
            maxLength={6}
            placeholder={String(Number((center.radiusMeters / metersPerUnit[unit]).toFixed(1)))}
            value={scope.radius}
            onText={(radius) => onScope({ ...scope, radius })}
            {...(faults.includes('radius') ? { error: t('desk.scope.faultRadius') } : {})}
          />
        </div>
      ) : (
        <Services
          client={client}
          address={address}
          ids={scope.ids}
          onIds={(ids) => onScope({ ...scope, ids })}
          isMissing={faults.includes('services')}
        />
      )}
    </div>
  )
}

type ServicesProps = {
  readonly client: DeskClient
  readonly address: string
  readonly ids: readonly number[]
  readonly onIds: (ids: readonly number[]) => void
  readonly isMissing: boolean
}

/** Asks when the address has rested, so that a server is not asked at each letter. */
const restMs = 600

function Services({ client, address, ids, onIds, isMissing }: ServicesProps) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState(address.trim())
  useEffect(() => {
    const timer = setTimeout(() => setAsked(address.trim()), restMs)
    return () => clearTimeout(timer)
  }, [address])
  if (asked === '') return <p className="quiet">{t('desk.scope.needsAddress')}</p>
  return (
    <ServiceList key={asked} client={client} address={asked} ids={ids} onIds={onIds} isMissing={isMissing} />
  )
}

function ServiceList({ client, address, ids, onIds, isMissing }: ServicesProps) {
  const { t } = useTranslation()
  const bodies = useCall(`services ${address}`, () => client.call('feeds.listServiceBodies', { address }))
  if (bodies.code !== null) {
    return (
      <div className="scope-fault">
        <Notice tone="fault">{t(`desk.error.${bodies.code}`)}</Notice>
        <Button onPress={bodies.ask}>{t('common.tryAgain')}</Button>
      </div>
    )
  }
  if (bodies.value === null) return <p role="status">{t('desk.scope.asking')}</p>
  if (bodies.value.length === 0) return <p className="quiet">{t('desk.scope.noServices')}</p>
  return <ServiceTree bodies={bodies.value} ids={ids} onIds={onIds} isMissing={isMissing} />
}

type ServiceTreeProps = Pick<ServicesProps, 'ids' | 'onIds' | 'isMissing'> & {
  readonly bodies: readonly ServiceBody[]
}

function ServiceTree({ bodies, ids, onIds, isMissing }: ServiceTreeProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const rows = useMemo(() => treeOf(bodies), [bodies])
  const shown = useMemo(() => searchTree(rows, text), [rows, text])
  return (
    <fieldset className="services" aria-describedby={isMissing ? 'services-error' : undefined}>
      <legend className="field-label">{t('desk.scope.list', { count: bodies.length })}</legend>
      <Field label={t('desk.scope.search')} type="search" maxLength={80} value={text} onText={setText} />
      <ul className="services-list">
        {shown.map(({ body, depth, above }) => {
          // One above it is taken, and with it all below.
          const isCovered = above.some((id) => ids.includes(id))
          return (
            <li key={body.id} data-depth={Math.min(depth, 4)}>
              <label className="service">
                <input
                  type="checkbox"
                  checked={isCovered || ids.includes(body.id)}
                  disabled={isCovered}
                  onChange={(event) => onIds(withBody(ids, rows, body.id, event.currentTarget.checked))}
                />
                <span>{body.name}</span>
                {isCovered ? <span className="quiet">{t('desk.scope.covered')}</span> : null}
              </label>
            </li>
          )
        })}
        {shown.length === 0 ? <li className="quiet">{t('desk.scope.nothing')}</li> : null}
      </ul>
      <p role="status">{t('desk.scope.chosen', { count: ids.length })}</p>
      {isMissing ? <FieldError id="services-error">{t('desk.scope.faultServices')}</FieldError> : null}
    </fieldset>
  )
}
