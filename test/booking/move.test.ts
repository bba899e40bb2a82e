import { afterEach, beforeEach, expect, test } from 'vitest'
import { cancel } from '../../src/booking/cancel.ts'
import { move } from '../../src/booking/move.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import { offer } from '../../src/waitlist/offer.ts'
import { meanwhile } from '../meanwhile.ts'
import { application, MITO, type World } from '../world.ts'
import { ask, booked, bookingRow, bookings, journal, letters, mito } from './fixtures.ts'

let w: World
beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

const NEXT = 'ibaraki-2026-12-04'
const SLOTS = ['1000', '1100', '1300', '1400', '1500']
const to = (session: string, time: string, more: Record<string, unknown> = {}) => ({
  session,
  slot: `${session}-${time}`,
  ...more,
})
const remaining = async (id: string) => (await sessionById(w.ctx, id))?.remaining

test('a booking moves to another day in one step: same UID and number, SEQUENCE one higher, told once', async () => {
  const one = await booked(w)
  const before = await bookingRow(w, one.id)
  expect(await move(w.ctx, { token: one.token }, to(NEXT, '1100'))).toEqual({ ok: true, booking: one.id, again: false })
  expect(await bookingRow(w, one.id)).toMatchObject({
    session: NEXT,
    slot: `${NEXT}-1100`,
    status: 'booked',
    sequence: 1,
    uid: before.uid,
    number: before.number,
    token_hash: before.token_hash,
  })
  expect([await remaining(MITO), await remaining(NEXT)]).toEqual([5, 4])
  const told = (await letters(w)).filter((letter) => letter.kind === 'moved')
  expect(told).toMatchObject([{ sequence: 1 }])
  expect(JSON.parse(told[0]?.before ?? '')).toMatchObject({ date: '2026-11-27', format: 'onsite' })
  expect((await journal(w)).at(-1)).toMatchObject({ act: 'booking.moved', detail: { from: { session: MITO } } })
})

test('the same move again changes nothing and sends no second letter', async () => {
  const one = await booked(w)
  await move(w.ctx, { token: one.token }, to(NEXT, '1100'))
  expect(await move(w.ctx, { token: one.token }, to(NEXT, '1100'))).toMatchObject({ ok: true, again: true })
  expect((await letters(w)).filter((letter) => letter.kind === 'moved')).toHaveLength(1)
})

test('within a full day one may still change the time, and the day stays at five', async () => {
  const [one] = await Promise.all(
    ['1000', '1000', '1100', '1100', '1300'].map((time) => booked(w, application({ slot: `${MITO}-${time}` }))),
  )
  expect(await move(w.ctx, { token: one?.token ?? '' }, to(MITO, '1500'))).toMatchObject({ ok: true })
  expect(await sessionById(w.ctx, MITO)).toMatchObject({ room: 0, status: 'full' })
})

test('a full time, a full day, an unknown day, another kind and a wrong form are refused and nothing moves', async () => {
  const one = await booked(w, application({ slot: `${MITO}-1300` }))
  for (const time of ['1000', '1000']) await booked(w, application({ slot: `${MITO}-${time}` }))
  for (const time of SLOTS) await booked(w, application({ session: NEXT, slot: `${NEXT}-${time}` }))
  expect(await move(w.ctx, { token: one.token }, to(MITO, '1000'))).toMatchObject({ ok: false, why: 'full' })
  expect(await move(w.ctx, { token: one.token }, to(NEXT, '1000'))).toMatchObject({ ok: false, why: 'full' })
  expect(await move(w.ctx, { token: one.token }, to('nowhere', '1000'))).toMatchObject({ ok: false, why: 'unknown' })
  expect(await move(w.ctx, { token: one.token }, { session: 'seminar', slot: null, format: 'online' })).toMatchObject({
    ok: false,
    why: 'invalid',
    errors: { session: 'choice' },
  })
  expect(await move(w.ctx, { token: one.token }, to(MITO, '1500', { format: 'phone' }))).toMatchObject({
    why: 'invalid',
    errors: { format: 'choice' },
  })
  expect(await bookingRow(w, one.id)).toMatchObject({ session: MITO, slot: `${MITO}-1300`, sequence: 0 })
})

