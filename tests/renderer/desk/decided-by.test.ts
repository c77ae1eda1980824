import { describe, expect, it } from 'vitest'
import { contentOfOwn } from '../../../electron/handlers/own-content.ts'
import { createWhose, type WhoseClues } from '../../../electron/sync/feeds/whose.ts'
import { exampleOwn } from '../../support/fake-desk-bridge.ts'
import { decisionsOf } from '../../../renderer/desk/decided-by.ts'
import { groupRemarks } from '../../../renderer/desk/remark-groups.ts'

type Settings = Parameters<typeof createWhose>[0]
const said = (clues: WhoseClues, settings: Partial<Settings> = {}) =>
  decisionsOf(
    createWhose({ kind: 'peer', fellowship: null, zone: 'UTC', ...settings } as Settings)(clues).decidedBy,
  )

describe('what decided a meeting', () => {
  it.each([
    ['setting', null, {}, { fellowship: 'aa' }],
    [
      'row',
      'Fellowship: Narcotics Anonymous',
      { columns: [{ name: 'Fellowship', text: 'Narcotics Anonymous' }] },
      {},
    ],
    [
      'office',
      'Monroe Alcoholics Anonymous; "Central"',
      { offices: ['Monroe Alcoholics Anonymous; "Central"'] },
      {},
    ],
    ['feedName', 'Al-Anon Rochester', {}, { feedName: 'Al-Anon Rochester' }],
    ['format', null, { format: { name: 'BMLT', fellowship: 'na' } }, {}],
    ['nothing', null, {}, {}],
  ] as const)('%s is known by what the readers say', (by, named, clues, settings) => {
    const [fellowship, kind, audience] = said(clues, settings)
    expect(fellowship).toMatchObject({ about: 'fellowship', by })
    expect(fellowship?.named?.replace(',', ';') ?? null).toBe(named)
    expect(kind).toEqual({ about: 'kind', by: 'setting', named: null })
    expect(audience?.by).toBe(by === 'nothing' ? 'fellowshipUnknown' : 'fellowship')
  })

  it('says nothing of the fellowship of a club', () => {
    expect(said({}, { kind: 'club' }).map(({ about, by }) => `${about} ${by}`)).toEqual([
      'kind setting',
      'audience kind',
    ])
  })

  it('keeps the words of a rule that it does not know', () => {
    expect(decisionsOf('kind: a new rule')).toEqual([{ about: 'kind', by: 'other', named: 'a new rule' }])
    expect(decisionsOf('')).toEqual([])
  })

  it('knows what was entered here', () => {
    const own = contentOfOwn('own-1', exampleOwn(), 'America/New_York')
    expect(own.ok && decisionsOf(own.value.decidedBy)).toEqual([{ about: 'kind', by: 'own', named: null }])
  })
})

describe('remarks', () => {
  const groups = groupRemarks([
    { where: 'row 4', reason: 'bad-url: The link "a" is no address.' },
    { where: 'row 1', reason: 'It has no day.', refused: true },
    { where: 'row 5', reason: 'bad-url: The link "b" is no address.' },
    { where: 'row 2', reason: 'The day "Blursday" is unknown.', refused: true },
    { where: 'row 3', reason: 'The day "Noday" is unknown.', refused: true },
    { where: 'row 6', reason: 'It has no day.' },
  ])

  it('are grouped by code, or by sentence without what it quotes, those left out first', () => {
    expect(groups.map(({ isRefused, sentence, rows }) => [isRefused, sentence, rows.length])).toEqual([
      [true, 'The day "Blursday" is unknown.', 2],
      [true, 'It has no day.', 1],
      [false, 'The link "a" is no address.', 2],
      [false, 'It has no day.', 1],
    ])
  })

  it('tell what is about the list as a whole from what is about its rows', () => {
    const [whole] = groupRemarks([{ where: 'feed', reason: 'unknown-type: The type "X" in 26 rows.' }])
    expect(whole?.isOfRows).toBe(false)
    expect(groups.every(({ isOfRows }) => isOfRows)).toBe(true)
  })

  it('keep each row with its own words', () => {
    expect(groups[0]?.rows).toEqual([
      { where: 'row 2', sentence: 'The day "Blursday" is unknown.' },
      { where: 'row 3', sentence: 'The day "Noday" is unknown.' },
    ])
  })
})
