import { describe, expect, it } from 'vitest'
import { compareCatalogs, compareWithSources } from './catalogs.mjs'

const both = (en: object, es: object) =>
  compareCatalogs(new Map(Object.entries({ en, es })) as Parameters<typeof compareCatalogs>[0])

describe('catalogs against each other (LNG-06)', () => {
  it('says nothing of equal catalogs with their own plural forms', () => {
    const en = { a: 'Hello {{name}}', n_one: '{{count}} row', n_other: '{{count}} rows' }
    const es = {
      a: 'Hola {{name}}',
      n_one: 'una fila',
      n_many: '{{count}} de filas',
      n_other: '{{count}} filas',
    }
    expect(both(en, es)).toEqual([])
  })

  it('names a missing key and one too many', () => {
    expect(both({ a: { b: 'x' } }, { a: { c: 'y' } })).toEqual([
      "es: 'a.b' is missing.",
      "es: 'a.c' is in no other catalog.",
    ])
  })

  it('asks for every plural form of the language', () => {
    expect(both({ n_one: '1', n_other: '2' }, { n_one: '1', n_other: '2' })).toEqual([
      "es: 'n' needs the forms many, one, other.",
    ])
  })

  it('takes a name that ends like a plural form for a name', () => {
    expect(both({ loses_too_many: 'x' }, { loses_too_many: 'y' })).toEqual([])
  })

  it('sees a variable that was lost or misspelt', () => {
    expect(both({ a: 'at {{place}}' }, { a: 'en {{lugar}}' })).toEqual([
      "es: 'a' differs in the variable 'lugar'.",
      "es: 'a' differs in the variable 'place'.",
    ])
  })

  it('refuses an empty text', () => {
    expect(both({ a: 'x' }, { a: ' ' })).toEqual(["es: 'a' is empty."])
  })
})

describe('catalogs against the sources', () => {
  const source = (text: string) => [{ path: 'renderer/x.tsx', text }]

  it('names a text that is asked for and does not exist', () => {
    expect(compareWithSources({}, source("t('desk.gone')"))).toEqual([
      "renderer/x.tsx: there is no text 'desk.gone'.",
    ])
  })

  it('names a text that nobody uses', () => {
    expect(compareWithSources({ desk: { old: 'x' } }, source("t ('desk')"))).toEqual([
      "'desk.old' is used by no source.",
    ])
  })

  it('takes a template for all the keys of its form, and only those', () => {
    const catalog = { desk: { problem: { timeout: 'x' }, title: 'y' } }
    expect(compareWithSources(catalog, source('t(`desk.problem.${code}`)'))).toEqual([
      "'desk.title' is used by no source.",
    ])
  })

  it('counts plural forms as one key', () => {
    expect(compareWithSources({ n_one: '1', n_other: '2' }, source("t('n', { count })"))).toEqual([])
  })
})
