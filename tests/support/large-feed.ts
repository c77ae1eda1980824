const words = 'lantern harbor cedar morning river quiet bridge garden winter stone candle meadow'.split(' ')

/** One row of a Meeting Guide feed as text, much like those of real offices; another for each number. */
export function fellowshipRow(number: number): string {
  const word = (step: number): string => words[(number * step + (number >> 3)) % words.length] ?? ''
  return JSON.stringify({
    name: `${word(1)} ${word(5)} group ${number}`,
    slug: `${word(1)}-${word(5)}-group-${number}`,
    day: number % 7,
    time: `${String(6 + (number % 16)).padStart(2, '0')}:${number % 2 === 0 ? '00' : '30'}`,
    end_time: `${String(7 + (number % 16)).padStart(2, '0')}:${number % 2 === 0 ? '00' : '30'}`,
    types: ['O', 'D', ...(number % 3 === 0 ? ['X', 'BE'] : []), ...(number % 5 === 0 ? ['S'] : [])],
    formatted_address: `${1 + (number % 900)} ${word(7)} St, Millbrook, PA 19${String(number % 1000).padStart(3, '0')}, USA`,
    latitude: 40 + (number % 1000) / 2000,
    longitude: -75 - (number % 777) / 2000,
    location: `${word(7)} hall`,
    location_notes: 'Use the side door; ring twice. Parking behind the house.',
    notes: number % 2 === 0 ? `Coffee &amp; tea at ${word(11)}.<br>Bring a book. `.repeat(4) : '',
    region: 'Millbrook',
    sub_region: word(2),
    group: `${word(1)} ${word(5)} group`,
    conference_url: number % 4 === 0 ? `https://zoom.us/j/${80_000_000 + number}` : '',
    updated: '2026-05-03 12:00:00',
    contact_1_name: '',
    contact_1_email: '',
    entity: 'Millbrook Area Intergroup',
    url: `https://meetings.example.org/meetings/${word(1)}-${number}`,
  })
}
