import { lazy, Suspense, useMemo, useState } from 'react'
import type { CenterSettings, DeskState } from '../../electron/contract/desk-calls.ts'
import type { LocaleId } from '../../electron/contract/models.ts'
import { draftOf, type CenterDraft } from './center-draft.ts'
import { DeskNav } from './desk-nav.tsx'
import type { DeskClient } from './desk-client.ts'
import { CenterScreen } from './screens/center-screen.tsx'
import type { GroupsView } from './screens/groups-screen.tsx'
import { HouseScreen } from './screens/house-screen.tsx'
import { ListsScreen, type ListsView } from './screens/lists-screen.tsx'
import { MeetingsScreen } from './screens/meetings-screen.tsx'
import { SameScreen } from './screens/same-screen.tsx'
import type { Section } from './sections.ts'
import { useElapsed } from './use-elapsed.ts'
import { needsLook, useFeeds } from './use-feeds.ts'
import { createDeskWords } from './words.ts'

// Its next dates bring the rules of calendars along, most of what the desk weighs: fetched when first needed.
const GroupsScreen = lazy(async () => ({
  default: (await import('./screens/groups-screen.tsx')).GroupsScreen,
}))

type HomeProps = {
  readonly client: DeskClient
  readonly desk: DeskState
  readonly center: CenterSettings
  readonly locale: LocaleId
  /** The center was saved just before this. */
  readonly hasSaved: boolean
  /** What the desk knows of the center has changed. */
  readonly onDesk: () => void
}

/** The desk of a center that is set up: its parts, and what was typed in each while another is looked at. */
export function Home({ client, desk, center, locale, hasSaved, onDesk }: HomeProps) {
  const [section, setSection] = useState<Section>('lists')
  const [lists, setLists] = useState<ListsView>({ show: 'all' })
  const [groups, setGroups] = useState<GroupsView>({ show: 'all' })
  const [wanted, setWanted] = useState('')
  const [draft, setDraft] = useState<CenterDraft | null>(null)
  const [saysSaved, setSaysSaved] = useState(hasSaved)
  const feeds = useFeeds(client)
  const nowMs = useElapsed(desk.nowMs)
  const words = useMemo(() => createDeskWords(locale, center.zone), [locale, center.zone])
  const common = { client, desk, center, locale, words, nowMs }

  function go(next: Section) {
    // Pressed again, a part shows its first page; a form that is half filled in stays.
    if (next === section && lists.show === 'feed' && lists.draft === null) setLists({ show: 'all' })
    setSaysSaved(false)
    setSection(next)
  }

  return (
    <div className="desk-body">
      <DeskNav section={section} waiting={(feeds.list.value ?? []).filter(needsLook).length} onGo={go} />
      <main className="desk-main">
        {section === 'lists' ? (
          <ListsScreen {...common} feeds={feeds} view={lists} onView={setLists} saysSaved={saysSaved} />
        ) : section === 'groups' ? (
          <Suspense fallback={null}>
            <GroupsScreen {...common} view={groups} onView={setGroups} />
          </Suspense>
        ) : section === 'meetings' ? (
          <MeetingsScreen {...common} wanted={wanted} onWanted={setWanted} />
        ) : section === 'same' ? (
          <SameScreen client={client} />
        ) : draft === null ? (
          <HouseScreen {...common} saysSaved={saysSaved} onEdit={() => setDraft(draftOf(desk))} />
        ) : (
          <CenterScreen
            client={client}
            desk={desk}
            draft={draft}
            onDraft={setDraft}
            onLeave={() => setDraft(null)}
            onSaved={() => {
              setDraft(null)
              setSaysSaved(true)
              onDesk()
            }}
          />
        )}
      </main>
    </div>
  )
}
