import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BookingStatus } from '../../src/base/vocabulary.ts'
import { holderActs, promotion, staffActs } from '../../src/booking/acts-for.ts'
import type { Booking } from '../../src/booking/booking.ts'
import { bookingById } from '../../src/booking/queries.ts'
import { NOW, type World } from '../world.ts'
import { booked, forSeminar, mito } from './fixtures.ts'

/** The seminar is on 10 December, 13:00 to 16:00 in Japan. */
const MORNING = '2026-12-10T00:00:00.000Z'
const OVER = '2026-12-10T07:00:00.000Z'
const UNTIL = '2026-11-25T06:00:00.000Z'

let w: World
let made: Booking
beforeAll(async () => {
  w = await mito()
  const found = await bookingById(w.ctx, (await booked(w, forSeminar())).id)
  if (!found) throw new Error('not booked')
  made = found
})
afterAll(() => w.close())

const one = (status: BookingStatus, changes: Partial<Booking> = {}): Booking => ({
  ...made,
  status,
  offer_expires_at: status === 'offered' || status === 'requested' ? UNTIL : null,
  ...changes,
})
const atTheDesk = (booking: Booking, now = NOW) => [...staffActs(booking, now)]
const byItsHolder = (booking: Booking, now = NOW) => [...holderActs(booking, now)]
const over = (booking: Booking): Booking => ({ ...booking, session: { ...booking.session, status: 'held' } })

describe('at the desk', () => {
  test.each<[BookingStatus, string[]]>([
    ['booked', ['move', 'amend', 'cancel', 'correct', 'meeting']],
    ['requested', ['approve', 'turn-down', 'amend', 'cancel', 'correct']],
    ['waiting', ['promote', 'amend', 'cancel', 'correct']],
    ['offered', ['promote', 'amend', 'cancel', 'correct']],
    ['cancelled', []],
    ['lapsed', []],
  ])('a booking that is %s before its day', (status, acts) => {
    expect(atTheDesk(one(status))).toEqual(acts)
  })

  test('people are checked in from the morning of the day, and a slip is mended', () => {
    const marks = (status: BookingStatus) =>
      atTheDesk(one(status), MORNING).filter((act) => act === 'attended' || act === 'absent')
    expect([marks('booked'), marks('attended'), marks('absent')]).toEqual([
      ['attended', 'absent'],
      ['absent'],
      ['attended'],
    ])
    expect(marks('waiting')).toEqual([])
  })

  test('whoever came or did not come is still corrected, and nothing else is sent or moved', () => {
    expect(atTheDesk(over(one('attended')), OVER)).toEqual(['absent', 'unmark', 'correct'])
    expect(atTheDesk(over(one('absent')), OVER)).toEqual(['attended', 'unmark', 'correct'])
    expect(atTheDesk(over(one('booked')), OVER)).toEqual(['attended', 'absent', 'correct'])
  })

  test('a place is given to somebody who waits only if there is room on a day ahead, and never past a draw', () => {
    const { session } = made
    const waits = one('waiting')
    expect(promotion(waits, NOW)).toEqual({ ok: true, slot: null })
    expect(promotion({ ...waits, session: { ...session, room: 0 } }, NOW)).toEqual({ ok: false, why: 'full' })
    expect(promotion({ ...one('offered'), session: { ...session, room: 0 } }, NOW)).toMatchObject({ ok: true })
    const entry = { ...waits, session: { ...session, acceptance: 'lottery' as const } }
    expect(promotion(entry, NOW)).toEqual({ ok: false, why: 'closed' })
    expect(promotion(waits, OVER)).toEqual({ ok: false, why: 'closed' })
  })
})

describe('by the holder of the link', () => {
  test.each<[BookingStatus, string[]]>([
    ['booked', ['move', 'amend', 'cancel', 'erase']],
    ['requested', ['amend', 'cancel', 'erase']],
    ['waiting', ['amend', 'cancel', 'erase']],
    ['offered', ['accept', 'decline', 'amend', 'cancel', 'erase']],
    ['cancelled', ['erase']],
    ['lapsed', ['erase']],
    ['attended', ['erase']],
  ])('a booking that is %s before its day', (status, acts) => {
    expect(byItsHolder(one(status))).toEqual(acts)
  })

  test('an offer that ran out is neither accepted, declined nor cancelled', () => {
    expect(byItsHolder(one('offered'), UNTIL)).toEqual(['erase'])
  })

  test('after the deadline nothing is possible until the day is over, then data may be erased', () => {
    const begun = made.session.cancels_at ?? ''
    expect(byItsHolder(one('booked'), begun)).toEqual([])
    expect(byItsHolder(over(one('booked')), OVER)).toEqual(['erase'])
  })
})
