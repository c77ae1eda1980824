import { describe, expect, it } from 'vitest'
import words from '../../../resources/directory/danger-words.json' with { type: 'json' }
import { speaksOfDanger } from '../../../renderer/kiosk/danger.ts'

describe('words of danger in a search (PRV-13)', () => {
  it('knows each phrase of its list, as typed in a hurry', () => {
    for (const phrase of [...words.en, ...words.es]) {
      const typed = phrase.replaceAll('*', '')
      expect(speaksOfDanger(typed), typed).toBe(true)
      expect(speaksOfDanger(`  I ${typed.toUpperCase()}!! help`), typed).toBe(true)
    }
  })

  it.each([
    'suicide',
    'suicidal thoughts',
    'I want to kill myself',
    "I don't want to live",
    'overdose',
    'overdosing',
    'self-harm',
    'Me quiero morir',
    'sobredosis',
    'no quiero vivir más',
    'quiero hacerme daño',
    'convulsión',
  ])('hears %s', (text) => {
    expect(speaksOfDanger(text)).toBe(true)
  })

  it.each(['overdoes', 'suicde', 'sucide', 'sobredocis', 'seizrue', 'matrame'])(
    'hears %s in spite of the slip',
    (text) => {
      expect(speaksOfDanger(text)).toBe(true)
    },
  )

  it.each([
    '',
    'aa',
    'monday',
    'alcoholics anonymous',
    'candlelight',
    'new life',
    'grupo nueva vida',
    'living sober',
    'odd fellows hall',
    'od',
    'odaat',
    'killeen',
    'women',
    'padres',
    'morning',
    'morris street',
    'live and let live',
    'never alone',
    'just for today',
    'mesa',
    'cortland',
    'es medicine bow',
    'leisure club',
  ])('does not mistake "%s" for it', (text) => {
    expect(speaksOfDanger(text)).toBe(false)
  })

  it('does not find a phrase in the middle of words', () => {
    expect(speaksOfDanger('geodesic')).toBe(false)
    expect(speaksOfDanger('painkill meeting')).toBe(false)
  })
})
