import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TargetSession } from './pipe.ts'
import { checkOptions, NotImplementedError } from './strict.ts'

type Size = { width: number; height: number }
type Margins = { marginType?: string; top?: number; bottom?: number; left?: number; right?: number }

export type PdfOptions = {
  landscape?: boolean
  displayHeaderFooter?: boolean
  printBackground?: boolean
  scale?: number
  pageSize?: string | Size
  margins?: Margins
  pageRanges?: string
  headerTemplate?: string
  footerTemplate?: string
  preferCSSPageSize?: boolean
  generateTaggedPDF?: boolean
  generateDocumentOutline?: boolean
}

export type PrintOptions = {
  silent?: boolean
  printBackground?: boolean
  deviceName?: string
  color?: boolean
  margins?: Margins
  landscape?: boolean
  scaleFactor?: number
  pagesPerSheet?: number
  collate?: boolean
  copies?: number
  pageRanges?: readonly { from: number; to: number }[]
  duplexMode?: string
  dpi?: object
  header?: string
  footer?: string
  pageSize?: string | Size
  usePrinterDefaultPageSize?: boolean
}

/** Width and height in inches of the names Electron takes. */
const papers: Record<string, readonly [number, number]> = {
  A0: [33.1, 46.8],
  A1: [23.4, 33.1],
  A2: [16.54, 23.4],
  A3: [11.7, 16.54],
  A4: [8.27, 11.7],
  A5: [5.83, 8.27],
  A6: [4.13, 5.83],
  Legal: [8.5, 14],
  Letter: [8.5, 11],
  Tabloid: [11, 17],
  Ledger: [17, 11],
}

function paperOf(pageSize: string | Size): readonly [number, number] {
  if (typeof pageSize !== 'string') return [pageSize.width, pageSize.height]
  const paper = Object.entries(papers).find(([name]) => name.toLowerCase() === pageSize.toLowerCase())
  if (paper === undefined) throw new Error(`Invalid pageSize ${pageSize}`)
  return paper[1]
}

/** Electron's `printToPDF`: the same options, lengths in inches, the same defaults. */
export async function renderPdf(session: TargetSession, options: PdfOptions): Promise<Buffer> {
  const { margins = {}, pageSize = 'Letter' } = options
  checkOptions('printToPDF', options, [
    'landscape',
    'displayHeaderFooter',
    'printBackground',
    'scale',
    'pageSize',
    'margins',
    'pageRanges',
    'headerTemplate',
    'footerTemplate',
    'preferCSSPageSize',
    'generateTaggedPDF',
    'generateDocumentOutline',
  ])
  checkOptions('printToPDF.margins', margins, ['marginType', 'top', 'bottom', 'left', 'right'])
  const [paperWidth, paperHeight] = paperOf(pageSize)
  // Electron's default margin is 1 cm, given in inches.
  const side = (length: number | undefined): number => length ?? 0.4
  const { data } = await session.send('Page.printToPDF', {
    landscape: options.landscape ?? false,
    displayHeaderFooter: options.displayHeaderFooter ?? false,
    printBackground: options.printBackground ?? false,
    scale: options.scale ?? 1,
    paperWidth,
    paperHeight,
    marginTop: side(margins.top),
    marginBottom: side(margins.bottom),
    marginLeft: side(margins.left),
    marginRight: side(margins.right),
    pageRanges: options.pageRanges ?? '',
    headerTemplate: options.headerTemplate ?? '',
    footerTemplate: options.footerTemplate ?? '',
    preferCSSPageSize: options.preferCSSPageSize ?? false,
    generateTaggedPDF: options.generateTaggedPDF ?? false,
    generateDocumentOutline: options.generateDocumentOutline ?? false,
  })
  return Buffer.from(data, 'base64')
}

async function queues(): Promise<string[]> {
  try {
    const { stdout } = await promisify(execFile)('lpstat', ['-e'])
    return stdout.split('\n').filter((line) => line !== '')
  } catch {
    // No print system is no queue.
    return []
  }
}

export async function printers(): Promise<object[]> {
  return (await queues()).map((name) => ({ name, displayName: name, description: '', options: {} }))
}

async function hasQueue(name: string | undefined): Promise<boolean> {
  const all = await queues()
  return name === undefined || name === '' ? all.length > 0 : all.includes(name)
}

/**
 * Electron's `print`: the page as PDF to the system's queue, or else into the folder that plays the
 * printer. Returns why it failed, or null.
 */
export async function printPage(
  ready: Promise<TargetSession>,
  title: string,
  options: PrintOptions,
): Promise<string | null> {
  if (options.silent !== true) throw new NotImplementedError('print with a dialog')
  checkOptions('print', options, [
    'silent',
    'printBackground',
    'deviceName',
    'color',
    'margins',
    'landscape',
    'scaleFactor',
    'copies',
    'pageSize',
    'duplexMode',
    'collate',
    'usePrinterDefaultPageSize',
  ])
  const { pageSize } = options
  const noMargins = options.margins?.marginType === 'none'
  const inches = (microns: number): number => microns / 25_400
  const pdf = await renderPdf(await ready, {
    printBackground: options.printBackground ?? false,
    landscape: options.landscape ?? false,
    preferCSSPageSize: pageSize === undefined,
    scale: (options.scaleFactor ?? 100) / 100,
    ...(noMargins ? { margins: { top: 0, bottom: 0, left: 0, right: 0 } } : {}),
    ...(pageSize === undefined
      ? {}
      : {
          // `print` takes microns where `printToPDF` takes inches.
          pageSize:
            typeof pageSize === 'string'
              ? pageSize
              : { width: inches(pageSize.width), height: inches(pageSize.height) },
        }),
  })
  const folder = process.env['OPEN_CHAIR_HOST_PRINT_FOLDER']
  if (folder !== undefined && folder !== '') {
    mkdirSync(folder, { recursive: true })
    for (let copy = 0; copy < (options.copies ?? 1); copy++)
      writeFileSync(join(folder, `${randomUUID()}.pdf`), pdf)
    return null
  }
  if (!(await hasQueue(options.deviceName))) return 'Printer settings are invalid: there is no such printer'
  const printing = promisify(execFile)
  const args = [
    ...(options.deviceName ? ['-d', options.deviceName] : []),
    '-n',
    String(options.copies ?? 1),
    '-t',
    title,
    '-',
  ]
  const job = printing('lp', args)
  job.child.stdin?.end(pdf)
  await job
  return null
}
