import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { defaultSizes, parseBenchArguments } from './arguments.ts'

test('measures all four sizes unless told', () => {
  expect(parseBenchArguments([])).toEqual({ ok: true, value: { sizes: [...defaultSizes], out: null } })
})

test('takes sizes and a file, with a space or an equals sign between', () => {
  const value = { sizes: [500, 5000], out: 'a=b.json' }
  expect(parseBenchArguments(['--sizes', '500,5000', '--out', 'a=b.json'])).toEqual({ ok: true, value })
  expect(parseBenchArguments(['--sizes=500,5000', '--out=a=b.json'])).toEqual({ ok: true, value })
})

test.each([
  [['--size', '500'], '--size is not an option.'],
  [['500'], '500 is not an option.'],
  [['--sizes'], '--sizes needs a value.'],
  [['--sizes='], '--sizes needs a value.'],
  [['--out', '--sizes'], '--out needs a value.'],
  [['--sizes', '500', '--sizes', '600'], '--sizes stands twice.'],
  [['--sizes', '500,500'], 'The size 500 stands twice.'],
  [['--sizes', '500,'], '--sizes takes whole numbers from 100 to 100000; "" is none.'],
  [['--sizes', '99'], '--sizes takes whole numbers from 100 to 100000; "99" is none.'],
  [['--sizes', '100001'], '--sizes takes whole numbers from 100 to 100000; "100001" is none.'],
  [['--sizes', '5e3'], '--sizes takes whole numbers from 100 to 100000; "5e3" is none.'],
  [['--sizes', '500.5'], '--sizes takes whole numbers from 100 to 100000; "500.5" is none.'],
])('says what is wrong with %j', (words, detail) => {
  expect(parseBenchArguments(words)).toEqual({ ok: false, code: 'usage', detail })
})

test('ends with 2, says why and prints no table when the arguments are wrong', () => {
  const file = resolve(import.meta.dirname, 'bench.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, '--sizes', 'many'], {
    encoding: 'utf8',
  })
  expect(status).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toContain('"many" is none.')
  expect(stderr).toContain('Usage: npm run bench')
})