test.each(['approval', 'lottery'])(
  'nobody moves into a day of %s: applications come in by its own door',
  async (taken) => {
    const one = await booked(w)
    await w.run('update session set acceptance = ? where id = ?', taken, NEXT)
    expect(await move(w.ctx, { token: one.token }, to(NEXT, '1100'))).toMatchObject({
      why: 'invalid',
      errors: { session: 'choice' },
    })
    expect(await bookingRow(w, one.id)).toMatchObject({ session: MITO, sequence: 0 })
  },
)

test('a freed place that somebody waits for is not taken by changing the time', async () => {
  const holders: { token: string }[] = []
  for (const time of ['1000', '1100', '1100', '1300', '1400']) {
    holders.push(await booked(w, application({ slot: `${MITO}-${time}` })))
  }
  await booked(w, application({ waitlist: true, slot: `${MITO}-1100` }))
  await cancel(w.ctx, { token: holders[1]?.token ?? '' })
  expect(await move(w.ctx, { token: holders[0]?.token ?? '' }, to(MITO, '1100'))).toMatchObject({
    ok: false,
    why: 'full',
  })
  expect(await move(w.ctx, { token: holders[0]?.token ?? '' }, to(MITO, '1300'))).toMatchObject({ ok: true })
})

test('who is over or waits does not move', async () => {
  const one = await booked(w)
  await cancel(w.ctx, { token: one.token })
  expect(await move(w.ctx, { token: one.token }, to(NEXT, '1000'))).toMatchObject({ ok: false, why: 'closed' })
  const two = await booked(w)
  w.at('2026-11-27T01:00:00.000Z')
  expect(await move(w.ctx, { token: two.token }, to(NEXT, '1000'))).toMatchObject({ ok: false, why: 'closed' })
})

test('one person is never in one day twice, also not by moving there', async () => {
  const one = await booked(w, application({ email: 'same@example.jp' }))
  await booked(w, application({ email: 'same@example.jp', session: NEXT, slot: `${NEXT}-1000` }))
  expect(await move(w.ctx, { token: one.token }, to(NEXT, '1100'))).toMatchObject({ ok: false, why: 'twice' })
})

test('the place a move leaves goes to a person who waits for it', async () => {
  const holders: { token: string }[] = []
  for (const time of SLOTS) holders.push(await booked(w, application({ slot: `${MITO}-${time}` })))
  const waits = await booked(w, application({ waitlist: true, slot: null }))
  await move(w.ctx, { token: holders[0]?.token ?? '' }, to(NEXT, '1000'))
  expect(await ask(w, application({ slot: `${MITO}-1000` }))).toMatchObject({ ok: false, why: 'full' })
  await offer(w.system)
  expect(await bookingRow(w, waits.id)).toMatchObject({ status: 'offered', slot: `${MITO}-1000` })
})

test('a move and a cancellation of one booking at once end in one of the two, with the seats right', async () => {
  const one = await booked(w)
  await Promise.all([move(w.ctx, { token: one.token }, to(NEXT, '1100')), cancel(w.ctx, { token: one.token })])
  const { status, session } = await bookingRow(w, one.id)
  const held = status === 'booked' ? session : null
  expect([await remaining(MITO), await remaining(NEXT)]).toEqual([held === MITO ? 4 : 5, held === NEXT ? 4 : 5])
})

test('thirty moves at once into five places leave five there and nobody without a place', async () => {
  const days = ['ibaraki-2026-12-11', 'ibaraki-2026-12-18', 'ibaraki-2026-12-25']
  const holders: { token: string }[] = []
  for (const day of days)
    for (const time of SLOTS) holders.push(await booked(w, application({ session: day, slot: `${day}-${time}` })))
  const done = await Promise.all(
    holders.map((one, i) => move(w.ctx, { token: one.token }, to(NEXT, SLOTS[i % 5] ?? ''))),
  )
  expect(done.filter((one) => one.ok)).toHaveLength(5)
  expect((await bookings(w)).every((one) => one.status === 'booked')).toBe(true)
  expect(await sessionById(w.ctx, NEXT)).toMatchObject({ room: 0 })
})

test('what changed meanwhile is looked at afresh', async () => {
  const one = await booked(w)
  const slower = meanwhile(w, () => cancel(w.ctx, { token: one.token }))
  expect(await move(slower.ctx, { token: one.token }, to(NEXT, '1000'))).toMatchObject({ ok: false, why: 'closed' })
  expect(await remaining(NEXT)).toBe(5)
})
