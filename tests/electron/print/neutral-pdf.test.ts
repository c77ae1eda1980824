import { expect, test } from 'vitest'
import { withoutTimeOfDay } from '../../../electron/print/neutral-pdf.ts'

test('takes the time of day out of a PDF and moves no byte (PRV-10)', () => {
  const before = Buffer.from(
    "\xff\xfe<</CreationDate (D:20261124063005+00'00')\n/ModDate (D:20261124063006+00'00')>> (D:20261124063007)",
    'latin1',
  )
  const after = Buffer.from(withoutTimeOfDay(before)).toString('latin1')
  expect(after).toBe(
    "\xff\xfe<</CreationDate (D:20261124000000+00'00')\n/ModDate (D:20261124000000+00'00')>> (D:20261124063007)",
  )
  expect(before.toString('latin1')).toContain('063005')
})
