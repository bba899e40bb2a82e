import { expect, test } from 'vitest'
import { atMost, nextTurn } from '../../src/base/turn.ts'

test('at most two run at a time, in their order, and one that fails gives its place on', async () => {
  const inTurn = atMost(2)
  const begun: number[] = []
  let running = 0
  let most = 0
  const run = (i: number) =>
    inTurn(async () => {
      begun.push(i)
      running++
      most = Math.max(most, running)
      await nextTurn()
      running--
      if (i === 1) throw new Error('failed')
      return i
    })
  const done = await Promise.allSettled([0, 1, 2, 3, 4].map(run))
  expect(done.map((one) => one.status === 'fulfilled' && one.value)).toEqual([0, false, 2, 3, 4])
  expect([most, begun]).toEqual([2, [0, 1, 2, 3, 4]])
  expect(await Promise.all([5, 6, 7].map(run))).toEqual([5, 6, 7])
  expect([most, running]).toEqual([2, 0])
})
