import { assert, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plusMinutes } from '../../src/base/clock.ts'
import { civilTime } from '../../src/base/japan/civil.ts'
import { isOfferTime, offerEnds, offerUntil } from '../../src/waitlist/offer-hours.ts'

const DAY = { from: '08:00', to: '21:00' }
/** A time of day on Wednesday 25 November 2026 in Japan, or this many days later. */
const at = (time: string, days = 0) => plusMinutes(new Date(`2026-11-25T${time}:00+09:00`).toISOString(), days * 1440)

test.each([
  ['08:00', true],
  ['07:59', false],
  ['20:59', true],
  ['21:00', false],
  ['00:00', false],
])('at %s offers may leave: %s', (time, may) => {
  expect(isOfferTime(DAY, at(time))).toBe(may)
})

describe('an offer of 240 minutes', () => {
  test.each([
    ['made in the morning ends the same day', at('09:00'), at('13:00')],
    ['made so that it ends as the night begins', at('17:00'), at('21:00')],
    ['made in the evening stands still at night', at('20:00'), at('11:00', 1)],
    ['made at night would begin in the morning', at('23:30'), at('12:00', 1)],
  ])('%s', (_, now, ends) => {
    expect(offerEnds(DAY, 240, now, null)).toBe(ends)
  })

  test('never outlives the booking deadline', () => {
    expect(offerEnds(DAY, 240, at('13:00'), at('15:00'))).toBe(at('15:00'))
    expect(offerEnds(DAY, 240, at('13:00'), at('15:00', 1))).toBe(at('17:00'))
  })

  test('counts midnight as an end of the day', () => {
    expect(offerEnds({ from: '08:00', to: '24:00' }, 240, at('22:00'), null)).toBe(at('10:00', 1))
    expect(isOfferTime({ from: '00:00', to: '24:00' }, at('00:00'))).toBe(true)
  })
})

test('whenever it is made, an offer has exactly its minutes within the hours, counted one by one', () => {
  assert(
    property(integer({ min: 0, max: 1439 }), integer({ min: 1, max: 2000 }), (minute, minutes) => {
      const now = plusMinutes(at('00:00'), minute)
      const ends = offerEnds(DAY, minutes, now, null)
      let counted = 0
      for (let one = now; one < ends; one = plusMinutes(one, 1)) if (isOfferTime(DAY, one)) counted++
      expect(counted).toBe(minutes)
      expect(civilTime(ends) <= '21:00' && civilTime(ends) > '08:00').toBe(true)
    }),
    { numRuns: 50 },
  )
})

describe('an offer', () => {
  const hours = { offerHours: DAY, offerMinutes: null }
  const until = (
    now: string,
    date: string,
    config: typeof hours | { offerHours: typeof DAY; offerMinutes: number } = hours,
  ) => offerUntil(config, now, { date, deadline: at('15:00', 20) }, (day) => day === '2026-11-27')

  test.each([
    [
      'made more than two days ahead stands to 17:00 of the next business day',
      at('10:00'),
      '2026-11-30',
      at('17:00', 1),
    ],
    ['made before a closed day and a weekend stands to the Monday after', at('10:00', 1), '2026-12-04', at('17:00', 5)],
    ['made two days ahead stands four hours', at('10:00'), '2026-11-27', at('14:00')],
  ])('%s', (_, now, date, ends) => {
    expect(until(now, date)).toBe(ends)
  })

  test('stands as many minutes as OFFER_MINUTES says, if it says any', () => {
    expect(until(at('10:00'), '2026-12-04', { ...hours, offerMinutes: 60 })).toBe(at('11:00'))
  })
})
