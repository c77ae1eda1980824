import { expect, test } from 'vitest'
import type { ReaderSettings } from '../../../../electron/sync/feeds/reader.ts'
import { createWhose, type WhoseClues } from '../../../../electron/sync/feeds/whose.ts'

const settings: ReaderSettings = { kind: 'peer', fellowship: null, zone: 'America/New_York' }
const decide = (clues: WhoseClues, change: Partial<ReaderSettings> = {}) =>
  createWhose({ ...settings, ...change })(clues)
const all: WhoseClues = {
  columns: [{ name: 'Program', text: 'NA' }],
  offices: ['Central Office of AA'],
  ownName: 'Al-Anon of Ohio',
  format: { name: 'BMLT', fellowship: 'na' },
}

test.each<[string, WhoseClues, Partial<ReaderSettings>, string, string]>([
  ['the feed’s setting', all, { fellowship: 'pal' }, 'pal', 'feed setting'],
  ['the row’s column', all, {}, 'na', 'the row\'s column "Program" says "NA"'],
  ['the office', { ...all, columns: [] }, {}, 'aa', 'name of the office "Central Office of AA"'],
  [
    'the name that staff gave',
    { ownName: 'Al-Anon of Ohio' },
    { feedName: 'Our CoDA list: Co-Dependents Anonymous' },
    'coda',
    'name of the feed "Our CoDA list: Co-Dependents Anonymous"',
  ],
  ['the feed’s own name', { ownName: 'Al-Anon; Ohio' }, {}, 'al-anon', 'name of the feed "Al-Anon, Ohio"'],
  ['the format', { format: { name: 'BMLT', fellowship: 'na' } }, {}, 'na', 'the format BMLT is only its own'],
  ['nothing', { offices: ['The Office', null] }, {}, 'unknown', 'nothing names it'],
])('%s decides when nothing before it does, and it is said', (_what, clues, change, fellowship, by) => {
  const whose = decide(clues, change)
  expect(whose.fellowship).toBe(fellowship)
  expect(whose.decidedBy.split('; ')[0]).toBe(`fellowship: ${by}`)
  expect(whose.decidedBy.split('; ')).toHaveLength(3)
})

test('a column that names no fellowship of the directory is handed back, and the next rule decides', () => {
  const whose = decide({ columns: [{ name: 'Program', text: 'Zed' }], offices: ['Central Office of AA'] })
  expect(whose).toMatchObject({ fellowship: 'aa', unknownColumn: '"Zed"' })
  expect(decide({ columns: [{ name: 'Program', text: null }] }).unknownColumn).toBeNull()
})

test('a club or a therapist is of no fellowship, whatever the office is called, unless the row says so', () => {
  for (const kind of ['club', 'therapy'] as const) {
    const whose = decide({ offices: ['Central Office of AA'] }, { kind, feedName: 'AA' })
    expect(whose).toMatchObject({ fellowship: 'unknown', kind })
    expect(whose.decidedBy).toContain('only peer groups have one')
    expect(decide({ columns: [{ name: 'Program', text: 'AA' }] }, { kind }).fellowship).toBe('aa')
  }
})

test('the kind is the feed’s, or that of a column made for it', () => {
  expect(decide({}).decidedBy).toContain('; kind: feed setting; ')
  const whose = decide({ kind: { column: 'Kind', kind: 'club' } })
  expect(whose).toMatchObject({ kind: 'club', audience: 'anyone' })
  expect(whose.decidedBy).toContain('; kind: the row\'s column "Kind"; audience: the kind')
})

test.each([
  ['al-anon', 'peer', 'family', 'the fellowship'],
  ['aa', 'peer', 'self', 'the fellowship'],
  [null, 'peer', 'anyone', 'the fellowship is unknown'],
  [null, 'club', 'anyone', 'the kind'],
  [null, 'therapy', 'self', 'the kind'],
] as const)('the audience of %s as %s is %s', (fellowship, kind, audience, by) => {
  const whose = decide({}, { fellowship, kind })
  expect(whose.audience).toBe(audience)
  expect(whose.decidedBy.split('; ')[2]).toBe(`audience: ${by}`)
})

test('answers stay right when more names come than are remembered', () => {
  const whose = createWhose(settings)
  for (let row = 0; row < 12_000; row += 1) whose({ offices: [`Office ${row}`] })
  expect(whose({ offices: ['Office of AA'] }).fellowship).toBe('aa')
})
