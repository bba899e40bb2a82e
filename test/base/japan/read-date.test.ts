import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../../src/base/japan/civil.ts'
import { readDate, readDates } from '../../../src/base/japan/read-date.ts'

const TODAY = '2026-11-22'

describe('a date is read', () => {
  test.each([
    '2026-12-23',
    '2026/12/23',
    '２０２６／１２／２３',
    '2026.12.23',
    '2026年12月23日',
    '2026年 12月 23日（水）',
    '2026/12/23 0:00',
    '2026/12/23 00:00:00',
    '20261223',
    'R8.12.23',
    'r8/12/23',
    'Ｒ８．１２．２３',
    '令和8年12月23日',
    '令和８年１２月２３日(水曜日)',
    '12/23',
    '12月23日',
    '12-23',
    '12月23日 水曜',
    ' 12月23日（水） ',
  ])('%s', (typed) => {
    expect(readDate(typed, TODAY)).toBe('2026-12-23')
  })

  test.each([
    ['11/22', '2026-11-22'],
    ['10/21', '2027-10-21'],
    ['1月8日', '2027-01-08'],
    ['令和元年5月1日', '2019-05-01'],
    ['H31.4.30', '2019-04-30'],
    ['2026/4/1', '2026-04-01'],
  ])('%s is %s', (typed, date) => {
    expect(readDate(typed, TODAY)).toBe(date)
  })

  test.each([
    '',
    '2026-02-30',
    '12/32',
    '13/1',
    '11/21',
    '10/22',
    '2/29',
    '23',
    '2026',
    '26/12/23',
    '2026-12-23T10:00',
    '12月23日(木)',
    'x',
    '日',
  ])('%j is none', (typed) => {
    expect(readDate(typed, TODAY)).toBeNull()
  })

  test.each([
    ['2/29', '2027-03-01', '2028-02-29'],
    ['2/29', '2028-03-01', null],
    ['12/31', '2027-01-05', null],
    ['1/5', '2027-01-05', '2027-01-05'],
  ])('without a year %s on %s is %s: a day that has just passed needs its year', (typed, today, date) => {
    expect(readDate(typed, today)).toBe(date)
  })

  test('without a year it is the next such day, whatever today is', () => {
    fc.assert(
      fc.property(fc.nat(4000), fc.nat(333), (start, ahead) => {
        const today = addDays('2024-03-01', start)
        const day = addDays(today, ahead)
        const [, month, date] = day.split('-').map(Number)
        expect(readDate(`${month}/${date}`, today)).toBe(day)
      }),
      { numRuns: 50 },
    )
  })
})

test('several dates are read one by one, and what is none stays as it was typed', () => {
  const typed = '2026年12月4日（金）、12/11\nR9.1.8 1/15, soon\n'
  expect(readDates(typed, TODAY)).toBe('2026-12-04, 2026-12-11\n2027-01-08 2027-01-15, soon\n')
})
