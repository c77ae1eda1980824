import { strict } from './strict.ts'

/** One answer: what Electron's promise would resolve to. `dialog` names the call it answers, when given. */
export type DialogAnswer = { dialog?: string; [member: string]: unknown }

const queue: DialogAnswer[] = JSON.parse(process.env['OPEN_CHAIR_HOST_DIALOGS'] ?? '[]')

/** Puts an answer behind those that wait. */
export function answerDialog(answer: DialogAnswer): void {
  queue.push(answer)
}

function next(dialog: string, asked: unknown): DialogAnswer | null {
  const at = queue.findIndex((answer) => answer.dialog === undefined || answer.dialog === dialog)
  if (at < 0) {
    process.stderr.write(`[host] an unexpected dialog is cancelled: ${dialog} ${JSON.stringify(asked)}\n`)
    return null
  }
  const { dialog: _, ...answer } = queue.splice(at, 1)[0]!
  return answer
}

/** The window may stand before the options. */
const optionsOf = (args: unknown[]): unknown => args.at(-1)

export const dialog = strict('dialog', {
  showOpenDialog: async (...args: unknown[]) => ({
    canceled: false,
    filePaths: [],
    ...(next('showOpenDialog', optionsOf(args)) ?? { canceled: true }),
  }),
  showSaveDialog: async (...args: unknown[]) => ({
    canceled: false,
    filePath: '',
    ...(next('showSaveDialog', optionsOf(args)) ?? { canceled: true }),
  }),
  showMessageBox: async (...args: unknown[]) => {
    const options = optionsOf(args) as { cancelId?: number }
    return { response: options.cancelId ?? 0, checkboxChecked: false, ...next('showMessageBox', options) }
  },
  showErrorBox: (title: string, content: string) => {
    process.stderr.write(`[host] error box: ${title}: ${content}\n`)
  },
})
