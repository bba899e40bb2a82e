import { afterEach, beforeEach, expect, test } from 'vitest'
import { type BookingStatus, END_NAMES, type End, stateColumns } from '../../src/base/vocabulary.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { turnDown } from '../../src/booking/turn-down.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { erase } from '../../src/retention/erase.ts'
import { restore } from '../../src/waitlist/restore.ts'
import { as, mayDo } from '../acts.ts'
import { booked, bookingRow, letters, mito, unlawful } from '../booking/fixtures.ts'
import { meanwhile } from '../meanwhile.ts'
import { application, MITO, NOW, type World } from '../world.ts'

let w: World
beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

const desk = () => as(w, 'desk')

/** A booking that the desk cancelled. */
async function cancelled(given = application()) {
  const made = await booked(w, given)
  await cancel(desk(), { id: made.id })
  return made.id
}

test('a cancellation by the desk is taken back: the place is theirs again, and they are told', async () => {
  const id = await cancelled()
  expect(await restore(desk(), id)).toEqual({ ok: true, booking: id, again: false })
  expect(await restore(desk(), id)).toEqual({ ok: true, booking: id, again: true })
  expect(await bookingRow(w, id)).toMatchObject({ status: 'booked', ended: null, cancelled_at: null, sequence: 2 })
  expect((await letters(w)).map((letter) => letter.kind)).toEqual(['booked', 'cancelled', 'restored'])
  expect(await unlawful(w)).toEqual([])
})

test('who waited has their turn back', async () => {
  await booked(w, application({ seats: 2 }))
  const id = await cancelled(application({ waitlist: true, seats: 2 }))
  await restore(desk(), id)
  expect(await bookingRow(w, id)).toMatchObject({ status: 'waiting', slot: `${MITO}-1000` })
})

test('a request has new time to be answered', async () => {
  const made = await booked(w)
  await w.run(
    "update booking set status = 'requested', offer_expires_at = '2026-11-22T00:00:00.000Z' where id = ?",
    made.id,
  )
  await cancel(desk(), { id: made.id })
  await restore(desk(), made.id)
  const row = await bookingRow(w, made.id)
  expect([row.status, row.offer_expires_at && row.offer_expires_at > w.ctx.clock.now()]).toEqual(['requested', true])
})

test('is refused once somebody else has the place, also between look and write', async () => {
  const id = await cancelled(application({ seats: 2 }))
  const slower = meanwhile(w, () => booked(w, application({ seats: 2 })))
  expect(await restore(as(slower, 'desk'), id)).toEqual({ ok: false, why: 'full' })
  expect(await restore(desk(), id)).toEqual({ ok: false, why: 'full' })
  expect(await bookingRow(w, id)).toMatchObject({ status: 'cancelled', sequence: 1 })
  expect(await unlawful(w)).toEqual([])
})

test('is refused once its form or its time is not offered any more', async () => {
  const id = await cancelled()
  await w.run("update session set formats = 'online' where id = ?", MITO)
  expect(await restore(desk(), id)).toEqual({ ok: false, why: 'format' })
  await w.run("update session set formats = 'onsite,online' where id = ?", MITO)
  await w.run('update booking set slot = null where id = ?', id)
  expect(await restore(desk(), id)).toEqual({ ok: false, why: 'full' })
  await w.run('update booking set slot = ? where id = ?', `${MITO}-1000`, id)
  expect(await restore(desk(), id)).toMatchObject({ ok: true })
})

test('is refused if the person booked again, also between look and write', async () => {
  const given = application({ email: 'taro@example.jp' })
  const id = await cancelled(given)
  const other = { ...given, slot: `${MITO}-1100` }
  const slower = meanwhile(w, () => booked(w, other))
  expect(await restore(as(slower, 'desk'), id)).toEqual({ ok: false, why: 'twice' })
  expect(await restore(desk(), id)).toEqual({ ok: false, why: 'twice' })
})

const ENDED: Record<End, [from: BookingStatus, back: boolean]> = {
  cancelled: ['booked', true],
  cancelled_by_desk: ['booked', true],
  called_off: ['booked', false],
  offer_over: ['offered', false],
  turned_down: ['requested', true],
  unanswered: ['requested', true],
  session_over: ['waiting', false],
}

