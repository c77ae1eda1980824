import { expect, it } from 'vitest'
import { otherLists } from '../../../renderer/kiosk/other-lists.ts'

it('names each other list once, never the own one, and no file', () => {
  const alsoIn = [
    { source: 'Families United', key: '1' },
    { source: 'Families United', key: '2' },
    { source: 'The county', key: '3' },
    { source: 'clients-of-doctor-jones.csv', key: '4', isFile: true },
  ] as const
  expect(otherLists({ alsoIn }, 'The county')).toEqual(['Families United'])
  expect(otherLists({}, null)).toEqual([])
})
