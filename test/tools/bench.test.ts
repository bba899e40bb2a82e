import { expect, test } from 'vitest'
import { compare, isUnderAim, type Line, median, type Run, shares, table } from '../../bench/result.ts'

const line = (ours: number[], given: Partial<Line> = {}): Line => ({
  what: 'month page',
  unit: 'a second',
  of: 'bare Hono',
  aim: null,
  ours,
  limit: ours.map(() => 100),
  ...given,
})

const run = (...lines: Line[]): Run => ({
  at: '2026-11-30T00:00:00.000Z',
  commit: 'abc',
  machine: '2 cores',
  seconds: 5,
  rounds: 3,
  bookings: 1000,
  lines,
})

test('the median is the middle value, and the mean of the two in the middle', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([4, 1, 2, 9])).toBe(3)
  expect(median([7])).toBe(7)
  expect(median([])).toBeNaN()
})

test('more of the limit is better, for rates as for times and memory', () => {
  expect(shares(line([50, 200]))).toEqual([0.5, 2])
  expect(shares(line([50, 200], { unit: 'ms' }))).toEqual([2, 0.5])
  expect(shares(line([400], { unit: 'MB' }))).toEqual([0.25])
})

test('each round is measured against the limit of the same round', () => {
  expect(shares(line([50, 100, 25], { limit: [100, 200, 50] }))).toEqual([0.5, 0.5, 0.5])
})

test('a line is under its aim if its median is', () => {
  expect(isUnderAim(line([40, 60, 90], { aim: 0.7 }))).toBe(true)
  expect(isUnderAim(line([40, 70, 90], { aim: 0.7 }))).toBe(false)
  expect(isUnderAim(line([1, 1, 1]))).toBe(false)
})

test('a line became slower if no round reaches the earlier ones and its median fell by a tenth', () => {
  const before = run(line([80, 90, 100]))
  expect(compare(before, run(line([60, 70, 75]))).slower).toEqual([{ what: 'month page', before: 0.9, now: 0.7 }])
  expect(compare(before, run(line([60, 70, 85]))).slower).toEqual([])
  expect(compare(run(line([80, 81, 82])), run(line([77, 78, 79]))).slower).toEqual([])
})

test('a busier machine alone makes nothing slower', () => {
  const before = run(line([80, 90, 100]))
  const now = run(line([8, 9, 10], { limit: [10, 10, 10] }))
  expect(compare(before, now)).toEqual({ slower: [], faster: [], missing: [] })
})

test('a time that grows is slower, and one that shrinks is faster', () => {
  const before = run(line([10, 11, 12], { unit: 'ms' }))
  const now = run(line([20, 21, 22], { unit: 'ms' }))
  expect(compare(before, now).slower.map(({ what }) => what)).toEqual(['month page'])
  expect(compare(now, before).faster.map(({ what }) => what)).toEqual(['month page'])
})

test('a line that only one of two runs has is named', () => {
  const feed = line([1, 1, 1], { what: 'feed' })
  expect(compare(run(line([1, 1, 1])), run(line([1, 1, 1]), feed)).missing).toEqual(['feed'])
  expect(compare(run(line([1, 1, 1]), feed), run(line([1, 1, 1]))).missing).toEqual(['feed'])
})

test('the table shows median, limit, share and aim, and marks what is under it', () => {
  const shown = table([line([30, 50, 1234], { aim: 0.7 }), line([400, 500, 600], { what: 'start', unit: 'ms' })])
  expect(shown.split('\n').slice(2)).toEqual([
    '| month page | 50 a second | bare Hono | 100 a second | **0.50** | 0.30 to 12.3 | ≥ 0.7 |',
    '| start | 500 ms | bare Hono | 100 ms | 0.20 | 0.17 to 0.25 |  |',
  ])
})
