import { expect, test } from 'vitest'
import {
  BOOKING_STATUSES,
  type BookingState,
  END_NAMES,
  ENDS,
  STATUS,
  stateColumns,
  stateOf,
} from '../../src/base/vocabulary.ts'
import { givenUp, type Standing, standingOf } from '../../src/booking/standing.ts'
import { texts } from '../../templates/text/index.ts'
import { booking, session } from '../templates/fixtures.ts'

const live = BOOKING_STATUSES.filter(
  (status): status is Exclude<typeof status, 'cancelled' | 'lapsed'> => !STATUS[status].over,
)
const STATES: BookingState[] = [...live, ...END_NAMES]

test.each(STATES)('the columns of the state %s are read as that state again', (state) => {
  const columns = stateColumns(state)
  expect(stateOf(columns)).toBe(state)
  expect(columns.ended === null).toBe(!STATUS[columns.status].over)
})

test('a row of an earlier version, which does not say how it ended, still has a state', () => {
  expect(stateOf({ status: 'cancelled', ended: null })).toBe('cancelled')
  expect(stateOf({ status: 'lapsed', ended: null })).toBe('offer_over')
})

const lot = (draw: 'drawn' | 'announced' | null) => session({ acceptance: 'lottery', draw })

test.each<[BookingState, 'won' | 'reserve' | null, ReturnType<typeof session>, Standing]>([
  ['waiting', null, session(), 'waiting'],
  ['waiting', null, lot(null), 'entered'],
  ['waiting', null, lot('drawn'), 'entered'],
  ['waiting', null, lot('announced'), 'waiting'],
  ['waiting', 'reserve', lot('drawn'), 'reserve'],
  ['waiting', 'reserve', lot('announced'), 'reserve'],
  ['offered', null, session(), 'offered'],
  ['offered', 'reserve', lot('announced'), 'offered'],
  ['offered', 'won', lot('announced'), 'won'],
  ['offer_over', 'won', lot('announced'), 'confirm_over'],
  ['offer_over', 'reserve', lot('announced'), 'offer_over'],
  ['session_over', 'reserve', lot('announced'), 'reserve_over'],
  ['session_over', null, lot(null), 'session_over'],
  ['booked', 'won', lot('announced'), 'booked'],
  ['turned_down', null, session(), 'turned_down'],
])('%s, drawn %s, stands as it says', (state, drawn, of, standing) => {
  expect(standingOf({ ...stateColumns(state), drawn }, of)).toBe(standing)
})

test.each([
  [{ status: 'booked' }, 'cancelled'],
  [{ status: 'requested' }, 'withdrawn'],
  [{ status: 'waiting' }, 'left'],
  [{ status: 'waiting', session: lot(null) }, 'withdrawn'],
  [{ status: 'waiting', drawn: 'reserve', session: lot('announced') }, 'withdrawn'],
  [{ status: 'offered' }, 'declined'],
  [{ status: 'offered', drawn: 'won', session: lot('announced') }, 'declined'],
] as const)('who is %o gives up what is %s', (given, what) => {
  expect(givenUp(booking(given))).toBe(what)
})

test.each(['ja', 'en'] as const)('no two standings have the same word, in %s', (locale) => {
  const { standings, over } = texts(locale)
  expect(new Set(Object.values(standings)).size).toBe(Object.keys(standings).length)
  expect(new Set(Object.values(over).map(({ what }) => what)).size).toBe(Object.keys(over).length)
  const ended = Object.keys(over).filter((name) => !Object.hasOwn(ENDS, name))
  expect(ended).toEqual(['confirm_over', 'reserve_over'])
})
