import { readFile, writeFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import type { Handlers } from '../contract/calls.ts'
import type { DeskCalls } from '../contract/desk-calls.ts'
import { err, ok } from '../contract/result.ts'

export type TemplateForm = 'csv' | 'xlsx'

/** Opens the system's dialog to save a file, with a name to begin with; null when it was cancelled. */
export type SaveFile = (offered: {
  readonly fileName: string
  readonly form: TemplateForm
}) => Promise<string | null>

export type TemplateOptions = {
  readonly saveFile: SaveFile
  /** Folder with `open-chair-meetings.csv` and `.xlsx`; inside the application's archive when it is packaged. */
  readonly templateFolder: string
}

/** Our empty table, saved where staff choose. The path stays here: the page only gets the file's name. */
export function createTemplateHandlers({
  saveFile,
  templateFolder,
}: TemplateOptions): Pick<Handlers<DeskCalls>, 'feeds.saveTemplate'> {
  return {
    'feeds.saveTemplate': async ({ form }) => {
      const fileName = `open-chair-meetings.${form}`
      const chosen = await saveFile({ fileName, form })
      if (chosen === null) return err('cancelled')
      // Some systems do not add it themselves, and without it no program opens the file.
      const path = extname(chosen).toLowerCase() === `.${form}` ? chosen : `${chosen}.${form}`
      const content = await readFile(join(templateFolder, fileName))
      try {
        await writeFile(path, content)
      } catch {
        return err('storage_failed')
      }
      return ok({ fileName: basename(path) })
    },
  }
}
