import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import searchFile from '../../../resources/directory/search-words.json' with { type: 'json' }
import { parseSearch } from '../../../electron/domain/search-query.ts'
import { factName, foldedWords, searchEntryOf, splitWords } from '../../../electron/domain/search-words.ts'
import { isOneSlipAway, slipsOf } from '../../../electron/domain/spelling.ts'
import { searchDictionary } from '../../../electron/handlers/search-dictionary.ts'
import { fellowships } from '../../../electron/sync/feeds/directory.ts'

const dictionary = searchDictionary()
const groups = (text: string) => parseSearch(text, dictionary).groups
/** Facts of the first group. */
const meant = (text: string) => groups(text)[0]?.meaning?.facts ?? []

describe('the words of a text', () => {
  it.each([
    ['Ángeles Straße', ['angeles', 'strasse']],
    ['ＡＡ　１２', ['aa', '12']],
    ['Al-Anon', ['al', 'anon']],
    ['서울 모임', ['서울', '모임']],
    ['AA匿名戒酒会', ['aa', '匿名戒酒会']],
    ['*** —', []],
  ])('%s', (text, words) => {
    expect(splitWords(text).flatMap((word) => word.parts)).toEqual(words)
  })

  it('knows a word that a mark cuts in parts as a whole, too', () => {
    expect(splitWords('A.A. Al-Anon St. Paul’s').map((word) => word.joined)).toEqual([
      'aa',
      'alanon',
      null,
      'pauls',
    ])
  })

  it('keeps the syllables of Hangul together', () => {
    expect(foldedWords('한국어')).toBe('한국어')
  })
})

describe('what a meeting is found by', () => {
  const meeting = {
    name: '匿名戒酒会',
    group: null,
    placeName: 'Grace Hall',
    street: null,
    city: 'Lone Tree',
    region: null,
    postalCode: '66952',
    address: '1 Oak St',
    types: [{ label: 'Speaker', es: 'Orador' }, { label: null }],
    kind: 'peer',
    fellowship: 'al-anon',
    audience: 'family',
    attendance: 'hybrid',
    languages: ['pt-BR'],
    wheelchair: true,
    whereabouts: 1,
  } as const

  it('has each ending of a run without blanks, and facts that nobody can type', () => {
    expect(searchEntryOf(meeting, [5])).toEqual({
      name: '匿名戒酒会 匿名戒酒会 名戒酒会 戒酒会 酒会 会',
      place: 'grace hall 1 oak st lone tree 66952',
      about: 'speaker orador',
      facts: '_kpeer _falanon _ufamily _thybrid _lpt _lptbr _w1 _p1 _d5 _r5 _n匿名戒酒会',
    })
    expect(splitWords('_falanon')[0]?.parts).toEqual(['falanon'])
  })

  it('gives each fellowship of the directory a fact of its own', () => {
    expect(new Set(fellowships.map(({ id }) => factName('f', id))).size).toBe(fellowships.length)
  })
})

