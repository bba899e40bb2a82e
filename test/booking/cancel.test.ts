import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { instantAt } from '../../src/base/japan/civil.ts'
import { NotFound } from '../../src/base/outcome.ts'
import { amend } from '../../src/booking/amend.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import { meanwhile } from '../meanwhile.ts'
import { application, MITO, type World } from '../world.ts'
import { ask, booked, bookingRow, bookings, forSeminar, journal, letters, mito, unlawful } from './fixtures.ts'

let w: World

beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

const run = (sql: string, ...given: unknown[]) => w.run(sql, ...given)
const TOMORROW = '2026-11-23T01:00:00.000Z'

describe('cancelling', () => {
  test('frees the place of the day and of the slot at once', async () => {
    const { token } = await booked(w, application({ seats: 2 }))
    expect(await ask(w)).toMatchObject({ why: 'full' })
    expect(await cancel(w.ctx, { token })).toMatchObject({ ok: true, again: false })
    const session = await sessionById(w.ctx, MITO)
    expect([session?.remaining, session?.slots[0]?.remaining]).toEqual([5, 2])
    expect((await ask(w, application({ seats: 2 }))).ok).toBe(true)
    expect(await unlawful(w)).toEqual([])
  })

  test('frees the place of a session without slots', async () => {
    const { token } = await booked(w, forSeminar({ seats: 30 }))
    await cancel(w.ctx, { token })
    expect((await sessionById(w.ctx, 'seminar'))?.remaining).toBe(30)
  })

  test('raises SEQUENCE by one, keeps the row, and says when', async () => {
    const { id, token } = await booked(w)
    const before = await bookingRow(w, id)
    w.at(TOMORROW)
    expect(await cancel(w.ctx, { token })).toEqual({ ok: true, booking: id, again: false })
    expect(await bookingRow(w, id)).toEqual({
      ...before,
      status: 'cancelled',
      sequence: 1,
      revision: 1,
      cancelled_at: TOMORROW,
      ended: 'cancelled',
      updated_at: TOMORROW,
    })
  })

  test('is followed by its letter, with the new SEQUENCE, and a line in the journal', async () => {
    const { id, token } = await booked(w, application({ locale: 'en' }))
    w.at(TOMORROW)
    await cancel(w.ctx, { token })
    expect((await letters(w)).map((one) => [one.kind, one.subject, one.sequence, one.locale, one.dedupe_key])).toEqual([
      ['booked', id, 0, 'en', ''],
      ['cancelled', id, 1, 'en', ''],
    ])
    expect(await journal(w)).toEqual([
      { act: 'booking.made', subject: id, detail: { session: MITO, seats: 1, format: 'onsite', channel: 'web' } },
      { act: 'booking.cancelled', subject: id, detail: { session: MITO } },
    ])
  })

  test('a second time changes nothing and says so, also when it is long over', async () => {
    const { id, token } = await booked(w)
    await cancel(w.ctx, { token })
    const before = [await bookings(w), await letters(w), await journal(w)]
    expect(await cancel(w.ctx, { token })).toEqual({ ok: true, booking: id, again: true })
    w.at('2027-05-01T00:00:00.000Z')
    expect(await cancel(w.ctx, { token })).toEqual({ ok: true, booking: id, again: true })
    expect([await bookings(w), await letters(w), await journal(w)]).toEqual(before)
  })

  test('five times at once cancels once', async () => {
    const { id, token } = await booked(w)
    const done = await Promise.all(Array.from({ length: 5 }, () => cancel(w.ctx, { token })))
    expect(done.every((one) => one.ok)).toBe(true)
    expect(done.filter((one) => one.ok && !one.again)).toHaveLength(1)
    expect((await letters(w)).filter((one) => one.kind === 'cancelled')).toHaveLength(1)
    expect((await bookingRow(w, id)).sequence).toBe(1)
  })

  test('ends at the instant the slot starts, not when the day does', async () => {
    const early = await booked(w)
    const late = await booked(w, application({ slot: `${MITO}-1500` }))
    w.at('2026-11-27T00:59:59.999Z')
    expect(await cancel(w.ctx, { token: (await other()).token })).toMatchObject({ ok: true })
    w.at('2026-11-27T01:00:00.000Z')
    expect(await cancel(w.ctx, { token: early.token })).toEqual({ ok: false, why: 'closed' })
    expect(await cancel(w.ctx, { token: late.token })).toMatchObject({ ok: true })
    expect((await bookingRow(w, early.id)).status).toBe('booked')
    expect((await letters(w)).filter((one) => one.subject === early.id)).toHaveLength(1)
  })

  /** A booking for 10:00, made before the deadline. */
  async function other() {
    const now = w.ctx.clock.now()
    w.at('2026-11-22T01:00:00.000Z')
    const made = await booked(w)
    w.at(now)
    return made
  }

  test('ends by its own deadline if one is set', async () => {
    await run("update session set cancels = 'business_days:1@12:00' where id = ?", MITO)
    const [one, two] = [await booked(w), await booked(w)]
    w.at('2026-11-26T02:59:59.999Z')
    expect(await cancel(w.ctx, { token: one.token })).toMatchObject({ ok: true })
    w.at('2026-11-26T03:00:00.000Z')
    expect(await cancel(w.ctx, { token: two.token })).toEqual({ ok: false, why: 'closed' })
  })

  test('is possible after booking has closed, and on a day that was called off or put off without a date', async () => {
    const made = await Promise.all([booked(w), booked(w), booked(w, forSeminar())])
    w.at('2026-11-26T07:00:00.000Z')
    expect((await ask(w)).ok).toBe(false)
    expect(await cancel(w.ctx, { token: made[0].token })).toMatchObject({ ok: true })
    await run("update session set state = 'called_off' where id = ?", MITO)
    expect(await cancel(w.ctx, { token: made[1].token })).toMatchObject({ ok: true })
    await run(
      "update session set state = 'postponed', date = null, starts_at = null, ends_at = null where id = 'seminar'",
    )
    expect(await cancel(w.ctx, { token: made[2].token })).toMatchObject({ ok: true })
    expect(await unlawful(w)).toEqual([])
  })

  test.each(['requested', 'offered', 'waiting'] as const)('is possible while %s', async (status) => {
    const { id, token } = await booked(w)
    await run('update booking set status = ? where id = ?', status, id)
    expect(await cancel(w.ctx, { token })).toMatchObject({ ok: true, again: false })
  })

  test.each(['attended', 'absent', 'lapsed'] as const)('is too late once %s', async (status) => {
    const { id, token } = await booked(w)
    await run('update booking set status = ? where id = ?', status, id)
    expect(await cancel(w.ctx, { token })).toEqual({ ok: false, why: 'closed' })
    expect((await bookingRow(w, id)).status).toBe(status)
  })

  test.each(['', 'nobody', 'x'.repeat(43), "' or 1=1 --", '\u0000', '髙﨑'])(
    'with the token %j is not found',
    async (token) => {
      await booked(w)
      await expect(cancel(w.ctx, { token })).rejects.toThrow(NotFound)
      expect((await bookings(w)).map((one) => one.status)).toEqual(['booked'])
    },
  )

  test('frees nobody else’s place', async () => {
    const [one, two] = [await booked(w), await booked(w)]
    await cancel(w.ctx, { token: one.token })
    expect((await bookingRow(w, two.id)).status).toBe('booked')
    expect((await sessionById(w.ctx, MITO))?.remaining).toBe(4)
  })

  test('writes no letter if there is no address to write to', async () => {
    const { id, token } = await booked(w)
    await run("update booking set email = null, person_key = 'tel:0292240001:タカハシタロウ' where id = ?", id)
    expect(await cancel(w.ctx, { token })).toMatchObject({ ok: true })
    expect((await letters(w)).map((one) => one.kind)).toEqual(['booked'])
  })
})

