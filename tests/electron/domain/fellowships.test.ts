import { expect, test } from 'vitest'
import { z } from 'zod'
import { audienceOf, createFellowshipMatcher, findFellowship } from '../../../electron/domain/fellowships.ts'
import fellowshipFile from '../../../resources/directory/fellowships.json' with { type: 'json' }
import codeFile from '../../../resources/directory/type-codes.json' with { type: 'json' }
import hostFile from '../../../resources/directory/video-hosts.json' with { type: 'json' }

const directory = fellowshipFile.fellowships
const { named, inText } = createFellowshipMatcher(directory)

test.each([
  ['AA', 'aa'],
  ['alcoholics anonymous', 'aa'],
  ['ca', 'ca'],
  [' Al-Anon ', 'al-anon'],
  ['SMART Recovery', 'smart'],
  ['nobody', null],
])('the column %j names %j', (text, id) => {
  expect(named(text)).toBe(id)
})

test.each([
  ['Central Office of AA', 'aa'],
  ['NA', 'na'],
  ['NA of Millbrook', 'na'],
  ['Banana Growers, NAtional', null],
  ['na hora certa', null],
  ['Millbrook Area of Narcotics Anonymous (NA)', 'na'],
  ['AA and NA of Millbrook', null],
  ['San Jose, CA', null],
  ['Boston, MA', null],
  ['12 Mill RD', null],
  ['Al-Anon Family Groups of Ohio', 'al-anon'],
  ['Al-Anon/Alateen Information Service', 'al-anon'],
  ['Nar-Anon West', 'nar-anon'],
  ['SMART Recovery Family & Friends', 'smart-ff'],
  ['A smart idea', null],
  ['Cocaine Anonymous World Services', 'ca'],
  ['Families Anonymous', 'fa'],
  ['Alcoholics  Anonymous', 'aa'],
  ['', null],
])('the office %j is of %j', (text, id) => {
  expect(inText(text)).toBe(id)
})

test.each([
  ['aa', 'peer', 'self'],
  ['al-anon', 'peer', 'family'],
  ['alateen', 'peer', 'family'],
  ['pal', 'peer', 'family'],
  ['grasp', 'peer', 'family'],
  ['lifering', 'peer', 'self'],
  ['unknown', 'peer', 'anyone'],
  ['al-anon', 'club', 'anyone'],
  ['unknown', 'therapy', 'self'],
] as const)('%s as %s is for %s', (id, kind, audience) => {
  expect(audienceOf(directory, id, kind)).toBe(audience)
})

test('finds a fellowship by its id', () => {
  expect(findFellowship(directory, 'na')?.name).toBe('Narcotics Anonymous')
  expect(findFellowship(directory, 'unknown')).toBeNull()
})

const text = z.string().min(1)
const date = z.iso.date()
const confidence = z.enum(['high', 'medium', 'low'])
const sources = z.array(text).min(1)
const both = z.strictObject({ en: text, es: text })
const https = z.string().regex(/^https?:\/\/[^\s]+$/)

const directorySchema = z.strictObject({
  schemaVersion: z.literal(1),
  asOf: date,
  about: text,
  rules: z.array(text).min(1),
  crisisAndReferral: z.array(
    z.looseObject({ id: text, name: text, confidence, sources, printable: z.literal(true) }),
  ),
  fellowships: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z][a-z0-9-]*$/),
      name: text,
      abbr: text,
      category: text,
      audience: z.array(text).min(1),
      aliases: z.array(text),
      abbrInText: z.boolean(),
      whoItIsFor: both,
      inPerson: z.boolean(),
      online: z.boolean().nullable(),
      site: https,
      finder: https.nullable(),
      onlineFinder: https.nullable(),
      phones: z.array(
        z.strictObject({ number: text, printable: z.literal(true), kind: text, confidence, sources }),
      ),
      confidence,
      sources,
      checkedOn: date.nullable(),
    }),
  ),
  sources: z.record(text, z.strictObject({ url: https.nullable(), what: text, date })),
})

test('the directory keeps its schema, and every fact names a source that is in the file', () => {
  const file = directorySchema.parse(fellowshipFile)
  const cited = [
    ...file.crisisAndReferral.flatMap((line) => line.sources),
    ...file.fellowships.flatMap((entry) => [
      ...entry.sources,
      ...entry.phones.flatMap((phone) => phone.sources),
    ]),
  ]
  expect(cited.filter((source) => file.sources[source] === undefined)).toEqual([])
  expect(file.crisisAndReferral.map(({ id }) => id)).toEqual(expect.arrayContaining(['911', '988', 'samhsa']))
  const ids = file.fellowships.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(file.fellowships.find(({ id }) => id === 'aa')?.phones).toEqual([])
})

const typeSchema = z.strictObject({
  code: text,
  en: text,
  es: text.optional(),
  onSite: z.literal(true).optional(),
  wheelchair: z.literal(true).optional(),
  openness: z.enum(['open', 'closed']).optional(),
})

test('the type codes keep their schema, and those of the directory have both languages', () => {
  const file = z
    .strictObject({
      schemaVersion: z.literal(1),
      asOf: date,
      about: text,
      sources: z.array(z.strictObject({ what: text, date, license: text })).min(1),
      languages: z.array(z.strictObject({ tag: z.string().regex(/^[a-z]{2}$/), en: text, es: text })),
      common: z.array(typeSchema),
      fellowships: z.array(
        z.strictObject({
          id: text,
          alsoFor: z.array(text),
          name: text,
          types: z.array(typeSchema),
          languages: z.record(text, text),
        }),
      ),
    })
    .parse(codeFile)
  const tags = new Set(file.languages.map(({ tag }) => tag))
  const inDirectory = new Set(directory.map(({ id }) => id))
  for (const { id, types, languages } of file.fellowships) {
    expect(Object.values(languages).filter((tag) => !tags.has(tag))).toEqual([])
    const folded = types.map(({ code }) => code.toLowerCase())
    expect([id, new Set(folded).size]).toEqual([id, folded.length])
    expect(folded).not.toContain('tc')
    const untranslated = inDirectory.has(id) ? types.filter(({ es }) => es === undefined) : []
    expect(untranslated).toEqual([])
  }
  expect(file.common.every(({ es }) => es !== undefined)).toBe(true)
})

test('the video hosts keep their schema', () => {
  const host = z.strictObject({ endsWith: z.string().regex(/^[a-z0-9.-]+$/), name: text })
  const file = z.object({ asOf: date, hosts: z.array(host).min(20) }).parse(hostFile)
  expect(file.hosts.map(({ endsWith }) => endsWith)).toContain('zoom.us')
})
