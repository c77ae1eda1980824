/** Which window speaks. Each has its own channel, so a page cannot even name a call of the other. */
export type WindowRole = 'kiosk' | 'desk'

export function callChannel(role: WindowRole): string {
  return `${role}:call`
}

export function eventChannel(role: WindowRole): string {
  return `${role}:event`
}
