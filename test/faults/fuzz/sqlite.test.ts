import { expect, test } from 'vitest'
import { SEED, times } from '../size.ts'
import { fuzzed } from './fuzz.ts'

test('no request is a fault of the server, shows markup, forges a letter, or writes by reading', async () => {
  const { wrong, statuses } = await fuzzed('SQLite', times(6, 50))
  expect(wrong, `FAULT_SEED=${SEED}`).toEqual([])
  for (const status of [200, 303, 400, 401, 403, 404, 409, 415, 422]) expect(statuses).toHaveProperty(String(status))
})
