import { expect, test } from 'vitest'
import { closureOn, closuresByDate } from '../../src/schedule/closure.ts'
import type { ClosureRow } from '../../src/store/schema.ts'
import { closure } from './fixtures.ts'

const date = '2026-12-29'
const of = (scope: string, state: ClosureRow['state']) => closure({ date, scope, state })
const reason = (rows: ClosureRow[], on = date, prefecture = '08') =>
  closureOn(closuresByDate(rows), on, prefecture)?.id ?? null

test.each([
  ['nothing is written', [], null],
  ['it is proposed for all', [of('all', 'proposed')], 'all-2026-12-29'],
  ['it is confirmed for all', [of('all', 'confirmed')], 'all-2026-12-29'],
  ['it is lifted for all', [of('all', 'lifted')], null],
  ['it is closed here alone', [of('08', 'confirmed')], '08-2026-12-29'],
  ['another prefecture is closed', [of('23', 'confirmed')], null],
  ['it is lifted here and closed for all', [of('all', 'confirmed'), of('08', 'lifted')], null],
  ['it is closed here and lifted for all', [of('08', 'proposed'), of('all', 'lifted')], '08-2026-12-29'],
  [
    'it is lifted in another prefecture and closed for all',
    [of('23', 'lifted'), of('all', 'proposed')],
    'all-2026-12-29',
  ],
])('if %s, Ibaraki is closed or open as it should be', (_, rows, expected) => {
  expect(reason(rows)).toBe(expected)
  expect(reason(rows.toReversed())).toBe(expected)
})

test('a closure is of its own day only', () => {
  const rows = [of('all', 'confirmed')]
  expect(reason(rows, '2026-12-28')).toBeNull()
  expect(reason(rows, '2026-12-30')).toBeNull()
})
