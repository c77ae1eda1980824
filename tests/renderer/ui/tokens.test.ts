import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { layoutFor } from '../../../renderer/ui/use-sizes.ts'

const css = readFileSync(resolve(import.meta.dirname, '../../../renderer/ui/tokens.css'), 'utf8')
const token = (name: string): string => {
  const found = new RegExp(`--${name}: (#[0-9a-f]{6});`, 'iu').exec(css)?.[1]
  if (found === undefined) throw new Error(`There is no color --${name}`)
  return found
}

/** WCAG 2.2: relative luminance and contrast ratio. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
function contrast(one: string, other: string): number {
  const [a, b] = [luminance(token(one)), luminance(token(other))]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

const text = [
  ['ink', 'paper'],
  ['ink', 'card'],
  ['ink', 'line'],
  ['ink-2', 'paper'],
  ['ink-2', 'card'],
  ['on-ink', 'ink'],
  ['pine', 'paper'],
  ['pine', 'pine-soft'],
  ['ink', 'pine-soft'],
  ['on-pine', 'pine'],
  ['plum', 'plum-soft'],
  ['ink', 'plum-soft'],
  ['on-sun', 'sun'],
  ['on-sun-soft', 'sun-soft'],
  ['sky', 'sky-soft'],
  ['on-clay', 'clay'],
  ['on-clay', 'clay-press'],
  ['on-clay-soft', 'clay-soft'],
  ['on-clay-soft', 'paper'],
] as const

const edges = [
  ['edge', 'paper'],
  ['edge', 'card'],
  ['focus', 'paper'],
  ['focus', 'card'],
  ['pine', 'card'],
  ['clay', 'paper'],
  ['sun', 'pine'],
] as const

describe('colors (A11Y-05)', () => {
  it.each(text)('%s on %s is read at 7:1', (one, other) => {
    expect(contrast(one, other)).toBeGreaterThanOrEqual(7)
  })

  it('stays above 4.5:1 while a primary button is pressed', () => {
    expect(contrast('on-sun', 'sun-press')).toBeGreaterThanOrEqual(4.5)
  })

  it.each(edges)('%s against %s is seen at 3:1', (one, other) => {
    expect(contrast(one, other)).toBeGreaterThanOrEqual(3)
  })
})

describe('layout', () => {
  it('goes by how much text fits, so that a dense or a large-text screen gets the low one', () => {
    expect(layoutFor(1080 / 25.9, 1920 / 25.9)).toBe('portrait')
    expect(layoutFor(1920 / 25.9, 1080 / 25.9)).toBe('wide')
    expect(layoutFor(1920 / 44, 1080 / 44)).toBe('compact')
    expect(layoutFor(1024 / 25.9, 768 / 25.9)).toBe('compact')
    expect(layoutFor(1024 / 40, 768 / 40)).toBe('tiny')
    expect(layoutFor(1600 / 68, 2560 / 68)).toBe('slim')
  })
})
