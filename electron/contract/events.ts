/** Notices to a screen: they say what changed, the screen then asks again. */
export type KioskEvents = {
  /** The list of meetings changed: an import, midnight, a change at the desk. */
  readonly 'meetings.changed': Record<string, never>
  /** Name, languages, zone, printer or the like changed. */
  readonly 'kiosk.changed': Record<string, never>
}

export type DeskEvents = {
  readonly 'feeds.changed': Record<string, never>
  readonly 'feeds.progress': {
    readonly feedId: string
    readonly stage: 'fetching' | 'reading' | 'applying'
    readonly bytes: number
    readonly rows: number
  }
  readonly 'meetings.changed': Record<string, never>
}
