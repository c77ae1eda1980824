import {
  app,
  clipboard,
  dialog,
  powerMonitor,
  screen,
  type BrowserWindow,
  type OpenDialogOptions,
  type SaveDialogOptions,
} from 'electron'
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import directory from '../resources/directory/fellowships.json' with { type: 'json' }
import en from '../resources/locales/en.json' with { type: 'json' }
import es from '../resources/locales/es.json' with { type: 'json' }
import { deskCalls, type DeskState } from './contract/desk-calls.ts'
import { kioskCalls } from './contract/kiosk-calls.ts'
import type { AuditDetail } from './db/audit-store.ts'
import { attempt } from './db/storage-error.ts'
import { centerOf, createDeskHandlers } from './handlers/desk.ts'
import { createKioskHandlers } from './handlers/kiosk.ts'
import type { Machine } from './handlers/machine.ts'
import { openRecords, type Records } from './handlers/records.ts'
import { createRefusalAudit } from './handlers/refusal-audit.ts'
import { restingDesk, restingKiosk } from './handlers/resting.ts'
import { removeDemonstration } from './handlers/setup.ts'
import type { SaveFile } from './handlers/templates.ts'
import type { Logger, Printer } from './ports.ts'
import { createFolderPrinter } from './print/folder-printer.ts'
import { createLpPrinter } from './print/lp-printer.ts'
import { readBench } from './shell/bench.ts'
import { refusedSwitchesIn } from './shell/command-line.ts'
import { sendEvent } from './shell/events.ts'
import { createHandoutRenderer } from './shell/handout-renderer.ts'
import { registerCalls } from './shell/ipc.ts'
import { chooseKeyVault } from './shell/key-vault.ts'
import { lockDownContents } from './shell/lock-down.ts'
import { createLogFile } from './shell/log-file.ts'
import { createPages, declareScheme } from './shell/pages.ts'
import { openDeskWindow, openHandoutWindow, openKioskWindow, prepareSessions } from './shell/windows.ts'
import { createWindowsPrinter } from './shell/windows-printer.ts'
import { createSyncJob, type SyncJob } from './sync/sync-job.ts'
import createImportWorker from './sync/import-worker?nodeWorker'
import { createClock, createIds } from './system.ts'

const firstLineAtMs = performance.timeOrigin + performance.now()
const bench = readBench(process.env['OPEN_CHAIR_BENCH'], app.isPackaged)
if (bench.profile !== null) {
  mkdirSync(bench.profile, { recursive: true })
  app.setPath('userData', bench.profile)
  app.setPath('sessionData', join(bench.profile, 'session'))
}
const clock = createClock(bench.clock)
const ids = createIds(clock)
const profile = app.getPath('userData')
const log = createLogFile(join(profile, 'logs'), clock)

// Without a listener Electron would show the text of the error in a dialog, on the public screen.
process.on('uncaughtException', (cause) => {
  log.error('app.failed', { error: cause instanceof Error ? cause.name : 'unknown' })
  // Nothing acknowledged is lost: it is on disk. The system starts the kiosk again.
  app.exit(1)
})
process.on('unhandledRejection', (cause) => {
  log.error('app.rejection_unhandled', { error: cause instanceof Error ? cause.name : 'unknown' })
})

app.enableSandbox()
declareScheme()

const refused = refusedSwitchesIn(process.argv, app.isPackaged)
if (refused.length > 0) {
  log.error('app.switches_refused', { switches: refused.join(' ') })
  app.exit(2)
} else if (!app.requestSingleInstanceLock()) {
  app.exit(0)
} else {
  app.whenReady().then(start, fail)
}

function fail(cause: unknown): void {
  log.error('app.start_failed', { error: cause instanceof Error ? cause.name : 'unknown' })
  dialog.showErrorBox(
    'Open Chair',
    'Open Chair could not start. Restart this machine, then ask your administrator.',
  )
  app.exit(1)
}

