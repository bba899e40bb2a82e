import { array, assert, constantFrom, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, type CivilDate, weekday } from '../../../src/base/japan/civil.ts'
import { inNextYear } from '../../../src/base/japan/next-year.ts'

const nth = (date: CivilDate) => Math.ceil(Number(date.slice(8)) / 7)
const years = integer({ min: 2019, max: 2060 })
const daysOf = (year: number) => {
  const days: CivilDate[] = []
  for (let date = `${year}-04-01`; date <= `${year + 1}-03-31`; date = addDays(date, 1)) days.push(date)
  return days
}

test.each([
  ['1 April stays in April', 2027, ['2026-04-01'], ['2027-04-07']],
  ['31 March stays in March', 2027, ['2027-03-31'], ['2028-03-29']],
  ['a first Monday', 2027, ['2026-06-01'], ['2027-06-07']],
  ['first Mondays', 2027, ['2026-06-01', '2026-07-06', '2026-08-03'], ['2027-06-07', '2027-07-05', '2027-08-02']],
  [
    'second and fourth Mondays, though some are left out',
    2021,
    ['2020-08-24', '2020-09-14', '2020-10-12', '2020-10-26', '2020-11-09', '2020-12-14'],
    ['2021-08-23', '2021-09-13', '2021-10-11', '2021-10-25', '2021-11-08', '2021-12-13'],
  ],
  ['last Fridays', 2027, ['2026-10-30', '2026-11-27', '2026-12-25'], ['2027-10-29', '2027-11-26', '2027-12-31']],
  ['weeks that follow no month', 2027, ['2026-11-27', '2027-01-15'], ['2027-11-26', '2028-01-14']],
  ['two weeks at the border', 2027, ['2026-04-01', '2026-04-08'], ['2027-04-07', '2027-04-14']],
  ['nothing', 2027, [], []],
])('%s', (_, year, dates, expected) => {
  expect(inNextYear(dates, year)).toEqual(expected)
})

test('whatever is listed keeps its weekdays, stays in the year, and is never more than it was', () => {
  assert(
    property(years, array(integer({ min: 0, max: 364 }), { maxLength: 60 }), (year, picks) => {
      const days = daysOf(year)
      const dates = [...new Set(picks)].map((i) => days[i] ?? '').toSorted()
      const next = inNextYear(dates, year + 1)
      expect(next).toEqual([...new Set(next)].toSorted())
      expect(next.every((date) => date >= `${year + 1}-04-01` && date <= `${year + 2}-03-31`)).toBe(true)
      expect(next.length).toBeLessThanOrEqual(dates.length)
      expect(new Set(next.map(weekday))).toEqual(new Set(dates.map(weekday)))
    }),
    { numRuns: 100 },
  )
})

test('the nth weekdays of any months of any year are the same nth weekdays of the same months', () => {
  assert(
    property(years, integer({ min: 0, max: 6 }), constantFrom(1, 2, 3, 4), (year, day, n) => {
      const dates = daysOf(year).filter((date) => weekday(date) === day && nth(date) === n)
      const next = inNextYear(dates, year + 1)
      expect(next).toEqual(daysOf(year + 1).filter((date) => weekday(date) === day && nth(date) === n))
    }),
    { numRuns: 100 },
  )
})

test('every week of any year is every week of the next', () => {
  assert(
    property(years, integer({ min: 0, max: 6 }), (year, day) => {
      const weeks = (of: number) => daysOf(of).filter((date) => weekday(date) === day)
      const next = inNextYear(weeks(year), year + 1)
      // A year of 52 such days cannot fill one of 53.
      expect(next).toEqual(weeks(year + 1).slice(0, next.length))
      expect(next.length).toBe(Math.min(weeks(year).length, weeks(year + 1).length))
    }),
    { numRuns: 100 },
  )
})
