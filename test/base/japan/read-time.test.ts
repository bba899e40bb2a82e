import { expect, test } from 'vitest'
import { readTime, timesIn } from '../../../src/base/japan/read-time.ts'

test.each([
  ['9:00', '09:00'],
  ['09:00', '09:00'],
  ['９：３０', '09:30'],
  ['9時', '09:00'],
  ['９時', '09:00'],
  ['10時半', '10:30'],
  ['10時5分', '10:05'],
  ['10時05分', '10:05'],
  ['13 時 30 分', null],
  ['午前9時', '09:00'],
  ['午後1時', '13:00'],
  ['午後 1時', '13:00'],
  ['午後１：３０', '13:30'],
  ['午後0時30分', '12:30'],
  ['午前0時', '00:00'],
  ['正午', '12:00'],
  ['1pm', null],
  ['1:00pm', '13:00'],
  ['1:00 PM', '13:00'],
  ['9:15 a.m.', '09:15'],
  ['0930', '09:30'],
  ['9:00:00', '09:00'],
  ['23:59', '23:59'],
  // People mean noon or midnight by it.
  ['午後12時', null],
  ['午前12時30分', null],
  ['12:30 pm', null],
  ['午後13時', null],
  ['24:00', null],
  ['10:60', null],
  ['25時', null],
  ['9', null],
  ['9:5', null],
  ['930', null],
  ['9時から', null],
  ['', null],
  ['朝', null],
])('a person who types "%s" means %s', (typed, time) => {
  expect(readTime(typed)).toBe(time)
})

test('several times are separated by spaces, commas or lines; a half of the day stays with its time', () => {
  expect(timesIn(' 9:00、10時半, 午後 1時\n２：００ pm ').map(readTime)).toEqual(['09:00', '10:30', '13:00', '14:00'])
  expect(timesIn('9:00 朝')).toEqual(['9:00', '朝'])
})
