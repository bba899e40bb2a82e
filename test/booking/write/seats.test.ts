import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type BookingStatus, HOLDING } from '../../../src/base/vocabulary.ts'
import { withSeatRecount } from '../../../src/booking/write/seats.ts'
import { expecting } from '../../../src/store/expectation.ts'
import type { Committed } from '../../../src/store/store.ts'
import { application, MITO, type World } from '../../world.ts'
import { booked, bookingRow, bookings, mito } from '../fixtures.ts'

let w: World

beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

const run = (sql: string, ...given: unknown[]) => w.run(sql, ...given)
const place = { session: MITO, slot: `${MITO}-1000` }
const taken = async () => [
  ...(await w.column('select seats_taken from session where id = ?', place.session)),
  ...(await w.column('select seats_taken from slot where id = ?', place.slot)),
]
const recounted = (): Promise<Committed> => w.ctx.store.commit(...withSeatRecount(w.ctx, place))

async function toStatus(id: string, status: BookingStatus): Promise<Committed> {
  const { db } = w.ctx.store
  return w.ctx.store.commit(
    ...withSeatRecount(w.ctx, place, db.updateTable('booking').set({ status }).where('id', '=', id)),
  )
}

describe('a place', () => {
  test.each<[BookingStatus, boolean]>([
    ['booked', true],
    ['requested', true],
    ['offered', true],
    ['attended', true],
    ['absent', true],
    ['waiting', false],
    ['cancelled', false],
    ['lapsed', false],
  ])('of somebody %s is held: %s', async (status, holds) => {
    const { id } = await booked(w, application({ seats: 2 }))
    expect(await toStatus(id, status)).toMatchObject({ ok: true })
    expect(await taken()).toEqual(holds ? [2, 2] : [0, 0])
    expect((HOLDING as readonly string[]).includes(status)).toBe(holds)
  })

  test('is counted from the rows, so a counter that went wrong rights itself', async () => {
    await booked(w, application({ seats: 2 }))
    await run('update session set seats_taken = 5 where id = ?', place.session)
    await run('update slot set seats_taken = 0 where id = ?', place.slot)
    expect(await recounted()).toMatchObject({ ok: true })
    expect(await taken()).toEqual([2, 2])
  })

  test('is counted for its own day and slot only', async () => {
    await booked(w, application({ session: 'ibaraki-2026-12-04', slot: 'ibaraki-2026-12-04-1000' }))
    await booked(w, application({ slot: `${MITO}-1100` }))
    expect(await taken()).toEqual([1, 0])
  })

  test('locks its session before anything is written', () => {
    const [first] = withSeatRecount(w.ctx, place, w.ctx.store.db.deleteFrom('booking'))
    expect(first?.compile().sql).toMatch(/^update "session" set "revision" = "revision" where "id" = (\?|\$1)$/)
    expect(first?.compile().parameters).toEqual([MITO])
  })

  test('is recounted after everything is written, the day and, if there is one, the slot', () => {
    const last = (slot: string | null) =>
      withSeatRecount(w.ctx, { session: MITO, slot }, w.ctx.store.db.deleteFrom('booking')).map((one) =>
        one.compile().sql.slice(0, 35),
      )
    expect(last(place.slot)).toEqual([
      'update "session" set "revision" = "',
      'delete from "booking"',
      'update "session" set "seats_taken" ',
      'update "slot" set "seats_taken" = (',
    ])
    expect(last(null)).toHaveLength(3)
  })
})

describe('no more than there is room for', () => {
  /** Inserts a booking directly into the rows. Only the database's own rules apply. */
  async function forced(seats: number): Promise<Committed> {
    const [row] = await bookings(w)
    if (!row) throw new Error('book one first')
    const unique = Object.fromEntries(
      (['id', 'number', 'uid', 'person_key', 'token_hash', 'idempotency_hash'] as const).map((key) => [
        key,
        crypto.randomUUID(),
      ]),
    )
    const { db } = w.ctx.store
    return w.ctx.store.commit(
      ...withSeatRecount(w.ctx, place, db.insertInto('booking').values({ ...row, ...unique, seats })),
    )
  }

  test('the database refuses it for the slot, and takes nothing of the commit', async () => {
    await booked(w)
    expect(await forced(2)).toEqual({ ok: false, broke: 'slot_has_room' })
    expect([await taken(), (await bookings(w)).length]).toEqual([[1, 1], 1])
    expect(await forced(1)).toMatchObject({ ok: true })
    expect(await taken()).toEqual([2, 2])
  })

  test('the database refuses it for the day', async () => {
    await booked(w)
    await run('update slot set capacity = null where id = ?', place.slot)
    expect(await forced(5)).toEqual({ ok: false, broke: 'session_has_room' })
    expect(await forced(4)).toMatchObject({ ok: true })
    expect(await taken()).toEqual([5, 5])
  })

  test('unless it is deliberate, and then no further', async () => {
    await booked(w, application({ seats: 2 }))
    await run('update session set excess = 1 where id = ?', place.session)
    await run('update slot set excess = 4 where id = ?', place.slot)
    expect(await forced(5)).toEqual({ ok: false, broke: 'session_has_room' })
    expect(await forced(4)).toMatchObject({ ok: true })
    expect(await taken()).toEqual([6, 6])
  })

  test('without a capacity there is room for everybody', async () => {
    await booked(w)
    await run('update session set capacity = null where id = ?', place.session)
    await run('update slot set capacity = null where id = ?', place.slot)
    expect(await forced(500)).toMatchObject({ ok: true })
    expect(await taken()).toEqual([501, 501])
  })
})

describe('what was read still stands', () => {
  const expected = (table: 'session' | 'booking', row: { id: string; revision: number }) =>
    w.ctx.store.commit(expecting(w.ctx, table, row))

  test('while the revision is the same, and nothing piles up', async () => {
    const { id } = await booked(w)
    for (let i = 0; i < 3; i++) {
      expect(await expected('session', { id: MITO, revision: 0 })).toMatchObject({ ok: true })
      expect(await expected('booking', { id, revision: 0 })).toMatchObject({ ok: true })
    }
    expect(await w.rows('select * from expectation')).toEqual([])
  })

  test('not once it was changed, is gone, or is another table’s', async () => {
    const { id } = await booked(w)
    for (const row of [
      { id: MITO, revision: 1 },
      { id: 'nowhere', revision: 0 },
      { id, revision: 0 },
    ]) {
      expect(await expected('session', row)).toEqual({ ok: false, broke: 'still_true' })
    }
    expect(await expected('booking', { id: MITO, revision: 0 })).toEqual({ ok: false, broke: 'still_true' })
    expect(await w.rows('select * from expectation')).toEqual([])
  })

  test('and if it does not, nothing of the commit stands', async () => {
    const { id } = await booked(w)
    const { db } = w.ctx.store
    const away = db.updateTable('booking').set({ status: 'cancelled' }).where('id', '=', id)
    expect(
      await w.ctx.store.commit(
        ...withSeatRecount(w.ctx, place, away, expecting(w.ctx, 'booking', { id, revision: 7 })),
      ),
    ).toEqual({
      ok: false,
      broke: 'still_true',
    })
    expect((await bookingRow(w, id)).status).toBe('booked')
    expect(await taken()).toEqual([1, 1])
  })
})
