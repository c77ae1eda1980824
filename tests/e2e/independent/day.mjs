// @ts-check
// The list of a day, computed a second time from the written rules. It imports nothing of the product, so
// that a mistake there cannot hide here. Plain and slow on purpose.

/** @typedef {{ latitude: number, longitude: number, zone: string, radiusMeters: number }} Center */
/** @typedef {{ key: string, startsAt: string, whereabouts: 'here' | 'nearby' | 'online' }} Listed */

/**
 * Meetings of a Meeting Guide feed on the day of `now`.
 * @param {any[]} rows @param {Center} center @param {string} now ISO instant
 * @returns {Listed[]} in the order of the list
 */
export function meetingGuideDay(rows, center, now) {
  const nowMs = Date.parse(now)
  const today = dateIn(center.zone, nowMs)
  /** @type {(Listed & { startMs: number, distance: number, name: string })[]} */
  const listed = []
  for (const row of rows) {
    const attendance = attendanceOf(row)
    if (attendance === 'inactive') continue
    const time = minutesOf(row.time)
    if (time === null) continue
    const end = minutesOf(row.end_time)
    let length = end === null ? 60 : end - time + (end < time ? 1440 : 0)
    if (length === 0 || length > 360) length = 60
    for (const day of daysOf(row.day)) {
      for (const date of [addDays(today, -1), today]) {
        if (new Date(`${date}T00:00:00Z`).getUTCDay() !== day) continue
        const startMs = instantOf(row.timezone ?? center.zone, date, time)
        const endMs = startMs + length * 60_000
        if (dateIn(center.zone, startMs) > today || endMs <= nowMs) continue
        const distance = attendance === 'online' ? null : distanceTo(row, center)
        const where = whereabouts(row, attendance, distance, center)
        if (where === null) continue
        listed.push({
          key: String(row.slug),
          startsAt: new Date(startMs).toISOString(),
          whereabouts: where,
          startMs,
          distance: distance === null ? Infinity : Math.round(distance),
          name: String(row.name),
        })
      }
    }
  }
  const order = ['here', 'nearby', 'online']
  listed.sort(
    (a, b) =>
      order.indexOf(a.whereabouts) - order.indexOf(b.whereabouts) ||
      a.startMs - b.startMs ||
      (a.distance === b.distance ? 0 : a.distance - b.distance),
  )
  return listed.map(({ key, startsAt, whereabouts: where }) => ({ key, startsAt, whereabouts: where }))
}

/** @param {any} row @param {string} attendance @param {number | null} distance @param {Center} center */
function whereabouts(row, attendance, distance, center) {
  if (distance !== null && distance <= 75 && isExact(row)) return /** @type {const} */ ('here')
  if (distance !== null && distance <= center.radiusMeters) return /** @type {const} */ ('nearby')
  return attendance === 'online' || attendance === 'hybrid' ? /** @type {const} */ ('online') : null
}

/** feeds.md 2.7. @param {any} row */
function attendanceOf(row) {
  const digits = String(row.conference_phone ?? '').replace(/[^0-9]/g, '')
  const online = /^https?:\/\/[^\s/]+/i.test(String(row.conference_url ?? '').trim()) || digits.length >= 10
  const closedSite = (row.types ?? []).some(
    (/** @type {string} */ code) => String(code).toUpperCase() === 'TC',
  )
  const inPerson = isExact(row) && !closedSite
  if (inPerson) return online ? 'hybrid' : 'in_person'
  return online ? 'online' : 'inactive'
}

/** feeds.md 2.8. @param {any} row */
function isExact(row) {
  if (row.approximate === 'yes' || row.approximate === true) return false
  if (row.approximate === 'no' || row.approximate === false) return true
  const address = String(row.formatted_address ?? row.address ?? '')
  if (address === '') return false
  return address.split(', ').length >= 4 || /^\d/.test(address)
}

/** @param {unknown} day @returns {number[]} */
function daysOf(day) {
  const names = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
  const days = Array.isArray(day) ? day : [day]
  return days
    .map((one) => (/^\d$/.test(String(one)) ? Number(one) : names.indexOf(String(one).toLowerCase())))
    .filter((one) => one >= 0 && one <= 6)
}

/** @param {unknown} time @returns {number | null} */
function minutesOf(time) {
  const match = /^(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap]m)?$/i.exec(String(time ?? '').trim())
  if (match === null) return null
  let hour = Number(match[1])
  if (match[3] !== undefined) hour = (hour % 12) + (match[3].toLowerCase() === 'pm' ? 12 : 0)
  return hour * 60 + Number(match[2])
}

/** Law of cosines, where the product uses another formula. @param {any} row @param {Center} center */
function distanceTo(row, center) {
  const latitude = Number(row.latitude)
  const longitude = Number(row.longitude)
  if (!row.latitude || !row.longitude || (latitude === 0 && longitude === 0)) return null
  const radians = Math.PI / 180
  const cosine =
    Math.sin(latitude * radians) * Math.sin(center.latitude * radians) +
    Math.cos(latitude * radians) *
      Math.cos(center.latitude * radians) *
      Math.cos((longitude - center.longitude) * radians)
  return 6_371_008.8 * Math.acos(Math.min(1, cosine))
}

/** @param {string} zone @param {number} ms */
export function dateIn(zone, ms) {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(ms)
}

/** @param {string} date @param {number} days */
function addDays(date, days) {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** The instant at which clocks in `zone` show `minutes` past midnight of `date`, by trying. */
function instantOf(/** @type {string} */ zone, /** @type {string} */ date, /** @type {number} */ minutes) {
  const wall = Date.parse(`${date}T00:00:00Z`) + minutes * 60_000
  for (let offset = -14 * 60; offset <= 14 * 60; offset += 15) {
    const guess = wall + offset * 60_000
    const parts = Object.fromEntries(
      new Intl.DateTimeFormat('en-CA', {
        timeZone: zone,
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      })
        .formatToParts(guess)
        .map((part) => [part.type, part.value]),
    )
    const shown = Date.parse(
      `${parts['year']}-${parts['month']}-${parts['day']}T${parts['hour']}:${parts['minute']}:00Z`,
    )
    if (shown === wall) return guess
  }
  throw new Error(`${date} has no minute ${minutes} in ${zone}`)
}
