import { err, ok, type Result } from '../contract/result.ts'

declare const checked: unique symbol
/** A name that `checkName` let through; only such a one can be stored. */
export type PersonName = {
  readonly firstName: string
  readonly lastInitial: string
  readonly [checked]: true
}

export type NameRefusal =
  | 'name_empty'
  | 'name_too_long'
  | 'name_has_other_characters'
  | 'initial_empty'
  | 'initial_not_one_letter'

/** Longest first name, in characters as a reader counts them (LNG-10). */
export const nameLength = 60

/** One character as a reader sees it can be several code points, but not without end. */
const codePoints = 240

/**
 * Direction marks and overrides could turn the text of a list around; other invisible characters could make
 * two names look like one. The two joiners stay where they shape a letter (Persian, Indic scripts).
 */
const invisible = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/gu
const looseJoiner = /(?<![\p{L}\p{M}])[\u200c\u200d]+|[\u200c\u200d]+(?![\p{L}\p{M}])/gu

const apostrophes = `'\u2018\u2019\u05f3\u05f4`
const hyphens = `\\-\u2010\u2011\u2013\u05be`
const dots = `.\u00b7\u2027\u30fb`
const firstNamePattern = new RegExp(
  `^[${apostrophes}]?\\p{L}[\\p{L}\\p{M}\\p{Zs}\\u200c\\u200d${apostrophes}${hyphens}${dots}]*$`,
  'u',
)
const initialPattern = /^\p{L}[\p{L}\p{M}\u200c\u200d]*$/u
/** No script stacks more marks on one letter. */
const tooManyMarks = /\p{M}{9}/u

/**
 * Checks a preferred or first name and the initial of the last name, as typed (LNG-10): any letters and marks
 * of any script, with apostrophes, hyphens, dots and spaces; one word is enough. The result is NFC without
 * invisible characters and outer spaces, and otherwise exactly what was typed: no case, no spelling is changed.
 */
export function checkName(typed: {
  readonly firstName: string
  readonly lastInitial: string
}): Result<PersonName, NameRefusal> {
  // Before any work on the text: a pasted book must not hold up the kiosk.
  if (typed.firstName.length > 4 * codePoints) return err('name_too_long')
  if (typed.lastInitial.length > codePoints) return err('initial_not_one_letter')
  const firstName = visible(typed.firstName)
  if (firstName === '') return err('name_empty')
  if (characters(firstName) > nameLength || [...firstName].length > codePoints) return err('name_too_long')
  if (!firstNamePattern.test(firstName) || tooManyMarks.test(firstName)) {
    return err('name_has_other_characters')
  }
  const lastInitial = visible(typed.lastInitial)
  if (lastInitial === '') return err('initial_empty')
  if (characters(lastInitial) !== 1 || !initialPattern.test(lastInitial) || tooManyMarks.test(lastInitial)) {
    return err('initial_not_one_letter')
  }
  // The only place that gives the brand.
  return ok({ firstName, lastInitial } as PersonName)
}

function visible(text: string): string {
  return text.replace(invisible, '').replace(looseJoiner, '').normalize('NFC').trim()
}

function characters(text: string): number {
  return [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)].length
}
