import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createFolderPrinter } from '../../../electron/print/folder-printer.ts'

test('each job becomes the next numbered file, also when many come at once', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'folder-printer-'))
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }))
  const folder = join(parent, 'paper')
  const print = (text: string) =>
    createFolderPrinter(folder).print({
      pdf: Buffer.from(text),
      title: 'Community resources',
      paper: 'letter',
    })

  await print('first')
  const texts = ['a', 'b', 'c', 'd', 'e']
  const outcomes = await Promise.all(texts.map(print))

  expect(outcomes.every((outcome) => outcome.ok)).toBe(true)
  const files = readdirSync(folder).toSorted()
  expect(files).toEqual([1, 2, 3, 4, 5, 6].map((number) => `print-000${number}.pdf`))
  expect(readFileSync(join(folder, files[0]!), 'utf8')).toBe('first')
  const rest = files.slice(1).map((file) => readFileSync(join(folder, file), 'utf8'))
  expect(rest.toSorted()).toEqual(texts)
})
