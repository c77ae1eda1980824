import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decoded, plainLine, plainText, quoted } from '../../../../electron/sync/feeds/text.ts'

test.each([
  ['plain  text ', 'plain text'],
  ['Tea &amp; coffee', 'Tea & coffee'],
  ['Tea &amp;amp; coffee', 'Tea & coffee'],
  ['one<br>two<BR />three', 'one\ntwo\nthree'],
  ['<p>one</p><p>two</p>', 'one\ntwo'],
  ['<ul><li>a</li><li>b</li></ul>', 'a\nb'],
  ['a &lt;b&gt;bold&lt;/b&gt; word', 'a bold word'],
  ['age < 30 & up', 'age < 30 & up'],
  ['a\t\t b\u00a0c', 'a b c'],
  ['one\r\n\r\n\r\n\r\ntwo', 'one\n\ntwo'],
  ['\t\t\t            ', ''],
  ['cafe\u0301', 'café'],
  ['\u202edesrever\u202c \u200fx\u0007', 'desrever x'],
  ['x<script>alert(1)</script>y', 'xy'],
  ['x<!-- hidden -->y', 'xy'],
  ['see <a href="https://example.org/a">our page</a>', 'see our page (https://example.org/a)'],
  ['<a href="https://www.example.org/">example.org</a>', 'example.org'],
  ['<a href="javascript:alert(1)">click</a>', 'click'],
  ['https://example.org/?a=1&copy=2', 'https://example.org/?a=1&copy=2'],
])('turns %j into %j', (html, text) => {
  expect(plainText(html)).toBe(text)
})

test('decodes entities at most three times', () => {
  expect(decoded('&amp;amp;amp;amp;')).toBe('&amp;')
})

test('puts a name on one line', () => {
  expect(plainLine('Lantern<br>\n Street')).toBe('Lantern Street')
})

test.each([
  ['<<b>script>alert(1)<</b>/script> X', 'X'],
  ['<scr<i>ipt>Y</scr</i>ipt>X', 'X'],
  ['&lt;<u>script>X', ''],
  [`${'<'.repeat(6)}b>i>u>s>p>q>X`, 'X'],
])('no tag is left or made when one inside of it is taken out: %j (SEC-10)', (html, words) => {
  expect(plainText(html)).not.toMatch(/<\/?[a-z]/i)
  if (words !== '') expect(plainText(html)).toContain(words)
})

test('quotes a long value in short', () => {
  expect(quoted('x'.repeat(100))).toBe(`"${'x'.repeat(40)}…"`)
})

test('whatever is put in, no control or direction override is left (SEC-10)', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const text = plainText(value)
      expect(text).not.toMatch(/[[\p{Cc}--\n]\u202a-\u202e\u2066-\u2069]/v)
      expect(text).not.toMatch(/ {2}|\n{3}/)
      expect(text).toBe(text.trim())
      expect(text.isWellFormed()).toBe(true)
    }),
  )
})

test('a note of a million unfinished tags takes no longer than its length (SEC-10)', () => {
  const startedAt = performance.now()
  for (const piece of ['<a ', '<!--', '<script>', '<a href="http://x">', '&amp;', ' \n', '<']) {
    plainText(piece.repeat(300_000))
  }
  expect(performance.now() - startedAt).toBeLessThan(10_000)
})
