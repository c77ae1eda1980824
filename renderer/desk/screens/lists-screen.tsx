import { PlusIcon } from '@phosphor-icons/react/dist/csr/Plus'
import { useTranslation } from 'react-i18next'
import type { CenterSettings, DeskState } from '../../../electron/contract/desk-calls.ts'
import type { EpochMs } from '../../../electron/contract/models.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../controls.tsx'
import type { DeskClient } from '../desk-client.ts'
import { FeedCard } from '../feed-card.tsx'
import { emptyAddDraft, type AddDraft, type SettingsDraft } from '../feed-draft.ts'
import { needsLook, type Feeds } from '../use-feeds.ts'
import { useReturnFocus } from '../use-title-focus.ts'
import type { DeskWords } from '../words.ts'
import { AddScreen } from './add-screen.tsx'
import { FeedScreen } from './feed-screen.tsx'

/** Which page of the lists is shown, with what was typed in it. */
export type ListsView =
  | { readonly show: 'all'; readonly removed?: string; readonly focus?: string }
  | { readonly show: 'add'; readonly draft: AddDraft }
  | { readonly show: 'feed'; readonly feedId: string; readonly draft: SettingsDraft | null }

export type ListsProps = {
  readonly client: DeskClient
  readonly desk: DeskState
  readonly center: CenterSettings
  readonly words: DeskWords
  readonly nowMs: EpochMs
  readonly feeds: Feeds
}

type ListsScreenProps = ListsProps & {
  readonly view: ListsView
  readonly onView: (view: ListsView) => void
  readonly saysSaved: boolean
}

/** All lists at a glance; one of them, or a new one, on a page of its own. */
export function ListsScreen({ view, onView, saysSaved, ...common }: ListsScreenProps) {
  if (view.show === 'add') {
    return (
      <AddScreen
        {...common}
        draft={view.draft}
        onDraft={(draft) => onView({ show: 'add', draft })}
        onLeave={() => onView({ show: 'all', focus: 'add-list' })}
        onAdded={(feedId) => {
          onView({ show: 'feed', feedId, draft: null })
          common.feeds.refresh(feedId)
        }}
      />
    )
  }
  if (view.show === 'feed') {
    return (
      <FeedScreen
        key={view.feedId}
        {...common}
        feedId={view.feedId}
        draft={view.draft}
        onDraft={(draft) => onView({ ...view, draft })}
        onLeave={() => onView({ show: 'all', focus: `open-${view.feedId}` })}
        onRemoved={(removed) => onView({ show: 'all', removed, focus: 'add-list' })}
      />
    )
  }
  return <AllLists {...common} view={view} onView={onView} saysSaved={saysSaved} />
}

type AllListsProps = ListsProps & {
  readonly view: Extract<ListsView, { show: 'all' }>
  readonly onView: (view: ListsView) => void
  readonly saysSaved: boolean
}

function AllLists({ desk, words, nowMs, feeds, view, onView, saysSaved }: AllListsProps) {
  const { t } = useTranslation()
  const { list } = feeds
  useReturnFocus(view.focus ?? null)
  const shown = list.value ?? []
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{t('desk.feeds.title')}</h1>
          <p className="quiet">{t('desk.feeds.lead')}</p>
        </div>
        <Button
          id="add-list"
          look={shown.length === 0 ? 'primary' : 'large'}
          onPress={() => onView({ show: 'add', draft: emptyAddDraft })}
        >
          <Icon of={PlusIcon} />
          {t('desk.add.open')}
        </Button>
      </div>
      {saysSaved ? <Notice tone="done">{t('desk.center.saved')}</Notice> : null}
      {view.removed === undefined ? null : (
        <Notice tone="done">{t('desk.feeds.removed', { name: view.removed })}</Notice>
      )}
      {list.code === null ? null : <Notice tone="fault">{t(`desk.error.${list.code}`)}</Notice>}
      {list.value?.length === 0 ? <p className="card empty">{t('desk.feeds.none')}</p> : null}
      <ul className="feeds">
        {/* What needs a person stands first; the rest keeps its order. */}
        {shown
          .toSorted((a, b) => Number(needsLook(b)) - Number(needsLook(a)))
          .map((feed) => (
            <FeedCard
              key={feed.id}
              feed={feed}
              fellowships={desk.fellowships}
              isRunning={feeds.isRunning(feed)}
              progress={feeds.progress.get(feed.id) ?? null}
              code={feeds.codeOf(feed.id)}
              words={words}
              nowMs={nowMs}
              onRefresh={() => feeds.refresh(feed.id)}
              onOpen={() => onView({ show: 'feed', feedId: feed.id, draft: null })}
            />
          ))}
      </ul>
    </div>
  )
}