function start(): void {
  const readyAtMs = performance.timeOrigin + performance.now()
  log.info('app.started', { version: app.getVersion(), firstLineAtMs, readyAtMs })
  forgetCrashDumps()
  const developmentServer = app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null)
  const out = resolve(import.meta.dirname, '..')
  const pages = createPages({
    folder: join(out, 'renderer'),
    developmentServer,
    resting: [
      { lang: 'en', texts: en.kiosk.trouble },
      { lang: 'es', texts: es.kiosk.trouble },
    ],
    log,
  })
  const windowOptions = { pages, preloadFolder: join(out, 'preload'), log }
  lockDownContents(log, developmentServer)
  prepareSessions(windowOptions)

  const windows: { kiosk: BrowserWindow | null; desk: BrowserWindow | null } = { kiosk: null, desk: null }
  const renderer = createHandoutRenderer(openHandoutWindow, pages, log)
  const file = join(profile, 'open-chair.db')
  const vault = chooseKeyVault(profile, file, app.isPackaged)
  const machine: Machine = {
    clock,
    clockRuns: bench.clock?.runs ?? true,
    ids,
    log,
    renderer,
    printer: choosePrinter(renderer.window, () => windows.kiosk),
    vault: vault.strength(),
    testMachine: !app.isPackaged,
    // An unpackaged run may keep names under a file's key, beneath its banner; a packaged one never (SEC-07).
    canTakeNames: vault.strength() !== 'none',
    idle: { warningMs: bench.idleWarningMs, shutterMs: bench.idleShutterMs },
    crisisLines: directory.crisisAndReferral,
    forgetVisit: () => {
      clipboard.clear()
      if (windows.kiosk !== null && !windows.kiosk.isDestroyed())
        windows.kiosk.webContents.navigationHistory.clear()
    },
  }

  const fellowshipNames = new Map(directory.fellowships.map(({ id, name }) => [id, name]))
  const opened = openRecords({
    file,
    vault,
    log,
    clock,
    ids,
    defaults: offered(),
    fellowshipName: (id) => fellowshipNames.get(id) ?? null,
  })
  const calls = {
    kiosk: { role: 'kiosk', windowOf: () => windows.kiosk, origin: pages.originOf('kiosk'), log },
    desk: { role: 'desk', windowOf: () => windows.desk, origin: pages.originOf('desk'), log },
  } as const

  let stop = async () => {}
  if (opened.ok) {
    stop = runOn(opened.value, machine, windows, calls)
  } else {
    log.error('records.not_opened', { code: opened.code, detail: opened.detail ?? null })
    const onRefused = () => {}
    registerCalls({ ...calls.kiosk, table: kioskCalls, handlers: restingKiosk(machine, zone()), onRefused })
    registerCalls({
      ...calls.desk,
      table: deskCalls,
      handlers: restingDesk(opened.code, machine, offered()),
      onRefused,
    })
  }

  windows.kiosk = openKioskWindow(windowOptions, bench.kiosk)
  const needsDesk = !opened.ok || opened.value.settings.get('setup') === 'needed'
  if (needsDesk || deskHasRoom()) windows.desk = openDeskWindow(windowOptions)
  // The kiosk stays in the lobby when the desk is closed; starting the program again opens the desk again.
  app.on('second-instance', () => {
    if (windows.desk === null || windows.desk.isDestroyed()) windows.desk = openDeskWindow(windowOptions)
    else windows.desk.focus()
  })
  // The kiosk is the program: closing the desk leaves it in the lobby.
  windows.kiosk.on('closed', () => {
    app.quit()
  })
  endOnce(async () => {
    renderer.close()
    await stop()
  })
}

/** The records are open: wires calls, events and the sync job. Returns how to end them. */
function runOn(
  records: Records & { readonly key: Uint8Array },
  machine: Machine,
  windows: { readonly kiosk: BrowserWindow | null; readonly desk: BrowserWindow | null },
  calls: CallWindows,
): () => Promise<void> {
  const meetingsChanged = () => {
    sendEvent(windows.kiosk, 'kiosk', 'meetings.changed', {})
    sendEvent(windows.desk, 'desk', 'meetings.changed', {})
  }
  const job = createSyncJob({
    db: records.db,
    feeds: records.feeds,
    clock,
    log,
    center: () => centerOf(records.settings.getAll()),
    createWorker: createImportWorker,
    workerData: () => ({
      file: join(profile, 'open-chair.db'),
      key: records.key,
      machineId: records.machineId,
      clock: bench.clock === null ? null : { nowMs: clock.now(), runs: bench.clock.runs },
    }),
    onProgress: (progress) => {
      sendEvent(windows.desk, 'desk', 'feeds.progress', progress)
    },
    onMeetingsChanged: meetingsChanged,
    onFeedsChanged: () => {
      sendEvent(windows.desk, 'desk', 'feeds.changed', {})
    },
  })
  const resources = join(app.getAppPath(), 'resources')
  const onRefused = createRefusalAudit(records, log)
  registerCalls({
    ...calls.kiosk,
    table: kioskCalls,
    handlers: createKioskHandlers(records, machine),
    onRefused: (reason, call) => {
      onRefused('kiosk', reason, call)
    },
  })
  registerCalls({
    ...calls.desk,
    table: deskCalls,
    handlers: createDeskHandlers(records, machine, {
      job,
      chooseFile: () => chooseFile(windows.desk),
      demonstrationFolder: join(resources, 'demonstration'),
      saveFile: (offered) => saveFile(windows.desk, offered),
      templateFolder: join(resources, 'templates'),
      offered: offered(),
      onKioskChanged: () => {
        sendEvent(windows.kiosk, 'kiosk', 'kiosk.changed', {})
      },
      onMeetingsChanged: meetingsChanged,
    }),
    onRefused: (reason, call) => {
      onRefused('desk', reason, call)
    },
  })
  noteInAudit(records, 'app.started', { version: app.getVersion() })
  startJob(job)
  void removeDemonstration(records, machine, job)
  powerMonitor.on('resume', () => {
    job.onResume()
    // The page adds its own elapsed time to our clock, and that stood still while the machine slept.
    sendEvent(windows.kiosk, 'kiosk', 'kiosk.changed', {})
  })
  return async () => {
    await job.stop()
    noteInAudit(records, 'app.ended', {})
    records.db.close()
  }
}

