import { Fragment } from 'react'
import type { HandoutEntry, HandoutOnline } from '../../electron/contract/handout-document.ts'
import { QrCode } from './qr-code.tsx'
import { addressPieces, type TimeGroup, type Words } from './words.ts'

type Props<Of> = { readonly entry: Of; readonly words: Words }

/** One meeting on one day: the time, what and where it is, how far. */
export function Entry({ entry, words }: Props<HandoutEntry>) {
  const cancelled = entry.status === 'cancelled'
  const distance = words.distance(entry)
  const details = words.details(entry)
  return (
    <article className="entry">
      <p className="time">{cancelled ? <s>{words.time(entry)}</s> : words.time(entry)}</p>
      <div className="what">
        <Name entry={entry} words={words} />
        {details.length > 0 && (
          <p className="details">
            {separator}
            <Facts details={details} />
          </p>
        )}
      </div>
      {distance !== null && <p className="distance">{distance}</p>}
    </article>
  )
}

/** One meeting to join from anywhere, with all of its times of the week. */
export function OnlineEntry({ entry, words }: Props<HandoutOnline>) {
  const { t } = words
  return (
    <article className="online">
      <div>
        <h4>
          <bdi>{entry.name}</bdi>
        </h4>
        <p>
          {words.times(entry.dates).map((group) => (
            <Fragment key={group.days + group.time + group.cancelled}>
              <When group={group} words={words} />
              {separator}
            </Fragment>
          ))}
          <Facts details={words.onlineDetails(entry)} />
        </p>
        {entry.onlineUrl !== null && (
          <p className="address">
            <a href={entry.onlineUrl} dir="ltr">
              {addressPieces(entry.onlineUrl).map((piece, index) => (
                <Fragment key={index}>
                  {index > 0 && <wbr />}
                  {piece}
                </Fragment>
              ))}
            </a>
          </p>
        )}
        {entry.phone !== null && (
          <p>
            {t('handout.byPhone')} <bdi dir="ltr">{entry.phone}</bdi>
          </p>
        )}
        {entry.onlineUrl === null && entry.phone === null && <p>{t('handout.askForLink')}</p>}
      </div>
      {entry.onlineUrl !== null && (
        <QrCode text={entry.onlineUrl} label={t('handout.qrOf', { name: entry.name })} />
      )}
    </article>
  )
}

function Name({ entry, words }: Props<HandoutEntry>) {
  const { t } = words
  if (entry.status === 'cancelled') {
    return (
      <h4>
        <strong className="change">{t('handout.status.cancelled')}</strong>{' '}
        <s>
          <bdi>{entry.name}</bdi>
        </s>
      </h4>
    )
  }
  return (
    <h4>
      <bdi>{entry.name}</bdi>
      {entry.status !== 'scheduled' && (
        <>
          {' '}
          <strong className="change">{t(`handout.status.${entry.status}`)}</strong>
        </>
      )}
    </h4>
  )
}

/** Stays with what is before it: no line begins with a dot. */
const separator = '\u00a0· '

/** Short facts stay in one piece; a long place may break. */
const longestFact = 28

function Facts({ details }: { readonly details: readonly string[] }) {
  return details.map((detail, index) => (
    <Fragment key={detail}>
      {index > 0 && separator}
      <bdi className={detail.length > longestFact ? undefined : 'fact'}>{detail}</bdi>
    </Fragment>
  ))
}

function When({ group, words }: { readonly group: TimeGroup; readonly words: Words }) {
  const when = `${group.days} ${group.time}`
  if (!group.cancelled) return <strong>{when}</strong>
  return (
    <>
      <s>{when}</s> <strong className="change">{words.t('handout.status.cancelled')}</strong>
    </>
  )
}
