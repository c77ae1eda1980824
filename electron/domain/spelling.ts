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

/** All words one slip away that can be made with `letters`; to look up some hundred is faster than to read a list. */
export function slipsOf(typed: string, letters: readonly string[]): ReadonlySet<string> {
  const slips = new Set<string>()
  for (let at = 0; at <= typed.length; at += 1) {
    const before = typed.slice(0, at)
    const [letter = '', next = ''] = typed.slice(at)
    const rest = typed.slice(at + 1)
    slips.add(before + rest)
    slips.add(before + next + letter + typed.slice(at + 2))
    for (const other of letters) {
      slips.add(before + other + letter + rest)
      slips.add(before + other + rest)
    }
  }
  slips.delete(typed)
  return slips
}
