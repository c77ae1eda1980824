import { describe, expect, it } from 'vitest'
import { parseWalkthroughArguments } from './walkthrough/arguments.ts'

const needed = [
  '--now',
  '2026-11-24T15:00:00Z',
  '--zone',
  'America/New_York',
  '--at',
  '39.95,-75.16',
  '--out',
  'x',
]

describe('arguments of the walkthrough', () => {
  it('gives each feed the fellowship that stands after it', () => {
    const parsed = parseWalkthroughArguments([
      '--feed',
      'a.json',
      '--fellowship',
      'aa',
      '--feed',
      'b.json',
      '--clubs',
      'c.ics',
      '--here',
      'k1',
      '--here=k=2',
      ...needed,
    ])
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        feeds: [
          { source: 'a.json', fellowship: 'aa' },
          { source: 'b.json', fellowship: null },
        ],
        clubs: ['c.ics'],
        here: ['k1', 'k=2'],
        locale: 'en',
        now: '2026-11-24T15:00:00.000Z',
        latitude: 39.95,
        longitude: -75.16,
      },
    })
  })

  it('takes a southern and western place', () => {
    const parsed = parseWalkthroughArguments([
      '--feed',
      'a',
      '--now=2026-01-01T00:00:00-03:00',
      '--zone=UTC',
      '--at',
      '-33.4,-70.6',
      '--out=o',
    ])
    expect(parsed).toMatchObject({ ok: true, value: { latitude: -33.4, longitude: -70.6 } })
  })

  it.each([
    [[], /--feed/],
    [['--feed', 'a'], /--now/],
    [['--fellowship', 'aa', '--feed', 'a', ...needed], /after the --feed/],
    [['--feed', 'a', '--fellowship', 'aa', '--fellowship', 'na', ...needed], /two --fellowship/],
    [['--feed', 'a', ...needed, '--now', '2026-11-24T15:00:00Z'], /twice/],
    [['--feed', '--clubs', ...needed], /needs a value/],
    [['--feed', 'a', '--fellowship', 'nobody', ...needed], /not known/],
    [['--feed', 'a', '--wrong', ...needed], /--wrong/],
    [['--feed', 'a', ...needed, '--locale', 'xx'], /en or es/],
    [['--feed', 'a', '--now', '2026-11-24', '--zone', 'UTC', '--at', '1,2', '--out', 'x'], /instant/],
    [
      ['--feed', 'a', '--now', '2026-11-24T15:00:00Z', '--zone', 'Mars/One', '--at', '1,2', '--out', 'x'],
      /time zone/,
    ],
    [
      ['--feed', 'a', '--now', '2026-11-24T15:00:00Z', '--zone', 'UTC', '--at', '91,2', '--out', 'x'],
      /latitude/,
    ],
  ])('says what to mend in %j', (words, sentence) => {
    const parsed = parseWalkthroughArguments(words)
    expect(parsed.ok).toBe(false)
    expect(parsed).toHaveProperty('detail', expect.stringMatching(sentence))
  })
})
