/** Words shorter than this are taken as typed: too many others are one letter away. */
export const shortestCorrected = 4

/** True when one letter was left out, added, mistaken, or two neighbours were swapped. */
export function isOneSlipAway(typed: string, word: string): boolean {
  if (typed === word || Math.abs(typed.length - word.length) > 1) return false
  let at = 0
  while (at < typed.length && at < word.length && typed[at] === word[at]) at += 1
  if (typed.length > word.length) return typed.slice(at + 1) === word.slice(at)
  if (typed.length < word.length) return typed.slice(at) === word.slice(at + 1)
  if (typed.slice(at + 1) === word.slice(at + 1)) return true
  return (
    typed[at] === word[at + 1] && typed[at + 1] === word[at] && typed.slice(at + 2) === word.slice(at + 2)
  )
}

/**
 * What a word one slip away can begin with, so that a sorted list need not be read whole: the typed beginning, for
 * slips behind it, and the few words whose slip lies within it are told one by one by `slipsInBeginning`.
 */
export function beginningOf(typed: string): string {
  return typed.slice(0, 2)
}

/**
 * The words that differ from the typed one by a slip in its first two letters, as far as `letters` go. A letter is
 * left out, added, mistaken, or swapped with its neighbour.
 */
export function slipsInBeginning(typed: string, letters: readonly string[]): readonly string[] {
  const [a = '', b = '', c = ''] = typed
  const rest = typed.slice(2)
  const slips = new Set([
    b + rest,
    a + rest,
    b + a + rest,
    a + c + b + rest.slice(1),
    ...letters.flatMap((letter) => [
      letter + typed,
      a + letter + b + rest,
      letter + b + rest,
      a + letter + rest,
    ]),
  ])
  slips.delete(typed)
  return [...slips]
}
