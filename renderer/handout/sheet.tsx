import { Fragment } from 'react'
import type { HandoutDocument } from '../../electron/contract/handout-document.ts'
import { heightKey, type Block, type Section, type Shown } from './blocks.ts'
import { Entry, OnlineEntry } from './entry.tsx'
import { About, Front } from './front.tsx'
import type { SheetPage } from './pack-pages.ts'
import type { Words } from './words.ts'

type Shared = { readonly document: HandoutDocument; readonly words: Words }

/** The finished sheet: each page is a box of the paper's size with its own footer. */
export function Sheet({ pages, ...shared }: Shared & { readonly pages: readonly SheetPage[] }) {
  return pages.map((blocks, index) => (
    <Page key={index} {...shared} number={index + 1} of={pages.length}>
      {blocks.map((block) => (
        <Fragment key={heightKey(block)}>
          <BlockView block={block} {...shared} />
        </Fragment>
      ))}
    </Page>
  ))
}

/**
 * One endless page with each block at its tallest, to be measured. The footer carries the largest page
 * number that can come, so that the body is never smaller than measured.
 */
export function MeasuringSheet({ blocks, ...shared }: Shared & { readonly blocks: readonly Block[] }) {
  return (
    <Page {...shared} number={88} of={88}>
      {blocks.map((block) => (
        <div className="measured" data-height-key={heightKey(block)} key={heightKey(block)}>
          <BlockView block={block} {...shared} />
        </div>
      ))}
    </Page>
  )
}

function Page(
  props: Shared & { readonly number: number; readonly of: number; readonly children: React.ReactNode },
) {
  const { document, words } = props
  const { t } = words
  return (
    <section className="page" data-paper={document.paper} data-size={document.size}>
      <div className="body">{props.children}</div>
      <footer>
        <p>{t('handout.independent')}</p>
        <p className="folio">
          <span>
            {document.listsAsOf === null
              ? t('handout.title')
              : t('handout.listsAsOf', { date: words.shortDay(document.listsAsOf) })}
          </span>
          <span>{t('handout.page', { number: props.number, of: props.of })}</span>
        </p>
      </footer>
    </section>
  )
}

function BlockView({ block, document, words }: Shared & { readonly block: Block }) {
  const { t } = words
  switch (block.kind) {
    case 'front':
      return <Front document={document} words={words} leftOut={block.leftOut} printed={block.printed} />
    case 'nothing':
      return <p className="note">{t('handout.nothing')}</p>
    case 'about':
      return <About document={document} words={words} />
    case 'section':
      return (
        <h2>
          <span>{sectionTitle(block.section, block.continued, words)}</span>
          {block.shown !== null && <span className="aside">{shownText(block.shown, words)}</span>}
        </h2>
      )
    case 'day': {
      const day = words.day(block.date)
      const aside = [
        ...(block.labelled ? [sectionTitle(block.section, false, words)] : []),
        ...(block.shown === null ? [] : [shownText(block.shown, words)]),
      ]
      return (
        <h3>
          <span>{block.continued ? t('handout.continued', { what: day }) : day}</span>
          {aside.length > 0 && <span className="aside">{aside.join(' · ')}</span>}
        </h3>
      )
    }
    case 'entry':
      return <Entry entry={block.entry} words={words} />
    case 'online':
      return <OnlineEntry entry={block.entry} words={words} />
  }
}

function shownText(shown: Shown, { t, number }: Words): string {
  return t('handout.shown', { some: number(shown.some), all: number(shown.all) })
}

function sectionTitle(section: Section, continued: boolean, { t }: Words): string {
  const title = t(`handout.sections.${section}`)
  return continued ? t('handout.continued', { what: title }) : title
}
