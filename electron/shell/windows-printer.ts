import type { BrowserWindow } from 'electron'
import { randomUUID } from 'node:crypto'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { err, ok } from '../contract/result.ts'
import type { Logger, Printer } from '../ports.ts'

const run = promisify(execFile)
const answerWithinMs = 10_000

/** Queues that open a file chooser instead of printing (KSK-20). */
const filePrinters = /print to pdf|xps document writer|fax|onenote/i

/**
 * Paper on Windows: Chromium prints the page that the hand-out window still shows, under a random
 * neutral title; the job is then found by that title, and removed if it does not leave in time, so that
 * it is never printed later for someone else (KSK-40).
 */
export function createWindowsPrinter(
  handoutWindow: () => BrowserWindow | null,
  /** Any open window can ask the system: before the first hand-out there is no window for it. */
  openWindow: () => BrowserWindow | null,
  log: Logger,
): Printer {
  const list = async () => {
    const window = openWindow()
    const printers =
      window === null || window.isDestroyed() ? [] : await window.webContents.getPrintersAsync()
    const names = printers.map((printer) => printer.name).filter((name) => !filePrinters.test(name))
    const standard = await defaultPrinter()
    return standard !== null && names.includes(standard)
      ? [standard, ...names.filter((name) => name !== standard)]
      : names
  }
  return {
    list,
    async status() {
      return (await list()).length > 0 ? 'ready' : 'none'
    },
    async print({ paper }) {
      const window = handoutWindow()
      const [deviceName] = await list()
      if (window === null || deviceName === undefined) return err('no_printer')
      // One limit for all of it: the person is told within ten seconds (KSK-40).
      const deadline = performance.now() + answerWithinMs
      const title = `Document ${randomUUID().slice(0, 8)}`
      await window.webContents.executeJavaScript(`document.title = ${JSON.stringify(title)}`)
      const queued = await withinTime<boolean>(
        new Promise((resolve) => {
          window.webContents.print(
            {
              silent: true,
              deviceName,
              printBackground: true,
              margins: { marginType: 'none' },
              pageSize: paper === 'a4' ? 'A4' : 'Letter',
            },
            (isQueued) => {
              resolve(isQueued)
            },
          )
        }),
      )
      // The call-back says "queued", not "printed", and may never come.
      const left = queued === true && (await leavesQueue(deviceName, title, deadline))
      if (left) return ok({ jobId: title })
      log.warn('printer.failed', { queued: queued === true, left })
      await removeJob(deviceName, title)
      return err('printer_failed')
    },
  }
}

async function withinTime<Value>(work: Promise<Value>): Promise<Value | null> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<null>((resolve) => {
    timer = setTimeout(() => {
      resolve(null)
    }, answerWithinMs)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}

/** Runs one PowerShell command whose values come as environment variables, never as its text. */
async function powerShell(command: string, values: Readonly<Record<string, string>>): Promise<string> {
  const { stdout } = await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', command], {
    env: { ...process.env, ...values },
    timeout: answerWithinMs,
    windowsHide: true,
  })
  return stdout.trim()
}

async function defaultPrinter(): Promise<string | null> {
  try {
    const name = await powerShell(
      '(Get-CimInstance -ClassName Win32_Printer -Filter "Default=TRUE").Name',
      {},
    )
    return name === '' ? null : name
  } catch {
    return null
  }
}

async function leavesQueue(printer: string, title: string, deadline: number): Promise<boolean> {
  while (performance.now() < deadline) {
    const waiting = await powerShell(
      '@(Get-PrintJob -PrinterName $env:OC_PRINTER | Where-Object DocumentName -eq $env:OC_TITLE).Count',
      { OC_PRINTER: printer, OC_TITLE: title },
    ).catch(() => 'unknown')
    if (waiting === '0') return true
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  return false
}

async function removeJob(printer: string, title: string): Promise<void> {
  await powerShell(
    'Get-PrintJob -PrinterName $env:OC_PRINTER | Where-Object DocumentName -eq $env:OC_TITLE | Remove-PrintJob',
    { OC_PRINTER: printer, OC_TITLE: title },
  ).catch(() => '')
}
