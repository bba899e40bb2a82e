import { expect, test } from 'vitest'
import { withheldFrom } from '../../src/schedule/withheld.ts'

type Facts = Parameters<typeof withheldFrom>[0]

const withheld = (changes: Partial<Facts> = {}, booked = false) =>
  withheldFrom(
    {
      status: 'open',
      over: false,
      formats: ['onsite'],
      formats_before: null,
      suspension: null,
      acceptance: 'first_come',
      draw: null,
      settled: 'time',
      ...changes,
    },
    { booked },
  )

test.each<[string, Partial<Facts>, boolean, ReturnType<typeof withheld>]>([
  ['skipped once somebody is booked', {}, true, [['skip', 'booked']]],
  ['drawn before the deadline', { acceptance: 'lottery' }, false, [['draw', 'not_closed']]],
  [
    'held in person while that is suspended',
    { formats_before: ['onsite'], suspension: 'all' },
    false,
    [['convert-back', 'suspended']],
  ],
  ['held again once its day is over', { status: 'called_off', over: true }, false, [['hold-again', 'over']]],
  ['booked by telephone while it is skipped', { status: 'skipped' }, false, [['enter', 'skipped']]],
  [
    'moved before its hours are set',
    { status: 'undecided', settled: 'date' },
    false,
    [
      ['enter', 'undecided'],
      ['reschedule', 'undecided'],
    ],
  ],
])('the page of a session says why it is not %s', (_, changes, booked, lines) => {
  expect(withheld(changes, booked)).toEqual(lines)
})

test('the page of a session says nothing while all can be done, or once it is over', () => {
  expect([withheld(), withheld({ status: 'held', over: true }, true)]).toEqual([[], []])
})
