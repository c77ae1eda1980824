import { folded } from './folded.ts'

/**
 * One spelling per word, so that two lists that write one street in two ways agree. English and
 * Spanish forms; the short form stands for the word because lists use it most.
 */
const spellings: Readonly<Record<string, readonly string[]>> = {
  st: ['street', 'str', 'saint'],
  ave: ['avenue', 'av', 'aven', 'avenida', 'avda', 'avd'],
  blvd: ['boulevard', 'boul', 'bulevar', 'blv'],
  rd: ['road'],
  dr: ['drive', 'drv'],
  ln: ['lane'],
  ct: ['court', 'crt'],
  pl: ['place'],
  plz: ['plaza', 'pza', 'plza'],
  sq: ['square', 'sqr'],
  hwy: ['highway', 'hiway', 'hgwy'],
  fwy: ['freeway'],
  expy: ['expressway', 'expwy'],
  pkwy: ['parkway', 'pkway', 'pky'],
  pike: ['turnpike', 'tpke'],
  cir: ['circle', 'circ'],
  ter: ['terrace', 'terr'],
  trl: ['trail'],
  aly: ['alley'],
  xing: ['crossing'],
  hts: ['heights'],
  mt: ['mount'],
  ft: ['fort'],
  cll: ['calle', 'cl'],
  cra: ['carrera', 'kra', 'cr'],
  ctra: ['carretera', 'carr'],
  pso: ['paseo', 'po'],
  cmo: ['camino', 'cno'],
  cjon: ['callejon', 'cjn'],
  n: ['north', 'norte', 'no'],
  s: ['south', 'sur', 'so'],
  e: ['east', 'este'],
  w: ['west', 'oeste'],
  ne: ['northeast', 'noreste', 'nordeste'],
  nw: ['northwest', 'noroeste'],
  se: ['southeast', 'sureste', 'sudeste'],
  sw: ['southwest', 'suroeste', 'sudoeste'],
  '1st': ['first', 'primera', '1ra', '1a'],
  '2nd': ['second', 'segunda', '2da', '2a'],
  '3rd': ['third', 'tercera', '3ra', '3a'],
  '4th': ['fourth', 'cuarta', '4ta', '4a'],
  '5th': ['fifth', 'quinta', '5ta', '5a'],
  '6th': ['sixth', 'sexta', '6ta', '6a'],
  '7th': ['seventh', 'septima', '7ma', '7a'],
  '8th': ['eighth', 'octava', '8va', '8a'],
  '9th': ['ninth', 'novena', '9na', '9a'],
  '10th': ['tenth', 'decima', '10ma', '10a'],
}
const oneSpelling = new Map(
  Object.entries(spellings).flatMap(([short, longs]) => longs.map((long) => [long, short] as const)),
)

const unitWords =
  'apt|apartment|apto|apartamento|suite|ste|unit|rm|room|fl|floor|bldg|building|dept|depto|dpto|departamento|' +
  'piso|planta|puerta|oficina|ofic|local|int|interior|sala|edificio|edif|despacho|salon'
const unit = new RegExp(`\\b(?:${unitWords})\\b\\.?\\s*#?\\s*(?:\\d+[a-z]?|[a-z]\\d*)\\b`, 'gu')
const numberedFloor = /\b\d+(?:st|nd|rd|th|er|do|ro|to)?\s+(?:floor|fl|piso|planta)\b/gu

/**
 * A street with its number in one spelling, for equality only: `500 N. Main Street, Suite 4` is
 * `500 n main st`. Unit, floor and room are left out: a center is a building. Empty for nothing.
 */
export function normalizedStreet(street: string | null): string {
  if (street === null) return ''
  const tokens = folded(
    street
      // The ordinal signs fold to letters, so the "number" sign goes first.
      .replace(/\bn(?:um|úm|o)?\.?\s*[º°]\s*(?=\d)/giu, ' ')
      // `Calle Mayor 15, 2º B`: an ordinal after the number is floor and door.
      .replace(/(\d[^,]*),?\s+\d+\s*[ºª°]\s*\p{L}?\b.*$/u, '$1')
      .replace(/(\d)\s*[ºª°]/gu, '$1a'),
  )
    .replace(/['’`´]/gu, '')
    .replace(/\bc\//gu, 'calle ')
    .replace(/\b(?:num|numero)\.?\s*(?=\d)/gu, ' ')
    .replace(/\bno\.?\s*(?=\d)/gu, ' ')
    .replace(numberedFloor, ' ')
    .replace(unit, ' ')
    .replace(/#\s*[\w-]+/gu, (text, at: number, whole: string) =>
      // `Calle 5 #12` names the house in Latin America; `500 Main St #4` names a room.
      /^\s*\d/u.test(whole.slice(0, at)) ? ' ' : ` ${text.slice(1)}`,
    )
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/\bde(?:l| la| los| las)?\b/gu, ' ')
    .split(' ')
    .filter((token) => token !== '')
    .map((token) => oneSpelling.get(token) ?? token)
  // Spanish writes the number last, English first.
  const last = tokens.at(-1)
  if (tokens.length > 1 && last !== undefined && /^\d+[a-z]?$/u.test(last) && !/^\d/u.test(tokens[0] ?? '')) {
    tokens.unshift(...tokens.splice(-1))
  }
  return tokens.join(' ')
}

/** Letters and digits, upper case; a US code without its four added digits. Empty for nothing. */
export function normalizedPostalCode(code: string | null): string {
  const plain = (code ?? '').toUpperCase().replace(/[^A-Z0-9]+/gu, '')
  return /^\d{9}$/u.test(plain) ? plain.slice(0, 5) : plain
}
