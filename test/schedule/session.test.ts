import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instantAt } from '../../src/base/japan/civil.ts'
import { isBookable, mostSeats } from '../../src/base/seating.ts'
import { SESSION_STATUSES, type SessionStatus } from '../../src/base/vocabulary.ts'
import { closuresByDate } from '../../src/schedule/closure.ts'
import { type SessionRead, sessionOf } from '../../src/schedule/read-session.ts'
import { applyColumns } from '../../src/schedule/session.ts'
import type { ClosureRow, SlotRow } from '../../src/store/schema.ts'
import { NOW } from '../world.ts'
import { closure, desk } from './fixtures.ts'

const at = (time: string) => instantAt('2026-11-27', time)

function slot(time: string, changes: Partial<SlotRow> = {}): SlotRow {
  const starts_at = at(time)
  const ends_at = new Date(Date.parse(starts_at) + 50 * 60_000).toISOString()
  return {
    id: `mito-${time.replace(':', '')}`,
    session: 'mito',
    starts_at,
    ends_at,
    capacity: 2,
    seats_taken: 0,
    excess: 0,
    ...changes,
  }
}

/** Friday 27 November 2026 in Mito, 10:00 to 15:50, five people a day; no slots unless given. */
function row(changes: Partial<SessionRead> = {}): SessionRead {
  return {
    id: 'mito',
    uid: 'uid',
    kind: 'consultation',
    request: null,
    series: null,
    occurrence: null,
    programme: 'fy2026',
    desk: 'mito',
    venue: null,
    prefecture: '08',
    title_ja: '相談会',
    title_en: 'Consultation',
    title_kana: null,
    note_ja: null,
    note_en: null,
    date: '2026-11-27',
    starts_at: at('10:00'),
    ends_at: at('15:50'),
    formats: 'online,onsite',
    capacity: 5,
    seats_taken: 0,
    excess: 0,
    state: 'published',
    reason_ja: null,
    reason_en: null,
    opens_at: '2026-11-01T00:00:00.000Z',
    closes: 'business_days:1@15:00',
    cancels: 'hours:0',
    apply_name: null,
    apply_phone: null,
    apply_url: null,
    apply_url_printed: null,
    printed: null,
    printed_weekday: null,
    acceptance: 'first_come',
    drawn_at: null,
    announced_at: null,
    state_before: null,
    suspension: null,
    formats_before: null,
    skipped_by: null,
    meeting_url: null,
    sample: 0,
    edited: 0,
    sequence: 0,
    revision: 0,
    created_at: NOW,
    updated_at: NOW,
    seats_changed_at: NOW,
    waiting_parties: [],
    desk_row: desk(),
    venue_row: null,
    programme_row: { id: 'fy2026', starts_on: '2026-04-01', ends_on: '2027-03-31' },
    slot_rows: [],
    ...changes,
  }
}

const session = (changes: Partial<SessionRead> = {}, now = NOW, closures: ClosureRow[] = []) =>
  sessionOf(row(changes), closuresByDate(closures), now)
const status = (changes: Partial<SessionRead> = {}, now = NOW) => session(changes, now).status

