import { z } from 'zod'

/** Every setting of a machine with the shape of its stored value. Lengths are milliseconds and meters. */
export const settingSchemas = {
  setup: z.enum(['needed', 'demonstration', 'center']),
  /** Ids of the feeds that the demonstration added, until they are taken off the list again. */
  demonstrationFeeds: z.array(z.string()).readonly(),
  centerName: z.string().max(120),
  street: z.string().max(200),
  postalCode: z.string().max(20),
  latitude: z.number().min(-90).max(90).nullable(),
  longitude: z.number().min(-180).max(180).nullable(),
  zone: z.string().min(1).max(64).refine(isZone),
  radiusMeters: z.int().min(500).max(200_000),
  distanceUnit: z.enum(['km', 'mi']),
  locales: z
    .array(z.enum(['en', 'es']))
    .min(1)
    .readonly(),
  defaultLocale: z.enum(['en', 'es']),
  paper: z.enum(['letter', 'a4']),
  /** A11Y-20: 30 to 600 s without a touch, then a warning that stays 20 s at least. */
  idleWarningMs: z.int().min(30_000).max(600_000),
  idleShutterMs: z.int().min(20_000).max(600_000),
  /** CSS pixels per inch of the screen; 92 until someone measures. */
  pixelsPerInch: z.number().min(40).max(600),
} satisfies Record<string, z.ZodType>

export type SettingName = keyof typeof settingSchemas
export type Settings = { readonly [Name in SettingName]: z.infer<(typeof settingSchemas)[Name]> }

/** What holds until someone sets it. The zone is a placeholder; the composition root offers the machine's. */
export const settingDefaults: Settings = {
  setup: 'needed',
  demonstrationFeeds: [],
  centerName: '',
  street: '',
  postalCode: '',
  latitude: null,
  longitude: null,
  zone: 'UTC',
  radiusMeters: 25_000,
  distanceUnit: 'mi',
  locales: ['en'],
  defaultLocale: 'en',
  paper: 'letter',
  idleWarningMs: 60_000,
  idleShutterMs: 30_000,
  pixelsPerInch: 92,
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
