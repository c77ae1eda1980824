import type { Rule } from './schedule.ts'

/** When a meeting is, in one short line for staff: `Mon 19:00`. Empty for one by appointment. */
export function scheduleText(rules: readonly Rule[], locale: string): string {
  return [...new Set(rules.map((rule) => ruleText(rule, locale)))].join(', ')
}

function ruleText(rule: Rule, locale: string): string {
  if (rule.form === 'weekly') {
    // 1970-01-04 was a Sunday; minute 1440 is the midnight at the end of the named day.
    const ms = Date.UTC(1970, 0, 4 + rule.weekday, 0, rule.startMinute % 1440)
    return text(ms, locale, { weekday: 'short', hour: 'numeric', minute: '2-digit' })
  }
  const ms = Date.parse(rule.allDay ? `${rule.start.slice(0, 10)}T00:00:00Z` : `${rule.start}Z`)
  if (Number.isNaN(ms)) return rule.start
  const day = rule.rrule === null ? ({ dateStyle: 'medium' } as const) : ({ weekday: 'short' } as const)
  const parts = [text(ms, locale, day)]
  if (!rule.allDay) parts.push(text(ms, locale, { hour: 'numeric', minute: '2-digit' }))
  return parts.join(' ')
}

function text(ms: number, locale: string, options: Intl.DateTimeFormatOptions): string {
  // The texts are wall-clock already, so they are shown in the zone in which they were parsed.
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(ms)
}