describe('status', () => {
  const over = { date: '2026-11-20', starts_at: '2026-11-20T01:00:00.000Z', ends_at: '2026-11-20T07:00:00.000Z' }

  test.each<[SessionStatus, Partial<SessionRead>]>([
    ['called_off', { state: 'called_off' }],
    ['postponed', { state: 'postponed' }],
    ['skipped', { state: 'skipped' }],
    ['held', over],
    ['elsewhere', { apply_name: '豊田市' }],
    ['undecided', { date: null, starts_at: null, ends_at: null }],
    ['undecided', { starts_at: null, ends_at: null }],
    ['not_yet_open', { opens_at: '2026-11-24T00:00:00.000Z' }],
    ['closed', { closes: 'days:5@09:00' }],
    ['full', { seats_taken: 5 }],
    ['few', { seats_taken: 4 }],
    ['open', {}],
    ['open', { capacity: null, seats_taken: 1000 }],
  ])('is %s for %o', (expected, changes) => {
    expect(status(changes)).toBe(expected)
  })

  test('is in the order of the contract the first that applies', () => {
    expect(SESSION_STATUSES.join(', ')).toBe(
      'called_off, postponed, skipped, held, elsewhere, undecided, not_yet_open, closed, full, few, open',
    )
    // A session with every status at once; each status is removed in turn, the strongest first.
    const everything: Partial<SessionRead> = {
      state: 'called_off',
      ends_at: '2026-11-20T07:00:00.000Z',
      apply_name: '豊田市',
      starts_at: null,
      opens_at: '2026-12-01T00:00:00.000Z',
      closes: 'days:90@09:00',
      seats_taken: 5,
    }
    const without: [SessionStatus, Partial<SessionRead>][] = [
      ['called_off', { state: 'published' }],
      ['held', { ends_at: at('15:50') }],
      ['elsewhere', { apply_name: null }],
      ['undecided', { starts_at: at('10:00') }],
      ['not_yet_open', { opens_at: NOW }],
      ['closed', { closes: 'hours:0' }],
      ['full', { seats_taken: 4 }],
      ['few', { seats_taken: 3 }],
    ]
    let changes = everything
    for (const [expected, away] of without) {
      expect(status(changes)).toBe(expected)
      changes = { ...changes, ...away }
    }
    expect(status(changes)).toBe('open')
    for (const state of ['postponed', 'skipped'] as const) expect(status({ ...everything, state })).toBe(state)
  })

  test('the instant of the deadline is already closed', () => {
    expect(status({}, '2026-11-26T05:59:59.999Z')).toBe('open')
    expect(status({}, '2026-11-26T06:00:00.000Z')).toBe('closed')
  })

  test('the instant at which booking opens is already open', () => {
    const opens_at = '2026-11-24T00:00:00.000Z'
    expect(status({ opens_at }, '2026-11-23T23:59:59.999Z')).toBe('not_yet_open')
    expect(status({ opens_at }, opens_at)).toBe('open')
  })

  test('it is over at the instant of its end', () => {
    expect(status({}, '2026-11-27T06:49:59.999Z')).toBe('closed')
    expect(status({}, '2026-11-27T06:50:00.000Z')).toBe('held')
  })

  test('without hours it is over when its day in Japan is', () => {
    const undecided = { starts_at: null, ends_at: null }
    expect(status(undecided, '2026-11-27T14:59:59.999Z')).toBe('undecided')
    expect(status(undecided, '2026-11-27T15:00:00.000Z')).toBe('held')
  })

  test('without a date it is over when its programme is', () => {
    const undecided = { date: null, starts_at: null, ends_at: null }
    expect(status(undecided, '2027-03-31T14:59:59.999Z')).toBe('undecided')
    expect(status(undecided, '2027-03-31T15:00:00.000Z')).toBe('held')
  })

  test.each(['2026-03-31', '2027-04-01'])('on %s, outside the year of its programme, nothing is booked', (date) => {
    const day = { date, starts_at: instantAt(date, '10:00'), ends_at: instantAt(date, '15:50') }
    expect(status(day, instantAt('2026-03-01', '10:00'))).toBe('not_yet_open')
    expect(status({ ...day, opens_at: '2026-01-01T00:00:00.000Z' }, instantAt('2026-03-01', '10:00'))).toBe('closed')
  })

  test.each(['2026-04-01', '2027-03-31'])('on %s, the first or last day of its programme, it is open', (date) => {
    const day = { date, starts_at: instantAt(date, '10:00'), ends_at: instantAt(date, '15:50') }
    expect(status({ ...day, opens_at: '2026-01-01T00:00:00.000Z' }, instantAt('2026-03-01', '10:00'))).toBe('open')
  })

  test('a closure the day before brings the deadline forward, in its own prefecture only', () => {
    const closes = (scope: string, state: ClosureRow['state'] = 'confirmed') =>
      session({}, NOW, [closure({ date: '2026-11-26', scope, state })]).closes_at
    expect(closes('all')).toBe(instantAt('2026-11-25', '15:00'))
    expect(closes('08')).toBe(instantAt('2026-11-25', '15:00'))
    expect(closes('23')).toBe(instantAt('2026-11-26', '15:00'))
    expect(closes('all', 'lifted')).toBe(instantAt('2026-11-26', '15:00'))
  })
})

