import { describe, expect, it } from 'vitest'
import { placeBeside } from '../../../renderer/kiosk/place-beside.ts'

describe('a place above its address', () => {
  it('does not say the street and the town twice', () => {
    expect(
      placeBeside(
        '7109 Club (D31), 7109 West Chester Pike, Upper Darby',
        '7109 West Chester Pike, Upper Darby, PA 19082, USA',
      ),
    ).toBe('7109 Club (D31)')
  })

  it('keeps what the address does not say', () => {
    expect(placeBeside('Town Hall, Elm St, rear door', 'Elm St, Ely')).toBe('Town Hall, Elm St, rear door')
    expect(placeBeside('Union Hall', null)).toBe('Union Hall')
  })

  it('stays whole where the address says all of it', () => {
    expect(placeBeside('1937 West Elm St, Chester', '1937 West Elm St, Chester, PA')).toBe(
      '1937 West Elm St, Chester',
    )
  })
})