describe('what typed words mean', () => {
  it.each([
    ['narcotics', '_fna'],
    ['NA', '_fna'],
    ['narcotics anon', '_fna'],
    ['al-anon', '_falanon'],
    ['alanon', '_falanon'],
    ['Al Anon', '_falanon'],
    ['A.A.', '_faa'],
    ['padres', '_fpal'],
    ['родителям', '_fpal'],
    ['匿名戒酒会', '_faa'],
    ['가족', '_ufamily'],
    ['silla de ruedas', '_w1'],
    ['عائلة', '_ufamily'],
    ['kreyòl', '_lht'],
    ['tiếng Việt', '_lvi'],
    ['viernes', '_d5'],
    ['zoom', '_tonline'],
  ])('%s', (text, fact) => {
    expect(meant(text)).toContain(fact)
  })

  it.each(['12 step', '12step', '12-step', 'twelve steps', 'doce pasos', '12 шагов'])(
    'knows all twelve-step fellowships by %s',
    (text) => {
      expect(groups(text)).toHaveLength(1)
      expect(meant(text)).toEqual(expect.arrayContaining(['_faa', '_fna', '_falanon']))
      expect(meant(text)).not.toContain('_fsmart')
    },
  )

  it('takes what is still being typed for the beginning of a name, but not one letter', () => {
    expect(meant('narc')).toContain('_fna')
    expect(groups('n')[0]?.meaning).toBeNull()
    expect(groups('narc harbor')[0]?.meaning).toBeNull()
  })

  it('asks for all words, each on its own', () => {
    expect(groups('narcotics friday harbor').map((group) => [group.typed, group.meaning?.facts])).toEqual([
      [['narcotics'], expect.arrayContaining(['_fna'])],
      [['friday'], ['_d5']],
      [['harbor'], undefined],
    ])
  })

  it('cuts text without blanks where it knows a piece', () => {
    expect(groups('匿名戒酒会周五').map((group) => group.meaning?.facts)).toEqual([['_faa'], ['_d5']])
  })

  it('leads from an interest to the words of clubs in any language', () => {
    expect(groups('correr')[0]?.meaning?.words).toContain('run')
    expect(groups('跑步')[0]?.meaning?.words).toContain('run')
  })

  it('finds a fellowship of the directory by its name and abbreviation without an entry of its own', () => {
    for (const { id, name } of fellowships)
      expect([name, meant(name)]).toEqual([name, expect.arrayContaining([factName('f', id)])])
  })
})

describe('the file of words', () => {
  const locales = ['en', 'es', 'fr', 'pt-BR', 'ru', 'vi', 'zh-Hans', 'ko', 'ht', 'ar'] as const
  const words = z.array(z.string().min(1)).min(1)
  const schema = z.strictObject({
    schemaVersion: z.literal(1),
    asOf: z.iso.date(),
    about: z.string(),
    entries: z.array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9-]+$/),
        source: z.string().min(1),
        facts: z.array(z.string().regex(/^[kfutlwpd]:[a-z0-9_-]+$/)),
        words: z.array(z.string().regex(/^[a-z0-9]+$/)),
        terms: z.strictObject(Object.fromEntries(locales.map((locale) => [locale, words]))),
      }),
    ),
  })

  it('has each entry in ten languages, with a source and something it leads to', () => {
    const { entries } = schema.parse(searchFile)
    expect(new Set(entries.map((entry) => entry.id)).size).toBe(entries.length)
    for (const { id, facts, words: to } of entries)
      expect([id, facts.length + to.length > 0]).toEqual([id, true])
  })

  it('names only fellowships that are in the directory', () => {
    const known = new Set(fellowships.map(({ id }) => id))
    const named = searchFile.entries.flatMap((entry) => entry.facts.filter((fact) => fact.startsWith('f:')))
    expect(named.filter((fact) => !known.has(fact.slice(2)))).toEqual([])
  })
})

describe('one slip', () => {
  it.each([
    ['harbr', 'harbor', true],
    ['harrbor', 'harbor', true],
    ['harbur', 'harbor', true],
    ['hrabor', 'harbor', true],
    ['harobr', 'harbor', true],
    ['harbor', 'harbor', false],
    ['hrbr', 'harbor', false],
    ['abcd', 'badc', false],
  ])('%s for %s: %s', (typed, word, isOne) => {
    expect(isOneSlipAway(typed, word)).toBe(isOne)
    expect(isOneSlipAway(word, typed)).toBe(isOne)
  })

  it('is made in all places of a word', () => {
    const letters = [...'abcdefghijklmnopqrstuvwxyz']
    for (const typed of [
      'arbor',
      'harbo',
      'harborr',
      'harobr',
      'harrbor',
      'jarbor',
      'ahrbor',
      'hrbor',
      'hqarbor',
      'hrabor',
      'hqrbor',
      'xharbor',
    ]) {
      expect([typed, slipsOf(typed, letters).has('harbor')]).toEqual([typed, isOneSlipAway(typed, 'harbor')])
    }
  })
})
