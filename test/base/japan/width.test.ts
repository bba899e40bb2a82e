import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { narrow } from '../../../src/base/japan/width.ts'

const anything = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) })

test.each([
  ['０２９－０００－００００', '029-000-0000'],
  ['029−000‐0000', '029-000-0000'],
  ['029‑000‒0000', '029-000-0000'],
  ['029–000—0000', '029-000-0000'],
  ['029―000ー0000', '029-000-0000'],
  ['029ｰ000﹣0000', '029-000-0000'],
  ['　１２　', '12'],
  ['１０：１５', '10:15'],
  ['（０２９）', '(029)'],
  ['Ｔ７０００', 'T7000'],
])('%s is read as %s', (typed, read) => {
  expect(narrow(typed)).toBe(read)
})

test('narrowing twice is narrowing once', () => {
  fc.assert(
    fc.property(anything, (text) => {
      expect(narrow(narrow(text))).toBe(narrow(text))
    }),
  )
})
