import { expect, test } from 'vitest'
import { daysOf, PERIODS } from '../../../src/base/japan/period.ts'

test.each([
  ['2026-11-22', ['2026-11-22', '2026-11-22'], ['2026-11-22', '2026-11-28'], ['2026-11-29', '2026-12-05']],
  ['2026-11-28', ['2026-11-28', '2026-11-28'], ['2026-11-22', '2026-11-28'], ['2026-11-29', '2026-12-05']],
] as const)('a period moves with the day: %s', (today, day, week, next) => {
  const days = (period: (typeof PERIODS)[number]) => Object.values(daysOf(period, today))
  expect([days('today'), days('week'), days('next_week')]).toEqual([day, week, next])
})

test('months keep to their ends, over the end of a year too', () => {
  const days = (today: string) => PERIODS.slice(4).map((period) => Object.values(daysOf(period, today)))
  expect(days('2026-12-31')).toEqual([
    ['2026-12-01', '2026-12-31'],
    ['2027-01-01', '2027-01-31'],
    ['2026-11-01', '2026-11-30'],
  ])
  expect(daysOf('next_month', '2028-01-31')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
  expect(daysOf('tomorrow', '2026-12-31')).toEqual({ from: '2027-01-01', to: '2027-01-01' })
})
