import { expect, test } from 'vitest'
import { eraYear, yearOfEra } from '../../../src/base/japan/era.ts'

test.each([
  ['2026-11-27', '令和8年'],
  ['2020-08-21', '令和2年'],
  ['2020-01-01', '令和2年'],
  ['2019-12-31', '令和元年'],
  ['2019-05-01', '令和元年'],
  ['2019-04-30', '平成31年'],
  ['1990-01-01', '平成2年'],
  ['1989-01-08', '平成元年'],
  ['1989-01-07', '昭和64年'],
  ['1926-12-25', '昭和元年'],
  ['1926-12-24', '大正15年'],
])('%s is in %s', (date, year) => {
  expect(eraYear(date)).toBe(year)
})

test.each([
  ['令和', '8', 2026],
  ['R', '元', 2019],
  ['平成', '31', 2019],
  ['h', '1', 1989],
  ['昭和', '元', 1926],
])('%s %s is %i', (era, year, western) => {
  expect(yearOfEra(era, year)).toBe(western)
})
