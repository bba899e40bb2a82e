import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  civilDate,
  civilTime,
  clockText,
  dateOf,
  daysBetween,
  fiscalYear,
  instantAt,
  isCivilDate,
  isMonth,
  lastDayOf,
  monthGrid,
  monthOf,
  offsetIso,
  weekday,
  weekOf,
} from '../../../src/base/japan/civil.ts'

const day = fc
  .date({ min: new Date('1952-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const time = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))

test('a day of numbers is one that exists', () => {
  expect([dateOf(2028, 2, 29), dateOf(2027, 2, 29), dateOf(2027, 13, 1), dateOf(2027, 1, 0)]).toEqual([
    '2028-02-29',
    null,
    null,
    null,
  ])
})

test('minutes are a time of day, and a month has a last day', () => {
  expect([0, 75, 1439, 1440].map(clockText)).toEqual(['00:00', '01:15', '23:59', '24:00'])
  expect(['2026-12', '2027-02', '2028-02'].map(lastDayOf)).toEqual(['2026-12-31', '2027-02-28', '2028-02-29'])
})

describe('instants and the clock in Japan', () => {
  test.each([
    ['2026-11-27T01:00:00.000Z', '2026-11-27', '10:00', '2026-11-27T10:00:00+09:00'],
    ['2026-11-26T15:00:00.000Z', '2026-11-27', '00:00', '2026-11-27T00:00:00+09:00'],
    ['2026-11-26T14:59:59.999Z', '2026-11-26', '23:59', '2026-11-26T23:59:59+09:00'],
    ['2026-12-31T15:00:00.000Z', '2027-01-01', '00:00', '2027-01-01T00:00:00+09:00'],
    ['2026-03-08T06:30:00.000Z', '2026-03-08', '15:30', '2026-03-08T15:30:00+09:00'],
    ['2026-11-01T05:30:12.345Z', '2026-11-01', '14:30', '2026-11-01T14:30:12+09:00'],
  ])('%s is %s %s', (instant, date, hours, iso) => {
    expect([civilDate(instant), civilTime(instant), offsetIso(instant)]).toEqual([date, hours, iso])
  })

  test('10:00 in Japan is 01:00 UTC, with milliseconds', () => {
    expect(instantAt('2026-11-27', '10:00')).toBe('2026-11-27T01:00:00.000Z')
    expect(instantAt('2026-01-01', '08:59')).toBe('2025-12-31T23:59:00.000Z')
  })

  test('a day and a time survive the way there and back', () => {
    fc.assert(
      fc.property(day, time, (date, hours) => {
        const instant = instantAt(date, hours)
        expect(instant).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000Z$/)
        expect([civilDate(instant), civilTime(instant)]).toEqual([date, hours])
        expect(offsetIso(instant)).toBe(`${date}T${hours}:00+09:00`)
      }),
    )
  })

  test('what is no day or no time is a mistake, not another moment', () => {
    expect(() => instantAt('2026-02-29', '10:00')).toThrow(RangeError)
    expect(() => instantAt('2026-11-27', '24:00')).toThrow(RangeError)
    expect(() => instantAt('2026-11-27', '9:00')).toThrow(RangeError)
    expect(() => civilDate('soon')).toThrow(RangeError)
    expect(() => addDays('2026-11-31', 1)).toThrow(RangeError)
    expect(() => weekday('')).toThrow(RangeError)
    expect(() => monthGrid('2026-13')).toThrow(RangeError)
    expect(() => weekOf('2026-02-30')).toThrow(RangeError)
    expect(() => addMonths('2026-1', 1)).toThrow(RangeError)
  })
})

describe('days', () => {
  test.each([
    ['2026-11-27', 1, '2026-11-28'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2026-03-07', 2, '2026-03-09'],
    ['2026-11-01', 0, '2026-11-01'],
  ])('%s and %i is %s', (date, n, other) => {
    expect(addDays(date, n)).toBe(other)
    expect(daysBetween(date, other)).toBe(n)
  })

  test('adding days and counting them agree', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -5000, max: 5000 }), (date, n) => {
        const other = addDays(date, n)
        expect([daysBetween(date, other), addDays(other, -n), isCivilDate(other)]).toEqual([n, date, true])
        expect(Math.sign(n)).toBe(date < other ? 1 : date > other ? -1 : 0)
        expect(weekday(other)).toBe((((weekday(date) + n) % 7) + 7) % 7)
      }),
    )
  })

  test.each([
    ['2026-11-22', 0],
    ['2020-08-21', 5],
    ['2020-09-26', 6],
    ['2021-01-14', 4],
    ['1969-12-31', 3],
  ])('%s is weekday %i', (date, number) => {
    expect(weekday(date)).toBe(number)
  })

  test.each([
    ['2026-03-31', 2025],
    ['2026-04-01', 2026],
    ['2026-12-31', 2026],
    ['2027-01-01', 2026],
    ['2027-03-31', 2026],
  ])('%s is in fiscal year %i', (date, year) => {
    expect(fiscalYear(date)).toBe(year)
  })

  test('only days that exist, written in full, are days', () => {
    expect(['2026-11-27', '2028-02-29', '2000-02-29'].every(isCivilDate)).toBe(true)
    const others = [
      '',
      '2026-02-29',
      '2100-02-29',
      '2026-02-30',
      '2026-11-31',
      '2026-13-01',
      '2026-00-10',
      '2026-01-00',
    ]
    const badly = [
      '2026-1-1',
      '20261127',
      '2026/11/27',
      '２０２６-11-27',
      '2026-11-27T00:00',
      ' 2026-11-27',
      '2026-11-27\n',
    ]
    expect([...others, ...badly].some(isCivilDate)).toBe(false)
  })
})

