import { type ContentLine, contentLines, type Property } from './ical-lines.ts'

/** One VEVENT as it stands in the file. */
export type RawEvent = {
  /** Place among the VEVENTs of the file, from 1. */
  readonly number: number
  readonly line: number
  readonly properties: readonly Property[]
  /** False when another component or the end of the file came first. */
  readonly closed: boolean
  /** METHOD:CANCEL of the calendar around it. */
  readonly calledOff: boolean
}

export type Observance = { readonly properties: readonly Property[] }
export type RawZone = {
  readonly id: string
  readonly location: string | null
  readonly observances: readonly Observance[]
}

export type Components = {
  /** Properties of the calendar itself, such as X-WR-CALNAME. */
  readonly calendar: readonly Property[]
  readonly zones: readonly RawZone[]
  readonly events: readonly RawEvent[]
}

type OpenEvent = { readonly line: number; readonly properties: Property[] }
type OpenZone = {
  readonly properties: Property[]
  readonly observances: { readonly properties: Property[] }[]
}

/** Only events and zones are of use; VTODO, VJOURNAL, VFREEBUSY and VALARM are passed over. */
export function components(text: string): Components {
  const calendar: Property[] = []
  const zones: RawZone[] = []
  const events: RawEvent[] = []
  const stack: string[] = []
  const open: { event: OpenEvent | null; zone: OpenZone | null } = { event: null, zone: null }
  let calledOff = false

  const closeEvent = (closed: boolean): void => {
    if (open.event !== null) events.push({ ...open.event, number: events.length + 1, closed, calledOff })
    open.event = null
  }
  const begin = (name: string, line: ContentLine): void => {
    if (name === 'VCALENDAR') {
      closeEvent(false)
      stack.length = 0
      calledOff = false
    } else if (name === 'VEVENT') {
      closeEvent(false)
      stack.length = Math.min(stack.length, 1)
      open.event = { line: line.line, properties: [] }
    } else if (name === 'VTIMEZONE') {
      open.zone = { properties: [], observances: [] }
    } else if (name === 'STANDARD' || name === 'DAYLIGHT') {
      open.zone?.observances.push({ properties: [] })
    }
    stack.push(name)
  }
  const end = (name: string): void => {
    const at = stack.lastIndexOf(name)
    if (at < 0) return
    if (name === 'VCALENDAR') closeEvent(false)
    stack.length = at
    if (name === 'VEVENT') closeEvent(true)
    const { zone } = open
    if (name === 'VTIMEZONE' && zone !== null) {
      const id = valueOf(zone.properties, 'TZID')
      if (id !== null) {
        zones.push({
          id,
          location: valueOf(zone.properties, 'X-LIC-LOCATION'),
          observances: zone.observances,
        })
      }
      open.zone = null
    }
  }

  for (const line of contentLines(text)) {
    const name = line.value.trim().toUpperCase()
    if (line.name === 'BEGIN') begin(name, line)
    else if (line.name === 'END') end(name)
    else {
      const inside = stack.at(-1)
      if (inside === 'VEVENT') open.event?.properties.push(line)
      else if (inside === 'VTIMEZONE') open.zone?.properties.push(line)
      else if (inside === 'STANDARD' || inside === 'DAYLIGHT')
        open.zone?.observances.at(-1)?.properties.push(line)
      else if (inside === 'VCALENDAR') {
        calendar.push(line)
        if (line.name === 'METHOD' && name === 'CANCEL') calledOff = true
      }
    }
  }
  closeEvent(false)
  return { calendar, zones, events }
}

/** The first value of a property that is not blank. */
export function valueOf(properties: readonly Property[], name: string): string | null {
  return propertyOf(properties, name)?.value.trim() ?? null
}

export function propertyOf(properties: readonly Property[], name: string): Property | undefined {
  return properties.find((property) => property.name === name && property.value.trim() !== '')
}

export function propertiesOf(properties: readonly Property[], name: string): readonly Property[] {
  return properties.filter((property) => property.name === name && property.value.trim() !== '')
}
