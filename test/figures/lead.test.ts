import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { LEADS, leadTime } from '../../src/figures/lead.ts'

const none = Object.fromEntries(LEADS.map((band) => [band, 0]))

test.each([
  [[], null, {}],
  [[[0, 1]], 0, { '0': 1 }],
  [[[-3, 2]], 0, { '0': 2 }],
  [
    [
      [1, 1],
      [3, 1],
    ],
    2,
    { '1-3': 2 },
  ],
  [
    [
      [4, 1],
      [7, 1],
      [8, 1],
    ],
    7,
    { '4-7': 2, '8-14': 1 },
  ],
  [
    [
      [14, 1],
      [15, 1],
      [30, 1],
      [31, 9],
    ],
    31,
    { '8-14': 1, '15-30': 2, '31+': 9 },
  ],
] as [[number, number][], number | null, Record<string, number>][])('%j has the median %s', (days, median, bands) => {
  const given = days.map(([one, bookings]) => ({ days: one, bookings }))
  expect(leadTime(given)).toEqual({ median, bands: { ...none, ...bands } })
})

test('the median is that of all applications one by one, and every one is in a band', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 40 }), (all) => {
      const counts = Map.groupBy(all, (one) => one)
      const { median, bands } = leadTime([...counts].map(([days, some]) => ({ days, bookings: some.length })))
      const sorted = all.toSorted((a, b) => a - b)
      const middle = [sorted[Math.floor((all.length - 1) / 2)] ?? 0, sorted[Math.floor(all.length / 2)] ?? 0]
      expect(median).toBe(((middle[0] ?? 0) + (middle[1] ?? 0)) / 2)
      expect(Object.values(bands).reduce((sum, one) => sum + one, 0)).toBe(all.length)
    }),
  )
})
