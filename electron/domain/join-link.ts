/**
 * What makes two links, or two numbers to call, lead into the same room: the host and the room's own number.
 * Passcodes, tracking, languages and the many host names of one provider are left out. Null when the text is
 * no link, or one that leads to no room of its own (the front page of a site).
 */
export function linkKey(link: string | null): string | null {
  if (link === null || !URL.canParse(link.trim())) return null
  const url = new URL(link.trim())
  if (!/^https?:$/u.test(url.protocol)) return null
  const host = url.hostname.toLowerCase().replace(/^www\./u, '')
  const path = url.pathname.replace(/\/+$/u, '')
  if (/(?:^|\.)(?:zoom\.us|zoomgov\.com)$/u.test(host)) return zoomKey(path, url.searchParams)
  const room = roomInQuery(url.searchParams)
  if (path === '' && room === '') return null
  // Whoever typed a meeting's address by hand wrote its letters in any case.
  return `${host}${decodedPath(path).toLowerCase()}${room}`
}

function zoomKey(path: string, query: URLSearchParams): string | null {
  const number = /^\/(?:[a-z]{2}\/)?(?:j|w|s|wc|wc\/join|postattendee|meeting\/register)\/([\w-]+)/iu.exec(
    path,
  )
  const room = number?.[1] ?? query.get('confno')
  if (room !== null && room !== '') return `zoom.us/${room.replaceAll('-', '').toLowerCase()}`
  const personal = /^\/my\/([^/]+)/iu.exec(path)?.[1]
  return personal === undefined ? null : `zoom.us/my/${personal.toLowerCase()}`
}

/** Some providers name the room behind the question mark. */
const roomNames = ['mtid', 'meetingid', 'meeting_id', 'meeting', 'room', 'roomid', 'id', 'mtgid']

function roomInQuery(query: URLSearchParams): string {
  const found = [...query].filter(([name]) => roomNames.includes(name.toLowerCase()))
  return found
    .map(([name, value]) => `?${name.toLowerCase()}=${value.toLowerCase()}`)
    .sort()
    .join('')
}

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/**
 * Numbers of Zoom that every caller dials, whatever the meeting (support.zoom.com "Zoom audio conferencing
 * numbers", United States). Without the meeting's code behind it such a number leads to no room.
 */
const commonNumbers = new Set([
  '2532050468',
  '2532158782',
  '3017158592',
  '3052241968',
  '3092053325',
  '3126266799',
  '3462487799',
  '3602095623',
  '3863475053',
  '4086380968',
  '5074734847',
  '5642172000',
  '6465588656',
  '6468769923',
  '6469313860',
  '6694449171',
  '6699006833',
  '6699009128',
  '6892781000',
  '7193594580',
  '9292056099',
])

/** Of a telephone number, as feeds write it: `+1 669 900 6833,,123456789#,,,*0000#`. */
export function phoneKey(phone: string | null): string | null {
  if (phone === null) return null
  const [dialled = '', ...codes] = phone.split(/[,;#*]|\b(?:pin|code|id|ext)\b/iu)
  const number = dialled.replace(/\D/gu, '').replace(/^(?:00)?1?(?=\d{10}$)/u, '')
  const code = codes.map((text) => text.replace(/\D/gu, '')).find((digits) => digits.length >= 5)
  // The number of the same conference differs by town; its code does not.
  if (code !== undefined && commonNumbers.has(number)) return `zoom.us/${code}`
  if (number.length < 7 || (code === undefined && commonNumbers.has(number))) return null
  return code === undefined ? `tel:${number}` : `tel:${number},${code}`
}
