import { folded } from './folded.ts'

/** Letters, digits and single blanks of a name, lower case without accents: for comparing only. */
export function plainName(name: string): string {
  return folded(name)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/**
 * How alike two plain names are, 0..1, by Dice's coefficient over the pairs of neighbouring letters.
 * Symmetric.
 */
export function nameSimilarity(a: string, b: string): number {
  // `Sunday Serenity` became `Sunday Serenity (Zoom too)`: a tail that came or went says little.
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if (short.length >= 4 && long.startsWith(`${short} `)) return 0.95
  const left = letterPairs(a)
  const right = letterPairs(b)
  if (left.length === 0 || right.length === 0) return a === b ? 1 : 0
  const counts = new Map<string, number>()
  for (const pair of left) counts.set(pair, (counts.get(pair) ?? 0) + 1)
  let shared = 0
  for (const pair of right) {
    const count = counts.get(pair) ?? 0
    if (count > 0) {
      counts.set(pair, count - 1)
      shared += 1
    }
  }
  return (2 * shared) / (left.length + right.length)
}

function letterPairs(name: string): string[] {
  return Array.from({ length: Math.max(0, name.length - 1) }, (_, index) => name.slice(index, index + 2))
}
