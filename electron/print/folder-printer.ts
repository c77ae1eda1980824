import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ok } from '../contract/result.ts'
import type { Printer } from '../ports.ts'

/**
 * A printer whose paper is a folder: each job becomes `print-0001.pdf`, `print-0002.pdf` and so on, with the
 * bytes that a real queue would get. For tests, previews and the walkthrough. `jobId` is the file's name.
 */
export function createFolderPrinter(folder: string): Printer {
  return {
    status: async () => 'ready',
    list: async () => ['Folder'],
    print: async ({ pdf }) => {
      await mkdir(folder, { recursive: true })
      return ok({ jobId: await writeNext(folder, pdf) })
    },
  }
}

/** `wx` makes the number ours: two jobs at once never share a file. */
async function writeNext(folder: string, pdf: Uint8Array): Promise<string> {
  const numbers = (await readdir(folder)).map((name) => Number(/^print-(\d+)\.pdf$/.exec(name)?.[1] ?? 0))
  for (let number = Math.max(0, ...numbers) + 1; ; number += 1) {
    const name = `print-${String(number).padStart(4, '0')}.pdf`
    try {
      await writeFile(join(folder, name), pdf, { flag: 'wx', mode: 0o600 })
      return name
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
