import { expect, test } from 'vitest'
import { settledHours } from '../../src/base/hours.ts'

const [starts_at, ends_at] = ['2026-11-27T01:15:00.000Z', '2026-11-27T07:00:00.000Z']

test('hours are settled once both the start and the end are known', () => {
  expect(settledHours({ starts_at, ends_at })).toEqual({ starts_at, ends_at })
  for (const open of [{ starts_at: null }, { ends_at: null }, { starts_at: null, ends_at: null }]) {
    expect(settledHours({ starts_at, ends_at, ...open })).toBeNull()
  }
})
