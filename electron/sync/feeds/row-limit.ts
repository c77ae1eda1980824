import { err } from '../../contract/result.ts'

/**
 * More rows than any list of the field has; a hostile one has a row in each two bytes, and each row that is
 * refused has its reason.
 */
export const maxRows = 200_000

export const tooManyRows = err(
  'too_large',
  `The list has more than ${maxRows} rows. Ask for the list of one area only.`,
)
