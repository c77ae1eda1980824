// node tests/commands/make-templates.ts: writes our table for clubs and groups, as text and as a workbook.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { templateCsv, templateXlsx } from '../support/templates.ts'

const folder = resolve(import.meta.dirname, '../../resources/templates')
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'open-chair-meetings.csv'), templateCsv())
writeFileSync(join(folder, 'open-chair-meetings.xlsx'), templateXlsx())
