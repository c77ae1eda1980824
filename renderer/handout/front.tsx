import type { HandoutDocument, HelpLine } from '../../electron/contract/handout-document.ts'
import type { Words } from './words.ts'

type Shared = { readonly document: HandoutDocument; readonly words: Words }

/** The head of the first page: what this is, for which days, and whom to call at any hour. */
export function Front(props: Shared & { readonly leftOut: number; readonly printed: number }) {
  const { document, words, leftOut, printed } = props
  const { t } = words
  return (
    <header className="front">
      <h1>{t('handout.title')}</h1>
      <p className="week">{words.week}</p>
      {document.helpLines.length > 0 && (
        <div className="help">
          <h2>{t('handout.helpTitle')}</h2>
          <dl>
            {document.helpLines.map((line) => (
              <div key={line.id}>
                <dt>
                  <bdi dir="ltr">{line.number}</bdi>
                </dt>
                <dd>{helpText(line, words)}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
      {leftOut > 0 && (
        <p className="note">
          <strong>
            {t('handout.leftOut', {
              printed: words.number(printed),
              all: words.number(printed + leftOut),
              leftOut: words.number(leftOut),
            })}
          </strong>{' '}
          {t('handout.howChosen')}
        </p>
      )}
      {hasDistances(document) && <p className="note">{t('handout.legend')}</p>}
    </header>
  )
}

function hasDistances({ peerGroups, familyGroups, clubs }: HandoutDocument): boolean {
  return peerGroups.length + familyGroups.length + clubs.length > 0
}

/** Lists may name more offices than a page should carry. */
const mostSources = 6

export function About({ document, words }: Shared) {
  const { t } = words
  const named = document.sources.slice(0, mostSources)
  const more = document.sources.length - named.length
  return (
    <div className="about">
      <p>{t('handout.checkFirst')}</p>
      {named.length > 0 && (
        <p>
          {t('handout.sources')} <bdi>{named.join('; ')}</bdi>
          {more > 0 && ` ${t('handout.moreSources', { number: words.number(more) })}`}
        </p>
      )}
    </div>
  )
}

function helpText(line: HelpLine, { t }: Words): string {
  const what = helpWords[line.id]
  const about = what === undefined ? line.name : t(what)
  if (line.text === null) return about
  return `${about} ${line.text === line.number ? t('handout.callOrText') : t('handout.textTo', { text: line.text })}`
}

/** What each line is for, in the words of the catalog. */
const helpWords: Readonly<
  Record<string, 'handout.help.988' | 'handout.help.911' | 'handout.help.samhsa' | undefined>
> = {
  '988': 'handout.help.988',
  '911': 'handout.help.911',
  samhsa: 'handout.help.samhsa',
}
