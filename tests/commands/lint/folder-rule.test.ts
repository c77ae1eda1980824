import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandOf } from '../project.mjs'
import { refusal } from './folder-rule.mjs'

describe('the dependency rule', () => {
  it.each([
    ['electron/contract/models.ts', '../domain/schedule.ts'],
    ['electron/contract/models.ts', 'node:fs'],
    ['electron/domain/day.ts', '../db/meeting-store.ts'],
    ['electron/domain/day.ts', '../ports.ts'],
    ['electron/domain/day.ts', 'node:crypto'],
    ['electron/db/open.ts', '../sync/sync-job.ts'],
    ['electron/db/open.ts', 'electron'],
    ['electron/sync/sync-job.ts', '../handlers/feeds.ts'],
    ['electron/sync/sync-job.ts', '../print/print.ts'],
    ['electron/sync/feeds/fetch.ts', 'better-sqlite3'],
    ['electron/sync/feeds/fetch.ts', 'pg'],
    ['electron/handlers/feeds.ts', 'electron'],
    ['electron/handlers/feeds.ts', '../shell/ipc.ts'],
    ['electron/shell/ipc.ts', '../db/open.ts'],
    ['electron/worker.ts', 'electron'],
    ['electron/kiosk-preload.ts', 'node:fs'],
    ['electron/kiosk-preload.ts', 'zod'],
    ['renderer/kiosk/main.tsx', '../../electron/db/open.ts'],
    ['renderer/kiosk/main.tsx', '../../electron/contract/desk-calls.ts'],
    ['renderer/kiosk/main.tsx', '../desk/main.tsx'],
    ['renderer/ui/button.tsx', '../kiosk/main.tsx'],
    ['renderer/ui/button.tsx', 'node:fs'],
    ['renderer/ui/button.tsx', 'electron'],
  ])('refuses that %s imports %s', (path, specifier) => {
    expect(refusal(path, specifier)).not.toBeNull()
  })

  it.each([
    ['electron/contract/kiosk-calls.ts', 'zod'],
    ['electron/domain/day.ts', '../contract/models.ts'],
    ['electron/domain/day.ts', 'temporal-polyfill'],
    ['electron/db/open.ts', 'better-sqlite3'],
    ['electron/db/open.ts', 'node:fs'],
    ['electron/sync/feeds/fetch.ts', '../sync-job.ts'],
    ['electron/handlers/feeds.ts', '../sync/sync-job.ts'],
    ['electron/shell/ipc.ts', 'electron'],
    ['electron/main.ts', './sync/import-worker.ts?nodeWorker'],
    ['renderer/desk/main.tsx', '../../electron/contract/desk-calls.ts'],
    ['renderer/kiosk/main.tsx', '../ui/button.tsx'],
    ['tests/e2e/day.e2e.ts', '../../electron/db/open.ts'],
  ])('allows that %s imports %s', (path, specifier) => {
    expect(refusal(path, specifier)).toBeNull()
  })
})

describe('lint with the project’s own configuration', () => {
  const root = resolve(import.meta.dirname, '../../..')
  let project = ''
  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), 'open-chair-lint-'))
    cpSync(join(root, '.oxlintrc.json'), join(project, '.oxlintrc.json'))
    cpSync(join(root, 'tests/commands/lint'), join(project, 'tests/commands/lint'), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'), 'junction')
  })
  afterAll(() => rmSync(project, { recursive: true, force: true }))

  function lint(path: string, text: string): string {
    const file = join(project, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    const { stdout } = spawnSync(process.execPath, [commandOf('oxlint', 'oxlint'), path], {
      cwd: project,
      encoding: 'utf8',
    })
    rmSync(file)
    return stdout
  }

  it('finds an import against the rule, also of a type and a dynamic one', () => {
    const found = /open-chair\(folder-rule\)/
    expect(lint('electron/domain/a.ts', "import { x } from '../db/x.ts'\nexport const y = x\n")).toMatch(
      found,
    )
    expect(lint('electron/domain/a.ts', "export type { X } from '../db/x.ts'\n")).toMatch(found)
    expect(lint('electron/domain/a.ts', "export const y = import('../db/x.ts')\n")).toMatch(found)
    expect(lint('electron/domain/a.ts', 'export const y = 1\n')).not.toMatch(found)
  })

  it.each(['Date.now()', 'new Date()', 'Date()', 'Temporal.Now.instant()'])(
    'finds the present read by %s',
    (text) => {
      const source = `export const x = ${text}\n`
      expect(lint('electron/db/a.ts', source)).toMatch(/open-chair\(present-time\)/)
      expect(lint('electron/system.ts', source)).not.toMatch(/open-chair\(present-time\)/)
    },
  )

  it('allows a date made from a given instant', () => {
    expect(lint('electron/db/a.ts', 'export const x = new Date(0)\n')).not.toMatch(/present-time/)
  })

  it('finds a default export in the application', () => {
    expect(lint('renderer/ui/a.ts', 'export default 1\n')).toMatch(/no-default-export/)
  })
})
