import { expect, test } from 'vitest'
import { firstId, newId } from '../../src/base/id.ts'

test('ids begin with their time, and no two are the same, however many are made at once', () => {
  const now = '2026-11-22T01:00:00.000Z'
  const ids = Array.from({ length: 10_000 }, () => newId(now))
  expect(new Set(ids).size).toBe(10_000)
  expect(ids.filter((id) => !/^[0-9a-hjkmnp-tv-z]{26}$/.test(id) || !id.startsWith(firstId(now)))).toEqual([])
  for (let at = 10; at < 26; at++) expect(new Set(ids.map((id) => id[at])).size).toBe(32)
})
