import { expect, test } from '@playwright/test'
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const folder = resolve(import.meta.dirname, '../../out/preload')

test('each preload is one file, and all it requires is electron (design: two windows, two preloads)', () => {
  expect(readdirSync(folder).toSorted()).toEqual(['desk.cjs', 'kiosk.cjs'])
  for (const name of ['kiosk', 'desk']) {
    const text = readFileSync(resolve(folder, `${name}.cjs`), 'utf8')
    const required = [...text.matchAll(/\brequire\(\s*(["'`])(.*?)\1\s*\)/g)].map((match) => match[2])
    expect(required, name).toEqual(['electron'])
    expect(text, name).not.toMatch(/\bimport\s*\(|^import /m)
  }
})

test('a preload names the channels of its own window only (PRV-15)', () => {
  const kiosk = readFileSync(resolve(folder, 'kiosk.cjs'), 'utf8')
  expect(kiosk).toContain('"kiosk"')
  expect(kiosk).not.toContain('"desk"')
})
