import { readWholeXml } from './xlsx-xml.ts'

/** How a number is meant: a workbook stores dates and times as numbers and says so only in their format. */
export type NumberMeaning = 'number' | 'date' | 'time' | 'date_time' | 'weekday'

/** The meaning of each style of cells, by its index. */
export function readStyles(bytes: Uint8Array, part: string): readonly NumberMeaning[] {
  const own = new Map<number, NumberMeaning>()
  const meanings: NumberMeaning[] = []
  let inCells = false
  readWholeXml(bytes, part, {
    open: (name, attribute) => {
      if (name === 'numFmt') own.set(Number(attribute('numFmtId')), meaningOf(attribute('formatCode') ?? ''))
      else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells) {
        const id = Number(attribute('numFmtId') ?? 0)
        meanings.push(own.get(id) ?? builtIn(id))
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false
    },
  })
  return meanings
}

/** Formats that every spreadsheet program knows by number, those of East Asia included. */
function builtIn(id: number): NumberMeaning {
  if (id === 22) return 'date_time'
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return 'date'
  return (id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) ? 'time' : 'number'
}

/** By the letters of the format: `d` and `y` make a date, `h` and `s` a time; texts and colors in it do not count. */
function meaningOf(code: string): NumberMeaning {
  const letters = code
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?![hms]+\])[^\]]*\]/gi, '')
    .toLowerCase()
  if (/^d{3,4}$/.test(letters.replace(/;.*$/, '').trim())) return 'weekday'
  const [isDate, isTime] = [/[dy]/.test(letters), /[hs]/.test(letters)]
  if (isDate) return isTime ? 'date_time' : 'date'
  if (isTime) return 'time'
  return /^m+$/.test(letters) ? 'date' : 'number'
}

const dayMs = 86_400_000

/** A number as people would read it in the sheet: `2026-12-05`, `19:30`, `2026-12-05 19:30`, `Saturday`. */
export function numberText(value: number, meaning: NumberMeaning, from1904: boolean): string {
  if (meaning === 'number' || value < 0 || value > 2_958_465) return String(value)
  // To the whole minute, so that 0.8124999 is 19:30 too.
  const minutes = Math.round(value * 1440)
  const minuteOfDay = minutes % 1440
  const clock = `${String(Math.floor(minuteOfDay / 60)).padStart(2, '0')}:${String(minuteOfDay % 60).padStart(2, '0')}`
  if (meaning === 'time') return clock
  const days = Math.floor(minutes / 1440)
  // Lotus took 1900 for a leap year, and Excel kept that: day 60 never was.
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30)
  const date = new Date(epoch + days * dayMs)
  if (meaning === 'weekday') return date.toLocaleDateString('en-US', { weekday: 'long', timeZone: 'UTC' })
  const text = date.toISOString().slice(0, 10)
  return meaning === 'date' || minuteOfDay === 0 ? text : `${text} ${clock}`
}
