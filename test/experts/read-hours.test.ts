import { expect, test } from 'vitest'
import { fitTogether, readHours, writeHours } from '../../src/experts/read-hours.ts'

test.each([
  '10:00-12:00, 13:00-17:00',
  '10:00〜12:00、13:00〜17:00',
  '１０：００～１２：００　１３：００～１７：００',
  '10時〜12時、13時から17時まで',
  '10:00 – 12:00\n13:00 — 17:00',
])('the hours of a day are read however they are typed: %j', (text) => {
  expect(writeHours(readHours(text) ?? [])).toBe('10:00-12:00, 13:00-17:00')
})

test('an early hour and half an hour are read; nothing is no hours', () => {
  expect(readHours('9:00-10時半')).toEqual([{ starts: '09:00', ends: '10:30' }])
  expect(readHours('午後1時〜午後5時半、正午から１４：００まで')).toEqual([
    { starts: '13:00', ends: '17:30' },
    { starts: '12:00', ends: '14:00' },
  ])
  expect([readHours(''), readHours('　')]).toEqual([[], []])
})

test.each(['10:00', '10:00-25:00', '午前', '10-12', '10:00-12:00-13:00', '10:00-12:00, なし'])(
  'what is no range of hours is not read: %j',
  (text) => {
    expect(readHours(text)).toBe(null)
  },
)

test('hours of a day end after they start and do not overlap, in any order', () => {
  const [early, late, over] = ['09:00-12:00', '13:00-17:00', '11:00-13:30'].map((text) => readHours(text)?.[0])
  if (!early || !late || !over) throw new Error('not read')
  expect([
    fitTogether([]),
    fitTogether([late, early]),
    fitTogether([early, { starts: '12:00', ends: '13:00' }]),
  ]).toEqual([true, true, true])
  expect([fitTogether([over, early]), fitTogether([early, early]), fitTogether([{ starts: '12:00', ends: '12:00' }])])
    // One that takes no time is none.
    .toEqual([false, false, false])
})
