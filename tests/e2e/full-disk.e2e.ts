import { expect, test } from '@playwright/test'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { labelsOf } from '../commands/walkthrough/labels.ts'
import { settled, touch } from '../commands/walkthrough/screen.ts'
import { openApp, type HostName } from '../support/app.ts'
import { openRecordsOf } from '../support/records-of.ts'
import { tryDemonstration } from './setup.ts'

const text = labelsOf('en')
const canMount = process.platform === 'linux' && process.getuid?.() === 0

test('a full disk during a sign-in says so, keeps the kiosk going and loses nothing (KSK-35)', async ({}, testInfo) => {
  test.skip(!canMount, 'needs to mount a small disk: Linux, as root')
  const disk = mkdtempSync(join(tmpdir(), 'open-chair-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', disk])
  const open = () =>
    openApp({
      on: testInfo.project.name as HostName,
      now: '2026-11-24T15:00:00Z',
      zone: 'America/New_York',
      profile: disk,
    })
  // Opened twice: after the import the log file still has room of its own, a fresh one has none.
  const first = await open()
  await tryDemonstration(first)
  await first.close()
  const app = await open()
  const { kiosk } = app
  const signIn = async () => {
    await settled(kiosk)
    await kiosk
      .getByRole('tabpanel')
      .getByRole('button')
      .filter({ hasText: text('common.kind.peer') })
      .first()
      .click()
    await touch(kiosk, text('kiosk.meeting.signIn'))
    await touch(kiosk, text('kiosk.signIn.confirmCount'))
  }
  const done = kiosk.getByRole('heading', { name: text('kiosk.signIn.doneCountTitle') })
  try {
    await signIn()
    await expect(done).toBeVisible()
    await touch(kiosk, text('kiosk.bar.leave'))

    const filler = join(disk, 'filler')
    const { bavail, bsize } = statfsSync(disk)
    writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize)))
    await signIn()
    await expect(kiosk.getByRole('alert')).toContainText(text('kiosk.signIn.error.storage_full'))
    await expect(done).toHaveCount(0)

    // Room again: the same touch on the same screen works.
    rmSync(filler)
    await touch(kiosk, text('kiosk.signIn.confirmCount'))
    await expect(done).toBeVisible()
    await app.kill()
    const records = openRecordsOf(disk)
    expect(records.driver.prepare('SELECT sum(change) AS people FROM head_count').get()).toEqual({
      people: 2,
    })
    expect(records.driver.pragma('integrity_check', { simple: true })).toBe('ok')
    records.close()
  } finally {
    await app.close()
    execFileSync('umount', ['-l', disk])
    rmSync(disk, { recursive: true, force: true })
  }
})