describe('few', () => {
  test.each([
    [1, 1, 'few'],
    [2, 1, 'few'],
    [2, 2, 'open'],
    [3, 1, 'few'],
    [3, 2, 'open'],
    [5, 1, 'few'],
    [5, 2, 'open'],
    [10, 2, 'few'],
    [10, 3, 'open'],
    [12, 2, 'few'],
    [12, 3, 'open'],
    [30, 6, 'few'],
    [30, 7, 'open'],
    [35, 7, 'few'],
  ])('of %d places %d left are %s', (capacity, left, expected) => {
    expect(status({ capacity, seats_taken: capacity - left })).toBe(expected)
  })

  test('is one place or a fifth of the capacity, for every capacity', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(), (capacity, some) => {
        const left = 1 + (some % capacity)
        const few = left <= 1 || left * 5 <= capacity
        expect(status({ capacity, seats_taken: capacity - left })).toBe(few ? 'few' : 'open')
      }),
    )
  })
})

describe('remaining', () => {
  const slots = (...taken: number[]) => taken.map((seats_taken, i) => slot(`1${i}:00`, { seats_taken }))

  test('without slots it is what the day has left', () => {
    expect(session({ seats_taken: 2 }).remaining).toBe(3)
    expect(session({ capacity: null, seats_taken: 2 }).remaining).toBeNull()
  })

  test('with slots it is the lesser of the day and the sum of the slots', () => {
    expect(session({ slot_rows: slots(0, 0, 0) }).remaining).toBe(5)
    expect(session({ slot_rows: slots(2, 2, 1), seats_taken: 0 }).remaining).toBe(1)
    expect(session({ slot_rows: slots(0, 0, 0), seats_taken: 4 }).remaining).toBe(1)
    expect(session({ slot_rows: slots(2, 2, 2), seats_taken: 0 }).remaining).toBe(0)
  })

  test('an unlimited day has what its slots have, an unlimited slot what the day has', () => {
    expect(session({ capacity: null, slot_rows: slots(1, 0) }).remaining).toBe(3)
    expect(session({ slot_rows: [slot('10:00', { capacity: null }), slot('11:00')] }).remaining).toBe(5)
    expect(session({ capacity: null, slot_rows: [slot('10:00', { capacity: null })] }).remaining).toBeNull()
  })

  test('of a slot it is the lesser of its own and the day’s', () => {
    const left = (changes: Partial<SessionRead>) => session(changes).slots.map((one) => one.remaining)
    expect(left({ slot_rows: slots(0, 1, 2), seats_taken: 3 })).toEqual([2, 1, 0])
    expect(left({ slot_rows: slots(0, 1, 2), seats_taken: 4 })).toEqual([1, 1, 0])
    expect(left({ slot_rows: slots(0, 1, 2), seats_taken: 5 })).toEqual([0, 0, 0])
    expect(left({ slot_rows: [slot('10:00', { capacity: null })], capacity: null })).toEqual([null])
  })

  test('is none, not less, if staff went over deliberately', () => {
    expect(session({ seats_taken: 7, excess: 2 }).remaining).toBe(0)
    const over = session({
      slot_rows: [slot('10:00', { seats_taken: 3, excess: 1 }), slot('11:00', { seats_taken: 1 })],
    })
    expect(over.slots.map((one) => one.remaining)).toEqual([0, 1])
    expect(over.remaining).toBe(1)
  })
})

