import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, civilDate, civilTime, instantAt, weekday } from '../../src/base/japan/civil.ts'
import { proposedClosure } from '../../src/base/japan/holiday.ts'
import {
  DEFAULT_CANCELS,
  DEFAULT_CLOSES,
  type Deadline,
  deadlineAt,
  deadlineText,
  parseDeadline,
} from '../../src/schedule/deadline.ts'

const isClosed = (date: string) => proposedClosure(date) !== null

/** The deadline for a start at 10:00 on a date, as a clock in Japan shows it. */
function shown(deadline: Deadline, date: string, time = '10:00'): string {
  const at = deadlineAt(deadline, { date, starts_at: instantAt(date, time) }, isClosed)
  return `${civilDate(at)} ${civilTime(at)}`
}

const time = fc.tuple(fc.nat(23), fc.nat(59)).map((parts) => parts.map((n) => String(n).padStart(2, '0')).join(':'))
const deadline: fc.Arbitrary<Deadline> = fc.oneof(
  fc.record({ shape: fc.constant('hours' as const), hours: fc.nat(1000) }),
  fc.record({ shape: fc.constantFrom('days' as const, 'business_days' as const), days: fc.nat(40), at: time }),
)

describe('business days before', () => {
  test.each([
    ['2026-11-27', '2026-11-26', 'a Friday closes on Thursday'],
    ['2026-11-24', '2026-11-20', 'Monday is a holiday and the weekend does not count'],
    ['2026-11-30', '2026-11-27', 'a Monday closes on Friday'],
    ['2027-01-05', '2027-01-04', 'the first working Monday after New Year counts'],
    ['2027-01-04', '2026-12-28', 'the days from 29 December to 3 January do not count'],
    ['2026-01-05', '2025-12-26', 'a weekend before and after the days of New Year does not count either'],
    ['2026-05-07', '2026-05-01', 'the substitute holiday at the end of Golden Week does not count'],
    ['2026-09-24', '2026-09-18', 'three holidays in a row and a weekend do not count'],
    ['2027-04-01', '2027-03-31', 'a year of the programme is no border'],
  ])('one day before %s is %s: %s', (date, day) => {
    expect(shown(DEFAULT_CLOSES, date)).toBe(`${day} 15:00`)
  })

  test.each([
    [0, '2026-11-27'],
    [1, '2026-11-26'],
    [2, '2026-11-25'],
    [3, '2026-11-24'],
    [4, '2026-11-20'],
    [9, '2026-11-13'],
  ])('%d days before Friday 27 November is %s', (days, day) => {
    expect(shown({ shape: 'business_days', days, at: '12:00' }, '2026-11-27')).toBe(`${day} 12:00`)
  })

  test('a closure of the house counts like a holiday', () => {
    const start = { date: '2026-11-27', starts_at: instantAt('2026-11-27', '10:00') }
    const at = deadlineAt(DEFAULT_CLOSES, start, (date) => date === '2026-11-26' || isClosed(date))
    expect(at).toBe(instantAt('2026-11-25', '15:00'))
  })

  test('the deadline is a working day with exactly so many working days from it to the start', () => {
    const day = fc.nat(4000).map((n) => addDays('2021-01-04', n))
    const works = (date: string) => weekday(date) !== 0 && weekday(date) !== 6 && !isClosed(date)
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 30 }), (date, days) => {
        const closes = shown({ shape: 'business_days', days, at: '15:00' }, date).slice(0, 10)
        expect(works(closes)).toBe(true)
        let count = 0
        for (let one = closes; one < date; one = addDays(one, 1)) if (works(one)) count++
        expect(count).toBe(days)
      }),
    )
  })
})

describe('days before', () => {
  test.each([
    [2, '17:00', '2026-11-27', '2026-11-25 17:00'],
    [0, '09:00', '2026-11-27', '2026-11-27 09:00'],
    [1, '15:00', '2026-11-24', '2026-11-23 15:00'],
    [7, '00:00', '2026-12-04', '2026-11-27 00:00'],
    [1, '23:59', '2027-01-01', '2026-12-31 23:59'],
    [1, '12:00', '2028-03-01', '2028-02-29 12:00'],
  ])('%d days at %s before %s is %s, holidays counted', (days, at, date, expected) => {
    expect(shown({ shape: 'days', days, at }, date)).toBe(expected)
  })
})

describe('hours before', () => {
  test.each([
    [24, '10:00', '2026-11-26 10:00'],
    [24, '15:00', '2026-11-26 15:00'],
    [0, '10:00', '2026-11-27 10:00'],
    [2, '10:15', '2026-11-27 08:15'],
    [11, '10:00', '2026-11-26 23:00'],
    [96, '10:00', '2026-11-23 10:00'],
  ])('%d hours before a slot at %s is %s, whatever days lie between', (hours, starts, expected) => {
    expect(shown({ shape: 'hours', hours }, '2026-11-27', starts)).toBe(expected)
  })
})

test('unless set otherwise booking closes one business day before at 15:00, cancelling at the start', () => {
  expect(deadlineText(DEFAULT_CLOSES)).toBe('business_days:1@15:00')
  expect(deadlineText(DEFAULT_CANCELS)).toBe('hours:0')
})

test('a deadline is never after what it is for, if it is whole days or hours before', () => {
  const day = fc.nat(4000).map((n) => addDays('2021-01-04', n))
  fc.assert(
    fc.property(day, deadline, (date, one) => {
      const starts_at = instantAt(date, '10:00')
      const at = deadlineAt(one, { date, starts_at }, isClosed)
      const sameDay = one.shape !== 'hours' && one.days === 0
      expect(sameDay ? civilDate(at) === date : at <= starts_at).toBe(true)
    }),
  )
})

test('a row keeps a deadline of any shape as it was', () => {
  fc.assert(
    fc.property(deadline, (one) => {
      expect(parseDeadline(deadlineText(one))).toEqual(one)
    }),
  )
})

test.each(['', 'hours:', 'hours:-1', 'hours:1.5', 'days:1', 'days:1@9:00', 'weeks:1@15:00', 'business_days:1@15:00 '])(
  '%j is not a deadline',
  (text) => {
    expect(() => parseDeadline(text)).toThrow('not a deadline')
  },
)
