import { describe, expect, test } from 'vitest'
import { addDays, instantAt, weekday } from '../../src/base/japan/civil.ts'
import { hoursOn, occurrences } from '../../src/planning/series.ts'
import { chosenOf } from '../../src/planning/series-input.ts'

function dates(rule: string, from: string, to: string, changes: { starts_on?: string; until?: string | null } = {}) {
  return occurrences({ starts_on: '2020-08-21', until: null, rule, ...changes }, from, to)
}

describe('the dates of a rule', () => {
  test('weekly on Friday', () => {
    expect(dates('FREQ=WEEKLY;BYDAY=FR', '2026-11-22', '2026-12-18')).toEqual([
      '2026-11-27',
      '2026-12-04',
      '2026-12-11',
      '2026-12-18',
    ])
  })

  test('on the second and fourth Monday', () => {
    const rule = 'FREQ=MONTHLY;BYDAY=2MO,4MO'
    expect(dates(rule, '2020-08-01', '2020-12-31', { starts_on: '2020-08-24' })).toEqual([
      '2020-08-24',
      '2020-09-14',
      '2020-09-28',
      '2020-10-12',
      '2020-10-26',
      '2020-11-09',
      '2020-11-23',
      '2020-12-14',
      '2020-12-28',
    ])
  })

  test('on the 31st, in the months that have one', () => {
    const rule = 'FREQ=MONTHLY;BYMONTHDAY=31'
    expect(dates(rule, '2026-11-01', '2027-05-31', { starts_on: '2026-10-31' })).toEqual([
      '2026-12-31',
      '2027-01-31',
      '2027-03-31',
      '2027-05-31',
    ])
  })

  test('on New Year’s Day, once a year', () => {
    expect(dates('FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1', '2020-08-21', '2023-01-01')).toEqual([
      '2021-01-01',
      '2022-01-01',
      '2023-01-01',
    ])
  })

  test('on 29 February, in leap years', () => {
    expect(dates('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', '2020-08-21', '2032-12-31')).toEqual([
      '2024-02-29',
      '2028-02-29',
      '2032-02-29',
    ])
  })

  test('on the last Friday of the month', () => {
    expect(dates('FREQ=MONTHLY;BYDAY=-1FR', '2026-11-01', '2027-01-31')).toEqual([
      '2026-11-27',
      '2026-12-25',
      '2027-01-29',
    ])
  })

  test('every other week, counted from the first date and not from where one looks', () => {
    const rule = 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR'
    const start = { starts_on: '2026-11-06' }
    expect(dates(rule, '2026-11-01', '2026-12-31', start)).toEqual([
      '2026-11-06',
      '2026-11-20',
      '2026-12-04',
      '2026-12-18',
    ])
    expect(dates(rule, '2026-11-14', '2026-12-31', start)).toEqual(['2026-11-20', '2026-12-04', '2026-12-18'])
  })

  test('both ends of the range count', () => {
    expect(dates('FREQ=WEEKLY;BYDAY=FR', '2026-11-27', '2026-12-04')).toEqual(['2026-11-27', '2026-12-04'])
    expect(dates('FREQ=WEEKLY;BYDAY=FR', '2026-11-28', '2026-12-03')).toEqual([])
    expect(dates('FREQ=WEEKLY;BYDAY=FR', '2026-11-27', '2026-11-27')).toEqual(['2026-11-27'])
  })

  test('none before the series starts, none after it ends', () => {
    const rule = 'FREQ=WEEKLY;BYDAY=FR'
    expect(dates(rule, '2020-01-01', '2020-09-01')).toEqual(['2020-08-21', '2020-08-28'])
    expect(dates(rule, '2026-11-22', '2027-03-01', { until: '2026-12-04' })).toEqual(['2026-11-27', '2026-12-04'])
    expect(dates(rule, '2026-11-22', '2027-03-01', { until: '2026-11-26' })).toEqual([])
    expect(dates(rule, '2020-01-01', '2020-08-20')).toEqual([])
  })

  test('a first date that the rule does not give is not one of them', () => {
    expect(dates('FREQ=WEEKLY;BYDAY=FR', '2026-11-18', '2026-11-30', { starts_on: '2026-11-18' })).toEqual([
      '2026-11-20',
      '2026-11-27',
    ])
  })

  test('an end or a number of times within the rule holds, the last day included', () => {
    const start = { starts_on: '2026-11-06' }
    expect(dates('FREQ=WEEKLY;BYDAY=FR;UNTIL=20261120', '2026-11-01', '2026-12-31', start)).toEqual([
      '2026-11-06',
      '2026-11-13',
      '2026-11-20',
    ])
    expect(dates('FREQ=WEEKLY;BYDAY=FR;COUNT=3', '2026-11-10', '2026-12-31', start)).toEqual([
      '2026-11-13',
      '2026-11-20',
    ])
  })

  test('across the turns of the clock elsewhere no day is lost or doubled', () => {
    // New York turns its clocks on 8 March and 1 November 2026.
    for (const from of ['2026-03-01', '2026-10-25']) {
      const found = dates('FREQ=DAILY', from, addDays(from, 20))
      expect(found).toEqual(Array.from({ length: 21 }, (_, i) => addDays(from, i)))
    }
  })

  test('twelve years of Fridays are Fridays, a week apart', () => {
    const found = dates('FREQ=WEEKLY;BYDAY=FR', '2020-08-21', '2032-08-20')
    expect(found).toHaveLength(627)
    expect(found.every((date, i) => weekday(date) === 5 && date === addDays('2020-08-21', 7 * i))).toBe(true)
  })
})

