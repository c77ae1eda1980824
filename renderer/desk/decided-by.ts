/** What decided fellowship, kind or audience of a meeting, as the readers say it in one line. */
export type Decision = {
  readonly about: 'fellowship' | 'kind' | 'audience'
  readonly by: DecisionRule
  /** What the rule names: an office, a column. Null when it names nothing. */
  readonly named: string | null
}

/** The rules that the readers name, each with a sentence under `desk.decided.by`; `other` keeps its own words. */
export type DecisionRule =
  | 'setting'
  | 'row'
  | 'office'
  | 'feedName'
  | 'format'
  | 'kind'
  | 'fellowship'
  | 'fellowshipUnknown'
  | 'own'
  | 'nothing'
  | 'other'

/**
 * `fellowship: name of the office "Monroe AA"; kind: feed setting` in parts. A rule that is not known here is
 * `other` and keeps its own words.
 */
export function decisionsOf(decidedBy: string): readonly Decision[] {
  if (decidedBy === 'entered at the desk') return [{ about: 'kind', by: 'own', named: null }]
  return decidedBy.split(/;\s*(?=fellowship:|kind:|audience:)/).flatMap((part): Decision[] => {
    const match = /^(fellowship|kind|audience):\s*(.+)$/s.exec(part.trim())
    if (match === null) return []
    const [, about = '', rule = ''] = match
    // That a club has no fellowship tells nobody anything.
    if (!isAbout(about) || rule === 'only peer groups have one') return []
    return [{ about, ...ruleOf(rule) }]
  })
}

const isAbout = (text: string): text is Decision['about'] =>
  text === 'fellowship' || text === 'kind' || text === 'audience'

/** How the readers begin each rule; a longer beginning comes first. */
const beginnings: readonly (readonly [string, DecisionRule])[] = [
  ['feed setting', 'setting'],
  ['name of the feed', 'feedName'],
  ['name of the office', 'office'],
  ['the row', 'row'],
  ['the format', 'format'],
  ['the kind', 'kind'],
  ['the fellowship is unknown', 'fellowshipUnknown'],
  ['the fellowship', 'fellowship'],
  ['nothing', 'nothing'],
]

function ruleOf(text: string): Pick<Decision, 'by' | 'named'> {
  const by = beginnings.find(([beginning]) => text.startsWith(beginning))?.[1] ?? 'other'
  if (by === 'other') return { by, named: text }
  const quoted = [...text.matchAll(/(?<=^|\s)["'](.+?)["'](?=$|\s)/g)].map((match) => match[1])
  return { by, named: quoted.length === 0 ? null : quoted.join(': ') }
}