test.each(END_NAMES)('what ended as %s comes back only if the desk may take that back', async (ended) => {
  const { id } = await booked(w)
  const [from, back] = ENDED[ended]
  const { status } = stateColumns(ended)
  await w.run('update booking set status = ?, ended = ?, status_before = ? where id = ?', status, ended, from, id)
  expect(await restore(desk(), id)).toEqual(
    back ? { ok: true, booking: id, again: false } : { ok: false, why: 'closed' },
  )
  expect(await bookingRow(w, id)).toMatchObject(back ? { status: from, ended: null } : { status, ended })
  expect((await letters(w)).map(({ kind }) => kind)).toEqual(back ? ['booked', 'restored'] : ['booked'])
})

test('what its holder cancelled comes back, and so does what they declined, with new time to answer', async () => {
  const own = await booked(w)
  await cancel(w.ctx, { token: own.token })
  expect(await restore(desk(), own.id)).toMatchObject({ ok: true, again: false })
  expect(await bookingRow(w, own.id)).toMatchObject({ status: 'booked', ended: null })
  const given = await booked(w, application({ slot: `${MITO}-1100` }))
  const until = '2026-11-25T00:00:00.000Z'
  await w.run("update booking set status = 'offered', offer_expires_at = ? where id = ?", until, given.id)
  await cancel(w.ctx, { token: given.token })
  w.at('2026-11-25T01:00:00.000Z')
  await restore(desk(), given.id)
  const row = await bookingRow(w, given.id)
  expect([row.status, row.offer_expires_at && row.offer_expires_at > w.ctx.clock.now()]).toEqual(['offered', true])
})

test('a request that was turned down comes back after the deadline, with time to be answered', async () => {
  const { id } = await booked(w)
  await w.run("update session set acceptance = 'approval' where id = ?", MITO)
  await w.run("update booking set status = 'requested' where id = ?", id)
  await turnDown(desk(), id)
  w.at('2026-11-26T23:00:00.000Z')
  expect(await restore(desk(), id)).toMatchObject({ ok: true, again: false })
  const row = await bookingRow(w, id)
  expect([row.status, row.offer_expires_at && row.offer_expires_at > w.ctx.clock.now()]).toEqual(['requested', true])
})

test('an entry that a draw passed by does not come back', async () => {
  const { id } = await booked(w)
  await w.run("update session set acceptance = 'lottery' where id = ?", MITO)
  await w.run("update booking set status = 'waiting' where id = ?", id)
  await cancel(desk(), { id })
  await w.run("insert into draw (session, seed, drawn_at) values (?, 's', ?)", MITO, NOW)
  expect(await restore(desk(), id)).toEqual({ ok: false, why: 'closed' })
  await w.run('update booking set draw_order = 3 where id = ?', id)
  expect(await restore(desk(), id)).toMatchObject({ ok: true })
})

test('what was erased does not come back', async () => {
  const own = await booked(w)
  await erase(w.ctx, { token: own.token })
  expect(await restore(desk(), own.id)).toEqual({ ok: false, why: 'closed' })
})

test('is refused for a session called off, and once the day is over', async () => {
  const late = await cancelled(application({ session: 'ibaraki-2026-12-04', slot: 'ibaraki-2026-12-04-1000' }))
  const id = await cancelled()
  await callOff(desk(), MITO, { reason_ja: '大雪のため' })
  expect(await restore(desk(), id)).toEqual({ ok: false, why: 'closed' })
  w.at('2026-12-04T01:50:00.000Z')
  expect(await restore(desk(), late)).toEqual({ ok: false, why: 'closed' })
})

test('is for the desk of its prefecture', async () => {
  const id = await cancelled()
  expect(await mayDo(w, (ctx) => restore(ctx, id))).toEqual(['desk', 'secretariat', 'system'])
})

test('who has no e-mail is called about it, unless they know already', async () => {
  const ids = [await cancelled(), await cancelled(application({ slot: `${MITO}-1100` }))]
  await w.run("update booking set email = null, person_key = 'phone ' || id")
  for (const [at, id] of ids.entries()) await restore(desk(), id, undefined, at === 1)
  const calls = (await letters(w)).filter(({ channel }) => channel === 'phone')
  expect(calls.map(({ subject, state }) => [subject, state])).toEqual([
    [ids[0], 'waiting'],
    [ids[1], 'sent'],
  ])
})