describe('the hours of a day', () => {
  const none = { starts: null, ends: null, slot_starts: '', slot_minutes: null, slot_capacity: null }

  test('are undecided if the series has none', () => {
    expect(hoursOn(none, '2026-11-27')).toBeNull()
    expect(hoursOn({ ...none, starts: '10:15' }, '2026-11-27')).toBeNull()
  })

  test('are those of the series, in Japan', () => {
    expect(hoursOn({ ...none, starts: '10:15', ends: '16:00' }, '2026-11-27')).toEqual({
      starts_at: '2026-11-27T01:15:00.000Z',
      ends_at: '2026-11-27T07:00:00.000Z',
      slots: [],
    })
  })

  test('run from the first slot to the end of the last', () => {
    const slotted = { ...none, slot_starts: '10:00,15:00', slot_minutes: 50, slot_capacity: 2 }
    expect(hoursOn(slotted, '2026-11-27')).toEqual({
      starts_at: instantAt('2026-11-27', '10:00'),
      ends_at: instantAt('2026-11-27', '15:50'),
      slots: [
        { starts_at: instantAt('2026-11-27', '10:00'), ends_at: instantAt('2026-11-27', '10:50'), capacity: 2 },
        { starts_at: instantAt('2026-11-27', '15:00'), ends_at: instantAt('2026-11-27', '15:50'), capacity: 2 },
      ],
    })
  })

  test('before nine in the morning are the evening before in UTC', () => {
    expect(hoursOn({ ...none, starts: '08:30', ends: '09:30' }, '2027-01-01')).toEqual({
      starts_at: '2026-12-31T23:30:00.000Z',
      ends_at: '2027-01-01T00:30:00.000Z',
      slots: [],
    })
  })
})

test('a rule is shown by choices only if the choices make the same rule', () => {
  expect(chosenOf('FREQ=WEEKLY;BYDAY=FR,TU')).toEqual({ repeat: 'weekly', weekdays: ['TU', 'FR'], nths: [] })
  expect(chosenOf('FREQ=MONTHLY;BYDAY=2MO,-1MO')).toEqual({ repeat: 'monthly', weekdays: ['MO'], nths: ['2', '-1'] })
  expect(chosenOf(null)).toMatchObject({ repeat: 'dates' })
  const others = [
    'FREQ=MONTHLY;BYDAY=TU',
    'FREQ=MONTHLY;BYDAY=1TU,3WE',
    'FREQ=WEEKLY;BYDAY=2MO',
    'FREQ=WEEKLY;BYDAY=FR;COUNT=3',
  ]
  expect(others.map(chosenOf)).toEqual(others.map(() => null))
})
