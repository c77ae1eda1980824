// @ts-check
// What is wrong with the catalogs of texts: missing, unused and unequal keys (LNG-06).

/** @typedef {{ readonly [key: string]: string | Catalog }} Catalog */

const pluralSuffix = /_(zero|one|two|few|many|other)$/

/** `{ a: { b: 'x' } }` as `a.b` -> `x`. @param {Catalog} catalog @param {string} [before] */
export function flat(catalog, before = '') {
  /** @type {Map<string, string>} */
  const texts = new Map()
  for (const [name, value] of Object.entries(catalog)) {
    const key = before + name
    if (typeof value === 'string') texts.set(key, value)
    else for (const [inner, text] of flat(value, `${key}.`)) texts.set(inner, text)
  }
  return texts
}

/** Keys by the name that sources use: plural forms of one text have one. @param {Map<string, string>} texts */
function formsOf(texts) {
  /** @type {Map<string, Map<string, string>>} */
  const byKey = new Map()
  for (const [key, text] of texts) {
    const stem = key.replace(pluralSuffix, '')
    // Every language has the form `other`: without it, `loses_too_many` is a name that ends so.
    const isPlural = stem !== key && texts.has(`${stem}_other`)
    const suffix = isPlural ? (pluralSuffix.exec(key)?.[1] ?? '') : ''
    const base = isPlural ? stem : key
    const forms = byKey.get(base) ?? new Map()
    byKey.set(base, forms.set(suffix, text))
  }
  return byKey
}

/** @param {string} text */
const variables = (text) =>
  [...new Set([...text.matchAll(/\{\{\s*([\w.]+)/g)].map((match) => match[1]))].sort()

/**
 * Every locale against the first one.
 * @param {ReadonlyMap<string, Catalog>} catalogs By locale.
 * @returns {string[]} One sentence for each fault.
 */
export function compareCatalogs(catalogs) {
  const flats = new Map([...catalogs].map(([locale, catalog]) => [locale, formsOf(flat(catalog))]))
  const [first] = flats
  if (first === undefined) return ['There is no catalog.']
  const [, reference] = first
  /** @type {string[]} */
  const faults = []
  for (const [locale, byKey] of flats) {
    for (const key of reference.keys()) if (!byKey.has(key)) faults.push(`${locale}: '${key}' is missing.`)
    for (const [key, forms] of byKey) {
      const expected = reference.get(key)
      if (expected === undefined) {
        faults.push(`${locale}: '${key}' is in no other catalog.`)
        continue
      }
      faults.push(...faultsOfText(locale, key, forms, expected))
    }
  }
  return faults
}

/**
 * @param {string} locale @param {string} key
 * @param {Map<string, string>} forms @param {Map<string, string>} expected
 */
function faultsOfText(locale, key, forms, expected) {
  /** @type {string[]} */
  const faults = []
  if ([...forms.values()].some((text) => text.trim() === '')) faults.push(`${locale}: '${key}' is empty.`)
  if (!forms.has('')) {
    const wanted = new Intl.PluralRules(locale).resolvedOptions().pluralCategories
    const have = [...forms.keys()].filter((suffix) => suffix !== 'zero' || wanted.includes('zero'))
    const same = have.length === wanted.length && wanted.every((category) => have.includes(category))
    if (!same) faults.push(`${locale}: '${key}' needs the forms ${[...wanted].sort().join(', ')}.`)
  }
  const used = [...forms.values()].flatMap(variables)
  const reference = new Set([...expected.values()].flatMap(variables))
  const strange = used.filter((name) => name !== 'count' && !reference.has(name))
  const absent = [...reference].filter((name) => name !== 'count' && !used.includes(name))
  for (const name of new Set([...strange, ...absent])) {
    faults.push(`${locale}: '${key}' differs in the variable '${name}'.`)
  }
  return faults
}

/**
 * Keys against the sources: a key that is asked for exists, a key that exists is asked for. A template such as
 * `problem.${code}` stands for every key of that form.
 * @param {Catalog} catalog @param {readonly { path: string, text: string }[]} sources
 */
export function compareWithSources(catalog, sources) {
  const keys = new Set(formsOf(flat(catalog)).keys())
  /** @type {Set<string>} */
  const literals = new Set()
  /** @type {RegExp[]} */
  const templates = []
  /** @type {string[]} */
  const faults = []
  for (const { path, text } of sources) {
    for (const [, , literal = ''] of text.matchAll(/(['"])([\w.-]+)\1/g)) literals.add(literal)
    for (const [, template = ''] of text.matchAll(/`([^`\n]*\$\{[^`\n]*)`/g)) {
      // Only what has a fixed part with a dot can be a key: `desk.problem.${code}`.
      const pattern = template
        .split(/\$\{[^}]*\}/)
        .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('[\\w-]+')
      if (/^[\w-]+\\\./.test(pattern)) templates.push(new RegExp(`^${pattern}$`))
    }
    const asked = text.matchAll(/(?:\bt\(\s*|\bi18nKey=\{?)(['"])([\w.-]+)\1/g)
    for (const [, , key = ''] of asked) if (!keys.has(key)) faults.push(`${path}: there is no text '${key}'.`)
  }
  for (const key of keys) {
    if (!literals.has(key) && !templates.some((template) => template.test(key))) {
      faults.push(`'${key}' is used by no source.`)
    }
  }
  return faults
}
