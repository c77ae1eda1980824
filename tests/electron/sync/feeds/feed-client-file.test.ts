import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFeedClient } from '../../../../electron/sync/feeds/feed-client.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'open-chair-files-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function read(path: string, onProgress: (bytes: number) => void = () => undefined) {
  return createFeedClient().fetch({ from: 'file', path }, onProgress)
}

test('reads a file whole and says where it came from', async () => {
  const path = join(folder, 'club calendar.ics')
  writeFileSync(path, 'BEGIN:VCALENDAR')
  const seen: number[] = []
  const result = await read(path, (bytes) => seen.push(bytes))
  expect(result).toMatchObject({ ok: true, value: { changed: true, origin: path, etag: null } })
  expect(result.ok && result.value.changed && Buffer.from(result.value.bytes).toString()).toBe(
    'BEGIN:VCALENDAR',
  )
  expect(seen).toEqual([15])
  expect(await read(pathToFileURL(path).href)).toMatchObject({ ok: true })
})

test('gives an empty file as it is; that it is empty is for its reader to say', async () => {
  const path = join(folder, 'empty.json')
  writeFileSync(path, '')
  expect(await read(path)).toMatchObject({
    ok: true,
    value: { bytes: expect.objectContaining({ length: 0 }) },
  })
})

test('says when there is no file', async () => {
  expect(await read(join(folder, 'none.json'))).toMatchObject({ ok: false, code: 'file_not_found' })
  writeFileSync(join(folder, 'a.json'), '[]')
  expect(await read(join(folder, 'a.json', 'b.json'))).toMatchObject({ ok: false, code: 'file_not_found' })
  symlinkSync(join(folder, 'gone'), join(folder, 'link'))
  expect(await read(join(folder, 'link'))).toMatchObject({ ok: false, code: 'file_not_found' })
  expect(await read('a\0b')).toMatchObject({ ok: false, code: 'file_not_found' })
})

test('does not read a folder, and never waits at a pipe', async () => {
  expect(await read(folder)).toMatchObject({ ok: false, code: 'file_unreadable' })
  const pipe = join(folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  expect(await read(pipe)).toMatchObject({ ok: false, code: 'file_unreadable' })
})

test.skipIf(process.getuid?.() === 0)('says when a file may not be read', async () => {
  const path = join(folder, 'closed.json')
  writeFileSync(path, '[]')
  chmodSync(path, 0)
  expect(await read(path)).toMatchObject({ ok: false, code: 'file_unreadable' })
})

test('refuses a file of a gigabyte by its size, without reading it', async () => {
  const path = join(folder, 'huge.json')
  writeFileSync(path, '')
  truncateSync(path, 2 ** 30)
  const seen: number[] = []
  const started = performance.now()
  expect(await read(path, (bytes) => seen.push(bytes))).toMatchObject({ ok: false, code: 'too_large' })
  expect(seen).toEqual([])
  expect(performance.now() - started).toBeLessThan(1_000)
})

test('does not take a file that grows while it is read', async () => {
  const path = join(folder, 'growing.json')
  writeFileSync(path, Buffer.alloc(3_000_000, 32))
  let more = true
  const result = await read(path, () => {
    if (more) appendFileSync(path, '[]')
    more = false
  })
  expect(result).toMatchObject({ ok: false, code: 'file_unreadable' })
})

test('does not take a file that is cut while it is read', async () => {
  const path = join(folder, 'shrinking.json')
  writeFileSync(path, Buffer.alloc(3_000_000, 32))
  const result = await read(path, () => truncateSync(path, 10))
  expect(result).toMatchObject({ ok: false, code: 'file_unreadable' })
})
