import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BookingStatus } from '../../../src/base/vocabulary.ts'
import type { Booking } from '../../../src/booking/booking.ts'
import { type BookingWithheld, withheldFrom } from '../../../src/booking/desk/withheld.ts'
import { bookingById } from '../../../src/booking/queries.ts'
import { NOW, type World } from '../../world.ts'
import { booked, forSeminar, mito } from '../fixtures.ts'

let w: World
let made: Booking
beforeAll(async () => {
  w = await mito()
  const found = await bookingById(w.ctx, (await booked(w, forSeminar())).id)
  if (!found) throw new Error('not booked')
  made = found
})
afterAll(() => w.close())

type Changes = Partial<Omit<Booking, 'session'>> & { session?: Partial<Booking['session']> | undefined }

const withheld = (status: BookingStatus, { session = {}, ...changes }: Changes = {}) =>
  withheldFrom({ ...made, status, ...changes, session: { ...made.session, ...session } }, NOW)

const ended = (session: Changes['session'] = {}, changes: Changes = {}) =>
  withheld('cancelled', { ended: 'cancelled_by_desk', status_before: 'booked', ...changes, session })

describe('the page of a booking says why', () => {
  test.each<[BookingWithheld, Changes['session'], Changes]>([
    ['full', { room: 0, remaining: 0 }, {}],
    ['format', { formats: ['phone'] }, {}],
    ['over', { over: true, status: 'held' }, {}],
    ['called_off', { status: 'called_off' }, {}],
    ['offer_over', {}, { status: 'lapsed', ended: 'offer_over', status_before: 'offered' }],
    ['drawn', { acceptance: 'lottery', draw: 'announced' }, { status_before: 'waiting' }],
  ])('its end cannot be taken back: %s', (why, session, changes) => {
    expect(ended(session, changes)).toEqual([['restore', why]])
  })

  test.each<[BookingWithheld, Changes['session']]>([
    ['full', { room: 0, remaining: 0 }],
    ['entry', { acceptance: 'lottery', draw: null }],
  ])('nobody who waits gets a place: %s', (why, session) => {
    expect(withheld('waiting', { session })).toEqual([['promote', why]])
  })

  test('nothing is approved without a day, and nothing moved or cancelled once it is over', () => {
    const former = { date: '2026-12-10', starts_at: NOW, ends_at: NOW }
    expect(withheld('requested', { session: { former } })).toEqual([['approve', 'postponed']])
    expect(withheld('booked', { session: { status: 'held' } })).toEqual([
      ['move', 'over'],
      ['cancel', 'over'],
    ])
  })

  test('nothing while all can be done, and nothing about a person whose data is erased', () => {
    expect([withheld('booked'), withheld('requested'), withheld('waiting'), ended()]).toEqual([[], [], [], []])
    expect(ended({ room: 0, remaining: 0 }, { phone: '', status_before: null })).toEqual([])
  })
})
