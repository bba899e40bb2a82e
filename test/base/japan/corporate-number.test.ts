import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { corporateNumber } from '../../../src/base/japan/corporate-number.ts'

const PUBLISHED = ['7000012050002', '2000012020001', '8000012010038', '5000020232114']

test.each(PUBLISHED)('%s, published by the tax agency, is valid', (value) => {
  expect(corporateNumber(value)).toEqual({ ok: true, value })
})

test.each([
  'T7000012050002',
  'Ｔ７００００１２０５０００２',
  ' 7-0000-1205-0002 ',
  '7 0000 1205 0002',
  't7000012050002',
])('%j is read as 7000012050002', (typed) => {
  expect(corporateNumber(typed)).toEqual({ ok: true, value: '7000012050002' })
})

test.each(['1123456789012', '0000000000000', '7000012050003'])('%s has a check digit that does not fit', (typed) => {
  expect(corporateNumber(typed)).toEqual({ ok: false, why: 'check' })
})

test.each(['', '700001205000', '70000120500021', 'TT7000012050002', '7000012O50002', '7000012050002T', '七〇〇〇'])(
  '%j is not thirteen digits',
  (typed) => {
    expect(corporateNumber(typed)).toEqual({ ok: false, why: 'digits' })
  },
)

const base = fc.stringMatching(/^[0-9]{12}$/)

test('exactly one check digit, 1 to 9, fits each twelve digits', () => {
  fc.assert(
    fc.property(base, (twelve) => {
      const fitting = Array.from('0123456789').filter((check) => corporateNumber(check + twelve).ok)
      expect(fitting).toHaveLength(1)
      expect(fitting).not.toContain('0')
    }),
  )
})

test('one wrong digit is noticed, unless it is 0 for 9 or 9 for 0 among the twelve, which never is', () => {
  fc.assert(
    fc.property(base, fc.nat(12), fc.nat(9), (twelve, at, digit) => {
      const right = withCheck(twelve)
      fc.pre(right[at] !== String(digit))
      const wrong = right.slice(0, at) + digit + right.slice(at + 1)
      const confused = at > 0 && ['09', '90'].includes(`${right[at]}${digit}`)
      expect(corporateNumber(wrong).ok).toBe(confused)
    }),
    { numRuns: 2000 },
  )
})

test('every wrong digit in a published number is noticed, bar 0 and 9', () => {
  const missed = PUBLISHED.flatMap((right) =>
    Array.from(right).flatMap((was, at) =>
      Array.from('0123456789')
        .filter((now) => now !== was && corporateNumber(right.slice(0, at) + now + right.slice(at + 1)).ok)
        .map((now) => was + now),
    ),
  )
  expect(new Set(missed)).toEqual(new Set(['09']))
})

function withCheck(twelve: string): string {
  for (let check = 1; check <= 9; check++) if (corporateNumber(check + twelve).ok) return check + twelve
  throw new Error(`no check digit fits ${twelve}`)
}
