import { expect, test } from 'vitest'
import { hasOpenTime, isEntry, isWaitlisted, mostSeatsOfAny } from '../../src/base/seating.ts'
import { BOOKING_STATUSES, STATUS } from '../../src/base/vocabulary.ts'

const NOW = '2026-11-22T01:00:00.000Z'
const LATER = '2026-11-25T06:00:00.000Z'

const slot = (remaining: number | null, closes_at = LATER, capacity: number | null = 1) => {
  return { remaining, closes_at, capacity }
}
const session = (changes: Partial<Parameters<typeof isWaitlisted>[0]> = {}) => {
  return { status: 'open' as const, capacity: 5, closes_at: LATER, slots: [], ...changes }
}

test('a booking that is over holds no place, and nothing may come of it', () => {
  const over = BOOKING_STATUSES.filter((status) => STATUS[status].over)
  expect(over).toEqual(['cancelled', 'lapsed'])
  expect(over.filter((status) => STATUS[status].holds || STATUS[status].live)).toEqual([])
})

test.each([
  ['no slots, the day', session(), 5],
  ['no slots, unlimited', session({ capacity: null }), null],
  ['the largest slot', session({ slots: [slot(1, LATER, 2), slot(1, LATER, 3)] }), 3],
  ['a slot larger than the day', session({ slots: [slot(1, LATER, 9)] }), 5],
  ['an unlimited slot of a limited day', session({ slots: [slot(1, LATER, 2), slot(null, LATER, null)] }), 5],
  [
    'an unlimited slot of an unlimited day',
    session({ capacity: null, slots: [slot(1), slot(null, LATER, null)] }),
    null,
  ],
])('the most people of one booking: %s', (_, one, most) => {
  expect(mostSeatsOfAny(one)).toBe(most)
})

test.each([
  ['open, no slots', session(), true],
  ['few, a slot free', session({ status: 'few', slots: [slot(0), slot(1)] }), true],
  ['open, every slot full', session({ slots: [slot(0)] }), false],
  ['open, the free slot is closed', session({ slots: [slot(0), slot(1, NOW)] }), false],
  ['full', session({ status: 'full' }), false],
  ['closed', session({ status: 'closed', slots: [slot(1)] }), false],
])('a time can be chosen: %s', (_, one, can) => {
  expect(hasOpenTime(one, NOW)).toBe(can)
})

test.each([
  ['full', session({ status: 'full' }), true],
  ['full, but booking is closed', session({ status: 'full', closes_at: NOW }), false],
  ['full, its closing undecided', session({ status: 'full', closes_at: null }), false],
  ['open, a slot full', session({ slots: [slot(0), slot(1)] }), true],
  ['open, the full slot is closed', session({ slots: [slot(0, NOW), slot(1)] }), false],
  ['open, nothing full', session({ slots: [slot(1)] }), false],
  ['closed', session({ status: 'closed', slots: [slot(0)] }), false],
])('a waiting list is offered: %s', (_, one, offered) => {
  expect(isWaitlisted(one, NOW)).toBe(offered)
})

test('a party that waits is an entry until its lottery is announced', () => {
  const waiting = (acceptance: 'first_come' | 'lottery', draw: 'drawn' | 'announced' | null) =>
    isEntry({ status: 'waiting', session: { acceptance, draw } })
  expect([waiting('lottery', null), waiting('lottery', 'drawn')]).toEqual([true, true])
  expect([waiting('lottery', 'announced'), waiting('first_come', null)]).toEqual([false, false])
})
