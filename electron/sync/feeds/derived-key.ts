import { createHash } from 'node:crypto'

/**
 * The key of a row that has none of its own, or one as long as a book: a hash of `identity`, the text of what does
 * not change from one export to the next (feeds.md 2.9). Another hash would give such meetings new ids.
 */
export function derivedKey(identity: string): string {
  return createHash('sha256').update(identity).digest('hex').slice(0, 24)
}