describe('months', () => {
  test('only a year and a month from 01 to 12 is a month', () => {
    expect(['2026-01', '2026-12'].every(isMonth)).toBe(true)
    expect(['', '2026-00', '2026-13', '2026-1', '2026-01-01', '2026', '2026-01\n'].some(isMonth)).toBe(false)
  })

  test.each([
    ['2026-11', 1, '2026-12'],
    ['2026-12', 1, '2027-01'],
    ['2026-01', -1, '2025-12'],
    ['2026-11', -23, '2024-12'],
    ['2026-11', 0, '2026-11'],
  ])('%s and %i months is %s', (month, n, other) => {
    expect(addMonths(month, n)).toBe(other)
    expect(addMonths(other, -n)).toBe(month)
  })

  test('November 2026 begins on a Sunday and runs over into December', () => {
    expect(monthGrid('2026-11').map((week) => [week[0], week[6]])).toEqual([
      ['2026-11-01', '2026-11-07'],
      ['2026-11-08', '2026-11-14'],
      ['2026-11-15', '2026-11-21'],
      ['2026-11-22', '2026-11-28'],
      ['2026-11-29', '2026-12-05'],
    ])
  })

  test('February 2026 fills four weeks exactly, and August 2026 needs six', () => {
    expect(monthGrid('2026-02').flat()).toHaveLength(28)
    expect(weekOf('2027-01-01')).toEqual(monthGrid('2027-01')[0])
    expect(monthGrid('2026-08')).toHaveLength(6)
    expect(monthGrid('2026-08')[0]?.[0]).toBe('2026-07-26')
    expect(monthGrid('2026-08')[5]?.[6]).toBe('2026-09-05')
  })

  test('a grid is whole weeks from Sunday, day after day, with every day of its month and no idle week', () => {
    fc.assert(
      fc.property(day, (date) => {
        const month = monthOf(date)
        const weeks = monthGrid(month)
        const days = weeks.flat()
        expect(days).toContain(date)
        expect(days).toEqual(days.map((_, i) => addDays(days[0] ?? '', i)))
        expect(weeks.every((week) => week.length === 7 && weekday(week[0] ?? '') === 0)).toBe(true)
        expect(weeks.every((week) => week.some((each) => monthOf(each) === month))).toBe(true)
        const length = daysBetween(`${month}-01`, `${addMonths(month, 1)}-01`)
        expect(days.filter((each) => monthOf(each) === month)).toHaveLength(length)
      }),
    )
  })
})

test('more days and instants than are remembered are all the same afterwards', () => {
  const at = (n: number) => new Date(Date.UTC(1960, 0, 1) + n * 86_400_000 + 37_000).toISOString()
  const plain = (n: number) => {
    const japan = new Date(Date.parse(at(n)) + 9 * 3_600_000)
    const date = japan.toISOString().slice(0, 10)
    const before = new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10)
    return [date, japan.getUTCDay(), before, new Date(Date.parse(`${date}T15:00:00+09:00`)).toISOString()]
  }
  const ours = (n: number) => {
    const date = civilDate(at(n))
    return [date, weekday(date), addDays(date, -1), instantAt(date, '15:00')]
  }
  const wrong: number[] = []
  for (let round = 0; round < 2; round++) {
    for (let n = 0; n < 22_000; n++) if (ours(n).join() !== plain(n).join()) wrong.push(n)
  }
  expect(wrong).toEqual([])
})
