import { expect, test } from 'vitest'
import { LETTER_KINDS, meaningOf } from '../../src/base/letters.ts'
import { LOCALES } from '../../src/base/locale.ts'
import { texts } from '../../templates/text/index.ts'

test.each(LETTER_KINDS)('a letter (%s) that tells of a change either promises something or ends it', (kind) => {
  const { about, change = false, promise = false, ends = false } = meaningOf(kind)
  // What a desk writes itself tells of no change of ours, and nobody who left needs it.
  expect(promise || ends).toBe(change || kind === 'message')
  expect(promise && ends).toBe(false)
  expect(change && about !== 'booking').toBe(false)
})

test.each(LETTER_KINDS)('a letter (%s) that has a calendar part is about a booking and tells of a change', (kind) => {
  const { about, calendar, change = false } = meaningOf(kind)
  const { toAll } = meaningOf(kind)
  expect([about, change, toAll]).toEqual(calendar === null ? [about, change, undefined] : ['booking', true, toAll])
})

test.each(LOCALES)('every kind of letter has a name in %s', (locale) => {
  expect(Object.keys(texts(locale).letters.kinds).toSorted()).toEqual(LETTER_KINDS.toSorted())
})