describe('deadlines', () => {
  const two = [slot('10:00'), slot('15:00')]

  test('in hours count from each slot’s start; the session closes with its last', () => {
    const one = session({ slot_rows: two, closes: 'hours:24', cancels: 'hours:2' })
    expect(one.slots.map((s) => s.closes_at)).toEqual([
      instantAt('2026-11-26', '10:00'),
      instantAt('2026-11-26', '15:00'),
    ])
    expect(one.slots.map((s) => s.cancels_at)).toEqual([at('08:00'), at('13:00')])
    expect(one.closes_at).toBe(instantAt('2026-11-26', '15:00'))
    expect(one.cancels_at).toBe(at('13:00'))
  })

  test('are unknown while date or hours are', () => {
    for (const changes of [
      { date: null, starts_at: null, ends_at: null },
      { starts_at: null, ends_at: null },
    ]) {
      expect(session(changes)).toMatchObject({ closes_at: null, cancels_at: null })
    }
  })

  test('a slot past its own deadline cannot be booked while later ones can', () => {
    const now = instantAt('2026-11-26', '10:00')
    const one = session({ slot_rows: two, closes: 'hours:24' }, now)
    expect(one.slots.map((s) => isBookable(one, s, now))).toEqual([false, true])
    expect(isBookable(one, null, now)).toBe(true)
  })

  test('only what is open or nearly full can be booked', () => {
    expect(isBookable(session({ seats_taken: 4 }), null, NOW)).toBe(true)
    expect(isBookable(session({ seats_taken: 5 }), null, NOW)).toBe(false)
    expect(isBookable(session({ state: 'called_off' }), null, NOW)).toBe(false)
  })
})

test.each([
  [5, 2, 2],
  [1, 2, 1],
  [null, 2, 2],
  [5, null, 5],
  [null, null, null],
])('of a day for %j and a slot for %j one booking takes at most %j', (day, own, most) => {
  const one = session({ capacity: day, slot_rows: [slot('10:00', { capacity: own })] })
  expect(mostSeats(one, one.slots[0] ?? null)).toBe(most)
  expect(mostSeats(one, null)).toBe(day)
})

describe('what is shown of a session', () => {
  test.each([
    ['nothing', { date: null, starts_at: null, ends_at: null }],
    ['date', { starts_at: null, ends_at: null }],
    ['time', {}],
  ] as const)('%s of its time is settled', (settled, changes) => {
    expect(session(changes).settled).toBe(settled)
  })

  test('formats come in one order, whatever order they were stored in', () => {
    expect(session({ formats: 'visit,online,onsite' }).formats).toEqual(['onsite', 'online', 'visit'])
    expect(session({ formats: '' }).formats).toEqual([])
  })

  test.each(['none', 'show', 'damaged', 'mail'] as const)(
    'an address for use %s is given only to be written to',
    (email_use) => {
      const { desk: told } = session({ desk_row: desk({ email: 'desk@example.jp', email_use }) })
      expect(told.email).toBe(email_use === 'mail' ? 'desk@example.jp' : null)
      expect(told.phones).toEqual(['029-000-0001', '029-000-0002'])
    },
  )

  test('a desk without telephone has none, not an empty one', () => {
    expect(session({ desk_row: desk({ phones: '' }) }).desk.phones).toEqual([])
  })

  test('a note in Japanese alone stands in for the English one', () => {
    expect(session({ note_ja: '手ぶらで' }).note).toEqual({ ja: '手ぶらで', en: '手ぶらで' })
    expect(session({ reason_ja: '荒天', reason_en: 'Storm' }).reason).toEqual({ ja: '荒天', en: 'Storm' })
    expect(session()).toMatchObject({ note: null, reason: null })
  })

  test('an external application keeps its damaged address as text beside no link', () => {
    const elsewhere = {
      kind: 'elsewhere',
      name: '豊田市',
      phone: '0565-34-6774',
      url: null,
      url_printed: 'https://…',
    } as const
    expect(session(applyColumns(elsewhere)).apply).toEqual(elsewhere)
    expect(session(applyColumns({ kind: 'here' })).apply).toEqual({ kind: 'here' })
  })

  test('a place of which only the area is known says so', () => {
    const unsaid = {
      access_ja: null,
      access_en: null,
      parking_ja: null,
      parking_en: null,
      map_url: null,
      step_free: null,
    }
    const place = { name_ja: '水戸エリア', name_en: 'Mito area', room_ja: null, room_en: null, address: null }
    const venue_row = { id: 'venue', ...place, area_only: 1 as const, ...unsaid }
    expect(session({ venue_row }).venue).toEqual({
      id: 'venue',
      name: { ja: '水戸エリア', en: 'Mito area' },
      room: null,
      address: null,
      areaOnly: true,
      guide: { access: null, parking: null, mapUrl: null, stepFree: null },
    })
    expect(session().venue).toBeNull()
  })
})
