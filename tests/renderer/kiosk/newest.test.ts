import { expect, it } from 'vitest'
import { createNewest } from '../../../renderer/kiosk/newest.ts'

const settled = () => new Promise((done) => setTimeout(done, 0))

it('lets only the answer to the newest question through, in whatever order they come', async () => {
  const newest = createNewest()
  const taken: string[] = []
  const slow = Promise.withResolvers<string>()
  const fast = Promise.withResolvers<string>()
  newest.ask(
    () => slow.promise,
    (answer) => taken.push(answer),
  )
  newest.ask(
    () => fast.promise,
    (answer) => taken.push(answer),
  )
  fast.resolve('for "mor"')
  await settled()
  slow.resolve('for "mo"')
  await settled()
  expect(taken).toEqual(['for "mor"'])
})

it('gives nobody an answer that was forgotten on its way', async () => {
  const newest = createNewest()
  const taken: string[] = []
  const late = Promise.withResolvers<string>()
  newest.ask(
    () => late.promise,
    (answer) => taken.push(answer),
  )
  newest.forget()
  late.resolve('late')
  await settled()
  expect(taken).toEqual([])
})
