/** Numbers that look random and are the same on every machine and in every run. */
export type Random = {
  /** From 0 up to, not including, 1. */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  chance(share: number): boolean
  pick<Value>(values: readonly Value[]): Value
  /** One of the values, each as often as its weight says. */
  weighted<Value>(values: readonly (readonly [value: Value, weight: number])[]): Value
}

/**
 * A source of its own for each label, such as `7/aa/row/12`: a row is then the same whatever comes before it,
 * and a larger list begins with the rows of a smaller one.
 */
export function createRandom(label: string): Random {
  let state = seedOf(label)
  const next = () => {
    state = (state + 0x9e3779b9) | 0
    return (mixed(state) >>> 0) / 0x1_0000_0000
  }
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    between,
    chance: (share) => next() < share,
    pick: (values) => existing(values[between(0, values.length - 1)]),
    weighted(values) {
      let left = next() * values.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [value, weight] of values) {
        left -= weight
        if (left < 0) return value
      }
      return existing(values.at(-1))[0]
    },
  }
}

function seedOf(label: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < label.length; at += 1) hash = Math.imul(hash ^ label.charCodeAt(at), 0x01000193)
  return mixed(hash)
}

/** Spreads each bit of a 32-bit number over all of them. */
function mixed(value: number): number {
  let bits = value
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}

function existing<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('There is nothing to choose from.')
  return value
}
