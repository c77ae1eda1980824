import type { FellowshipId, LocalDate, RowRemark } from '../contract/models.ts'
import type { KeptMeeting } from '../db/kept-store.ts'
import { fellowshipOfList, isOver, type FellowshipCheck } from '../domain/guard.ts'
import { mayBeCapped, occurrencesOf } from '../domain/occurrences.ts'
import type { Window } from '../domain/schedule.ts'
import type { ReadMeeting } from './feeds/reader.ts'
import { tooManyDates } from './feeds/remarks.ts'

/** Counts what the guard needs to know of a new list while it goes by; none of its meetings is held. */
export class Census {
  usable = 0
  upcoming = 0
  /** One for each meeting with too many dates to keep, whether this run writes it or not. */
  readonly capped: RowRemark[] = []
  readonly #today: LocalDate
  readonly #window: Window
  readonly #after = new Map<FellowshipId, number>()
  readonly #changes = new Map<string, number>()
  #staying = 0

  constructor(today: LocalDate, window: Window) {
    this.#today = today
    this.#window = window
  }

  see(meeting: ReadMeeting, kept: KeptMeeting | null): void {
    const { rules, fellowship } = meeting
    if (kept?.state === 'active') {
      this.#staying += 1
      if (kept.fellowship !== fellowship && kept.fellowship !== 'unknown' && fellowship !== 'unknown') {
        increment(this.#changes, `${kept.fellowship} ${fellowship}`)
      }
    }
    if (meeting.attendance === 'inactive') return
    this.usable += 1
    increment(this.#after, fellowship)
    if (rules.length > 0 && !isOver(rules, this.#today)) this.upcoming += 1
    if (mayBeCapped(rules) && occurrencesOf(rules, this.#window).capped)
      this.capped.push(tooManyDates(meeting.key))
  }

  /** How whose the list is would change against what is `kept` of the feed. */
  fellowships(kept: Iterable<KeptMeeting>): FellowshipCheck {
    const before = new Map<FellowshipId, number>()
    for (const { state, attendance, fellowship } of kept) {
      if (state === 'active' && attendance !== 'inactive') increment(before, fellowship)
    }
    const [mostly] = [...this.#changes].toSorted(([, a], [, b]) => b - a)
    const [from, to] = mostly?.[0].split(' ') ?? []
    return {
      staying: this.#staying,
      changing: [...this.#changes.values()].reduce((sum, count) => sum + count, 0),
      mostly: from === undefined || to === undefined ? null : { from, to },
      before: fellowshipOfList(before),
      after: fellowshipOfList(this.#after),
    }
  }
}

function increment<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
