import { expect, test } from '@playwright/test'
import Database from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { labelsOf } from '../commands/walkthrough/labels.ts'
import { openApp, type HostName } from '../support/app.ts'
import { tryDemonstration } from './setup.ts'

const text = labelsOf('en')
const now = '2026-11-24T15:00:00Z'

let profile: string
let file: string
test.beforeEach(async ({}, testInfo) => {
  profile = mkdtempSync(join(tmpdir(), 'open-chair-resting-'))
  file = join(profile, 'open-chair.db')
  const app = await openApp({ on: testInfo.project.name as HostName, now, profile })
  await tryDemonstration(app)
  await app.close()
})
test.afterEach(() => {
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
})

function digest(): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}

const faults: readonly { readonly name: string; readonly state: string; readonly make: () => void }[] = [
  {
    name: 'a wrong key',
    state: 'wrong_key',
    make: () => {
      writeFileSync(join(profile, 'key'), new Uint8Array(32).fill(7))
    },
  },
  {
    name: 'a lost key',
    state: 'key_unreadable',
    make: () => {
      rmSync(join(profile, 'key'))
    },
  },
  {
    name: 'a file that was cut short',
    state: 'damaged',
    make: () => {
      truncateSync(file, 4096 * 5)
    },
  },
  {
    name: 'a database from the future',
    state: 'newer',
    make: () => {
      const driver = new Database(file)
      driver.pragma("cipher = 'sqlcipher'")
      driver.pragma('legacy = 4')
      const raw = Buffer.concat([Buffer.from('raw:'), readFileSync(join(profile, 'key'))])
      ;(driver as unknown as { key(bytes: Buffer): void }).key(raw)
      driver.pragma('user_version = 9999')
      driver.pragma('wal_checkpoint(TRUNCATE)')
      driver.close()
    },
  },
]

for (const { name, state, make } of faults) {
  test(`${name} leads to a clear screen, and the file stays as it is (KSK-35)`, async ({}, testInfo) => {
    make()
    const before = digest()
    const app = await openApp({ on: testInfo.project.name as HostName, now, profile })
    try {
      // The desk says what happened and what to do.
      await expect(app.desk.getByRole('heading', { name: text('desk.storage.title') })).toBeVisible()
      await expect(app.desk.getByText(text(`desk.storage.${state}`))).toBeVisible()
      // The public screen stays calm: help lines, the front desk, nothing of files or keys.
      await expect(app.kiosk.getByText('988').first()).toBeVisible()
      await expect(app.kiosk.locator('body')).not.toContainText(/database|key|damaged|error/i)
      // Nothing can seem to be stored.
      const refused = await app.kiosk.evaluate(() =>
        window.openChair.invoke('signIns.undo', { undoToken: 'x' }),
      )
      expect(refused).toEqual({ ok: false, code: 'refused' })
    } finally {
      await app.close()
    }
    expect(digest()).toBe(before)
  })
}