/**
 * In the lobby the desk stands on a second display. With one display it would cover the public screen, so it opens
 * there for the set-up only, and when the program is started again.
 */
function deskHasRoom(): boolean {
  return !app.isPackaged || screen.getAllDisplays().length > 1
}

/** A dump can hold what was typed (PRV-20). None is sent; what a crash left behind goes at the next start. */
function forgetCrashDumps(): void {
  try {
    rmSync(app.getPath('crashDumps'), { recursive: true, force: true })
  } catch {
    log.error('crash_dumps.not_removed')
  }
}

/** SEC-08. On a full disk the log has to do: a kiosk that cannot note its start still starts. */
function noteInAudit(records: Records, event: string, detail: AuditDetail): void {
  const noted = attempt(() => {
    records.db.transaction((tx) => {
      records.audit.append(tx, { event, detail })
    })
  })
  if (!noted.ok) log.error('audit.not_written', { code: noted.code })
}

/** The disk may be full just now: the kiosk shows what it has, and the feeds begin when there is room. */
function startJob(job: SyncJob): void {
  const started = attempt(() => {
    job.start()
  })
  if (started.ok) return
  log.error('sync_job.not_started', { code: started.code })
  setTimeout(() => {
    startJob(job)
  }, 60_000).unref()
}

type CallWindows = {
  readonly [Role in 'kiosk' | 'desk']: {
    readonly role: Role
    readonly windowOf: () => BrowserWindow | null
    readonly origin: string
    readonly log: Logger
  }
}

/** Ends in order once, whichever way the end begins. */
function endOnce(end: () => Promise<void>): void {
  let isEnding = false
  app.on('before-quit', (event) => {
    if (isEnding) return
    isEnding = true
    event.preventDefault()
    void end().finally(() => {
      log.info('app.ended')
      app.exit(0)
    })
  })
}

function choosePrinter(
  handoutWindow: () => BrowserWindow | null,
  openWindow: () => BrowserWindow | null,
): Printer {
  if (bench.printer !== null) return createFolderPrinter(bench.printer)
  return process.platform === 'win32'
    ? createWindowsPrinter(handoutWindow, openWindow, log)
    : createLpPrinter()
}

async function chooseFile(window: BrowserWindow | null): Promise<string | null> {
  const options: OpenDialogOptions = {
    properties: ['openFile'],
    filters: [{ name: 'Meeting lists', extensions: ['json', 'ics', 'csv', 'txt', 'xlsx'] }],
  }
  const answer = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options))
  return answer.canceled ? null : (answer.filePaths[0] ?? null)
}

async function saveFile(
  window: BrowserWindow | null,
  { fileName, form }: Parameters<SaveFile>[0],
): Promise<string | null> {
  const options: SaveDialogOptions = {
    defaultPath: fileName,
    filters: [
      form === 'csv' ? { name: 'CSV', extensions: ['csv'] } : { name: 'Excel', extensions: ['xlsx'] },
    ],
  }
  const answer = await (window === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options))
  return answer.canceled || answer.filePath === '' ? null : answer.filePath
}

function zone(): string {
  return bench.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** What the machine says of itself. Letter paper and miles are of the United States (and Canada's paper). */
function offered(): DeskState['offered'] {
  const languages = app.getPreferredSystemLanguages()
  const region = new Intl.Locale(languages[0] ?? 'en-US').maximize().region ?? 'US'
  return {
    zone: zone(),
    zones: Intl.supportedValuesOf('timeZone'),
    locale: languages[0]?.startsWith('es') === true ? 'es' : 'en',
    distanceUnit: ['US', 'GB', 'LR', 'MM'].includes(region) ? 'mi' : 'km',
    paper: ['US', 'CA', 'MX', 'PH', 'CL', 'CO', 'VE'].includes(region) ? 'letter' : 'a4',
  }
}
