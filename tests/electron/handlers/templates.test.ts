import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createTemplateHandlers } from '../../../electron/handlers/templates.ts'

const folder = mkdtempSync(join(tmpdir(), 'open-chair-templates-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const templateFolder = resolve(import.meta.dirname, '../../../resources/templates')

function handlersSavingTo(path: string | null) {
  const offers: unknown[] = []
  const handlers = createTemplateHandlers({
    templateFolder,
    saveFile: async (offered) => {
      offers.push(offered)
      return path
    },
  })
  return { offers, save: (form: 'csv' | 'xlsx') => handlers['feeds.saveTemplate']({ form }) }
}

test.each(['csv', 'xlsx'] as const)('the %s table is saved whole where staff choose', async (form) => {
  const path = join(folder, `our clubs.${form}`)
  const { save, offers } = handlersSavingTo(path)
  expect(await save(form)).toEqual({ ok: true, value: { fileName: `our clubs.${form}` } })
  expect(offers).toEqual([{ fileName: `open-chair-meetings.${form}`, form }])
  expect(readFileSync(path)).toEqual(readFileSync(join(templateFolder, `open-chair-meetings.${form}`)))
})

test('a name without an ending gets one, and another ending is kept before it', async () => {
  expect(await handlersSavingTo(join(folder, 'clubs')).save('xlsx')).toEqual({
    ok: true,
    value: { fileName: 'clubs.xlsx' },
  })
  expect(await handlersSavingTo(join(folder, 'clubs.v2')).save('csv')).toEqual({
    ok: true,
    value: { fileName: 'clubs.v2.csv' },
  })
})

test('cancelling saves nothing and says so', async () => {
  expect(await handlersSavingTo(null).save('csv')).toMatchObject({ ok: false, code: 'cancelled' })
})

test('a place that cannot be written to is said, without its path', async () => {
  const taken = join(folder, 'taken.csv')
  mkdirSync(taken)
  const answer = await handlersSavingTo(taken).save('csv')
  expect(answer).toMatchObject({ ok: false, code: 'storage_failed' })
  expect(JSON.stringify(answer)).not.toContain(folder)
})
