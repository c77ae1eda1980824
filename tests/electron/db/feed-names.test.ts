import { expect, test } from 'vitest'
import { publicFeedName } from '../../../electron/db/feed-rows.ts'

test.each([
  ['a-list-2021.json', 'file:///lists/a-list-2021.json', null],
  ['a-list-2021.json', '/lists/a-list-2021.json', null],
  ['a-list-2021.json', 'C:\\lists\\a-list-2021.json', null],
  ['a list.json', 'file:///lists/a%20list.json', null],
  ['Central Office', 'file:///lists/a-list-2021.json', 'Central Office'],
  ['aa.example.org', 'https://aa.example.org/meetings.json', 'aa.example.org'],
  ['', '', null],
])('visitors see no bare file name: %j from %j', (name, address, shown) => {
  expect(publicFeedName(name, address)).toBe(shown)
})
