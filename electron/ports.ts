import type { HandoutDocument } from './contract/handout-document.ts'
import type { EpochMs, FeedProblem, Paper, VaultStrength } from './contract/models.ts'
import type { Result } from './contract/result.ts'

/** The only source of the present time. */
export type Clock = {
  now(): EpochMs
}

export type Ids = {
  /** A UUIDv7: sorts by the clock and never collides with another machine's. */
  uuidv7(): string
  /** 128 random bits as text, for tokens that must not be guessed. */
  token(): string
}

/** Only codes, counts, ids and durations go into `fields`: never a name, a secret or typed text (PRV-20). */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>

export type Logger = {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

export type PrintRequest = {
  readonly pdf: Uint8Array
  /** Neutral and without a name (PRV-09, PRV-10); the queue shows it. */
  readonly title: string
  readonly paper: Paper
}

export type PrinterStatus = 'ready' | 'offline' | 'none'

export type Printer = {
  status(): Promise<PrinterStatus>
  /** Names of the system's printers; the first is the default one. */
  list(): Promise<readonly string[]>
  /** Resolves when the job left the queue for the device, within `timeoutMs`; else the job is cancelled. */
  print(request: PrintRequest): Promise<Result<{ readonly jobId: string }, 'no_printer' | 'printer_failed'>>
}

/** Turns a hand-out into the bytes that go to paper and to a file alike. */
export type HandoutRenderer = {
  render(document: HandoutDocument): Promise<
    Result<
      {
        readonly pdf: Uint8Array
        readonly pages: number
        readonly meetings: number
        readonly clubs: number
        readonly leftOut: number
      },
      'render_failed'
    >
  >
}

/** Where the key of the database is kept. The key is never logged, printed or put in an argument. */
export type KeyVault = {
  strength(): VaultStrength
  /** The 32 bytes of the key, made on first use. Throws `KeyVaultError` when a kept key cannot be read. */
  openOrCreate(): Uint8Array
  /** True when a key has been kept before: then a missing or unreadable one must never be replaced. */
  exists(): boolean
}

export type FeedSource =
  | { readonly from: 'file'; readonly path: string }
  | {
      readonly from: 'web'
      readonly address: string
      readonly etag: string | null
      readonly lastModified: string | null
      /** Set when staff confirmed an address that is neither https nor loopback. */
      readonly plainHttpAllowed: boolean
    }

export type FetchedFeed =
  | { readonly changed: false }
  | {
      readonly changed: true
      readonly bytes: Uint8Array
      readonly contentType: string | null
      readonly etag: string | null
      readonly lastModified: string | null
      /** Where the bytes came from in the end: a path or an address without credentials. */
      readonly origin: string
    }

export type FeedClient = {
  /**
   * Never throws for what the outside does; `detail` of the error is one English sentence for staff.
   * `onRetryAfter`: the server is busy and asks to be left alone for so long.
   */
  fetch(
    source: FeedSource,
    onProgress: (bytes: number) => void,
    onRetryAfter?: (ms: number) => void,
  ): Promise<Result<FetchedFeed, FeedProblem>>
}