describe('between the look and the commit', () => {
  test('the booking was amended: it is cancelled as it is by then', async () => {
    const { id, token } = await booked(w)
    const amended = () => amend(w.ctx, { token }, { phone: '029-000-0009', message: '' })
    expect(await cancel(meanwhile(w, amended).ctx, { token })).toMatchObject({ ok: true, again: false })
    expect(await bookingRow(w, id)).toMatchObject({
      status: 'cancelled',
      phone: '029-000-0009',
      revision: 2,
      sequence: 1,
    })
  })

  test('it was cancelled by another click: nothing more happens', async () => {
    const { id, token } = await booked(w)
    expect(await cancel(meanwhile(w, () => cancel(w.ctx, { token })).ctx, { token })).toEqual({
      ok: true,
      booking: id,
      again: true,
    })
    expect((await letters(w)).filter((one) => one.kind === 'cancelled')).toHaveLength(1)
  })

  test('the session was moved into the past: it is too late', async () => {
    const { id, token } = await booked(w, forSeminar())
    const past = () =>
      run(
        "update session set date = '2026-11-20', starts_at = ?, ends_at = ?, revision = 1 where id = 'seminar'",
        instantAt('2026-11-20', '10:00'),
        instantAt('2026-11-20', '12:00'),
      )
    expect(await cancel(meanwhile(w, past).ctx, { token })).toEqual({ ok: false, why: 'closed' })
    expect((await bookingRow(w, id)).status).toBe('booked')
  })

  test('session or booking change three times: it is given up, and nothing remains', async () => {
    for (const table of ['session', 'booking']) {
      const { id, token } = await booked(w)
      const row = table === 'session' ? MITO : id
      const before = await letters(w)
      const changed = () => run(`update ${table} set revision = revision + 1 where id = ?`, row)
      expect(await cancel(meanwhile(w, changed, 3).ctx, { token })).toEqual({ ok: false, why: 'changed' })
      expect((await bookingRow(w, id)).status).toBe('booked')
      expect(await letters(w)).toEqual(before)
      expect(await cancel(meanwhile(w, changed, 2).ctx, { token })).toMatchObject({ ok: true })
    }
  })
})

test('booked, cancelled and booked again: one letter for each kind, booking and SEQUENCE', async () => {
  const email = 'hanako@example.jp'
  for (let round = 0; round < 3; round++) {
    const { token } = await booked(w, application({ email }))
    await cancel(w.ctx, { token })
    await cancel(w.ctx, { token })
  }
  const found = (await letters(w)).map((one) => `${one.kind} ${one.subject} ${one.sequence}`)
  expect(found).toHaveLength(6)
  expect(new Set(found).size).toBe(6)
  expect((await bookings(w)).map((one) => one.number)).toEqual(['IB-1127-01', 'IB-1127-02', 'IB-1127-03'])
  expect(await unlawful(w)).toEqual([])
})
