import { describe, expect, test } from 'vitest'
import { faultsOf } from '../../src/base/input.ts'
import { RowInput } from '../../src/intake/decision.ts'
import { DayInput } from '../../src/planning/days/add-day.ts'
import { EditInput } from '../../src/planning/edit-session.ts'
import { SeriesInput } from '../../src/planning/series-input.ts'
import { seriesForm } from './forms.ts'

/** Every form that has slots beside a start and an end. */
const FORMS = {
  'a series': SeriesInput,
  'an edited session': EditInput,
  'a single day': DayInput,
  'a row of a published schedule': RowInput,
}

const read = (name: keyof typeof FORMS, changes: Record<string, unknown>) =>
  FORMS[name].safeParse({ ...seriesForm(), date: '2026-12-16', revision: 0, ...changes })

function faults(name: keyof typeof FORMS, changes: Record<string, unknown>) {
  const { error } = read(name, changes)
  return error ? faultsOf(error) : {}
}

describe.each(Object.keys(FORMS) as (keyof typeof FORMS)[])('the form of %s', (name) => {
  test.each([
    [
      { starts: '9:00', ends: '12:00' },
      { starts: 'slots', ends: 'slots' },
    ],
    [{ starts: '9:00' }, { starts: 'slots' }],
    [{ ends: '12:00' }, { ends: 'slots' }],
    [{}, {}],
    [{ slot_starts: '', starts: '9:00', ends: '12:00' }, {}],
  ])('does not drop a start or an end beside slots: %o', (changes, expected) => {
    expect(faults(name, changes)).toEqual(expected)
  })

  test('reads times as people type them', () => {
    const slots = read(name, { slot_starts: '9時、10時半　午後 1時,１４：３０', closes_at: '正午' })
    expect(slots.data).toMatchObject({ slot_starts: ['09:00', '10:30', '13:00', '14:30'], closes_at: '12:00' })
    const whole = read(name, { slot_starts: '', starts: '午前9時', ends: '午後４時半' })
    expect(whole.data).toMatchObject({ starts: '09:00', ends: '16:30' })
    expect(faults(name, { slot_starts: '', starts: '朝', ends: '午後12時' })).toEqual({
      starts: 'choice',
      ends: 'choice',
    })
    expect(faults(name, { slot_starts: '9時 昼' })).toEqual({ slot_starts: 'choice' })
  })
})
