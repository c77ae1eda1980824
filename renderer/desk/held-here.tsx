import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeetingHit } from '../../electron/contract/desk-calls.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Notice } from './controls.tsx'
import type { DeskClient, SaidCode } from './desk-client.ts'

/** Finds a meeting and says of it whether it is held here, against what was computed. */
export function HeldHere({ client }: { readonly client: DeskClient }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [hits, setHits] = useState<readonly MeetingHit[] | null>(null)
  const [code, setCode] = useState<SaidCode | null>(null)

  async function find() {
    if (text.trim() === '') return
    const reply = await client.call('meetings.find', { text: text.trim() })
    if (reply.ok) setHits(reply.value)
    setCode(reply.ok ? null : reply.code)
  }

  async function mark(meetingId: string, here: boolean | null) {
    const reply = await client.call('meetings.setHere', { meetingId, here })
    await find()
    if (!reply.ok) setCode(reply.code)
  }

  return (
    <section className="here" aria-labelledby="here-title">
      <h1 id="here-title">{t('desk.here.title')}</h1>
      <p className="quiet">{t('desk.here.lead')}</p>
      <form
        role="search"
        className="here-search"
        onSubmit={(event) => {
          event.preventDefault()
          void find()
        }}
      >
        <Field label={t('desk.here.search')} type="search" maxLength={200} value={text} onText={setText} />
        <Button look="large" onPress={() => void find()}>
          {t('desk.here.find')}
        </Button>
      </form>
      {code === null ? null : <Notice tone="fault">{t(`desk.error.${code}`)}</Notice>}
      {hits === null ? null : (
        <>
          <p role="status">
            {hits.length === 0 ? t('desk.here.nothing') : t('desk.here.found', { count: hits.length })}
          </p>
          <ul className="hits">
            {hits.map((hit) => (
              <Hit key={hit.meetingId} hit={hit} onMark={(here) => void mark(hit.meetingId, here)} />
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

type HitProps = { readonly hit: MeetingHit; readonly onMark: (here: boolean | null) => void }

function Hit({ hit, onMark }: HitProps) {
  const { t } = useTranslation()
  const { name } = hit
  const isMarked = hit.hereWhy === 'staff'
  const why = isMarked && !hit.here ? 'staffNot' : hit.hereWhy
  return (
    <li className="card hit" data-here={hit.here}>
      <div>
        <h2>{name}</h2>
        <p>{[hit.schedule, hit.place].filter((part) => part !== null && part !== '').join(' · ')}</p>
        <p className="quiet">
          {hit.feedName} · {hit.key}
        </p>
        <p className="hit-why">{t(`desk.here.why.${why}`)}</p>
      </div>
      <div className="hit-acts">
        {hit.here ? (
          <Button aria-label={t('desk.here.unmarkOne', { name })} onPress={() => onMark(false)}>
            {t('desk.here.unmark')}
          </Button>
        ) : (
          <Button aria-label={t('desk.here.markOne', { name })} onPress={() => onMark(true)}>
            {t('desk.here.mark')}
          </Button>
        )}
        {isMarked ? (
          <Button look="quiet" aria-label={t('desk.here.undoOne', { name })} onPress={() => onMark(null)}>
            {t('desk.here.undo')}
          </Button>
        ) : null}
      </div>
    </li>
  )
}
