import { afterEach, beforeEach, expect, test } from 'vitest'
import { cancel } from '../../src/booking/cancel.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { markCalled } from '../../src/changes/mark-called.ts'
import { markUnreached } from '../../src/changes/mark-unreached.ts'
import { callList } from '../../src/changes/queries.ts'
import { unmarkCalled } from '../../src/changes/unmark-called.ts'
import { deliver } from '../../src/mail/deliver.ts'
import { offer } from '../../src/waitlist/offer.ts'
import { promote } from '../../src/waitlist/promote.ts'
import { lines } from '../acts.ts'
import { asDesk } from '../booking/desk.ts'
import { booked, bookingRow, letters, mito, unlawful } from '../booking/fixtures.ts'
import { application, MITO, type World } from '../world.ts'

let w: World
beforeEach(async () => {
  w = await mito({ env: { SMTP_URL: 'smtp://localhost' } })
})
afterEach(() => w.close())

const full = () => booked(w, application({ seats: 2 }))
const waiting = () => booked(w, application({ seats: 2, waitlist: true, slot: `${MITO}-1000` }))

test('a waiting person without e-mail who is offered a place is called, marked once, and gets no letter', async () => {
  const first = await full()
  const { id } = await waiting()
  await w.run('update booking set email = null where id = ?', id)
  await cancel(w.ctx, { token: first.token })
  await offer(w.system)
  const [one, ...others] = await callList(w.system)
  expect(others).toEqual([])
  expect(one).toMatchObject({ kind: 'offered', number: 'IB-1127-02', phone: '０２９-224-０００１', prefecture: '08' })
  const sent: string[] = []
  const mailer = { send: async () => ({ ok: Boolean(sent.push('')) as true }), close: () => undefined }
  await deliver(w.system, mailer, 'one')
  expect(await callList(w.system)).toHaveLength(1)
  await expect(markCalled(asDesk(w, '13'), one?.id ?? '')).rejects.toThrow('only for the desk')
  expect(await markCalled(asDesk(w, '08'), one?.id ?? '')).toEqual({ ok: true, booking: id, again: false })
  expect(await markCalled(asDesk(w, '08'), one?.id ?? '')).toEqual({ ok: true, booking: id, again: true })
  expect((await lines(w, id)).filter(({ act }) => act === 'booking.called')).toHaveLength(1)
  expect(await callList(w.system)).toEqual([])
  await expect(markCalled(w.system, 'nobody')).rejects.toThrow('call')
  await expect(unmarkCalled(asDesk(w, '13'), one?.id ?? '')).rejects.toThrow('only for the desk')
  expect(await unmarkCalled(asDesk(w, '08'), one?.id ?? '')).toEqual({ ok: true, booking: id, again: false })
  expect(await unmarkCalled(asDesk(w, '08'), one?.id ?? '')).toEqual({ ok: true, booking: id, again: true })
  expect(await callList(w.system)).toHaveLength(1)
  expect((await lines(w, id)).filter(({ act }) => act === 'booking.uncalled')).toHaveLength(1)
  await expect(unmarkCalled(w.system, 'nobody')).rejects.toThrow('call')
})

test('marked and taken back by several at once, a call has one line for each', async () => {
  const { id } = await full()
  await w.run('update booking set email = null where id = ?', id)
  await callOff(w.system, MITO, { reason_ja: '大雪のため' })
  const call = (await callList(w.system))[0]?.id ?? ''
  const acts = async () =>
    (await lines(w, id)).map(({ act }) => act).filter((act) => act.endsWith('called') && !act.includes('_'))
  await Promise.all([1, 2, 3, 4].map(() => markCalled(asDesk(w, '08'), call)))
  expect(await acts()).toEqual(['booking.called'])
  await Promise.all([1, 2, 3, 4].map(() => unmarkCalled(asDesk(w, '08'), call)))
  expect(await acts()).toEqual(['booking.called', 'booking.uncalled'])
})

test('a call that nobody answers is counted once for each press, and the person stays on the list', async () => {
  const { id } = await full()
  await w.run('update booking set email = null where id = ?', id)
  await callOff(w.system, MITO, { reason_ja: '大雪のため' })
  const [one] = await callList(w.system)
  const call = one?.id ?? ''
  w.at('2026-11-24T01:00:00.000Z')
  await expect(markUnreached(asDesk(w, '13'), call, 0)).rejects.toThrow('only for the desk')
  const twice = await Promise.all([0, 0].map((tries) => markUnreached(asDesk(w, '08'), call, tries)))
  expect(twice.filter((done) => done.again)).toHaveLength(1)
  w.at('2026-11-24T05:00:00.000Z')
  expect(await markUnreached(asDesk(w, '08'), call, 1)).toEqual({ ok: true, booking: id, again: false })
  expect(await callList(w.system)).toMatchObject([{ id: call, attempts: 2, updated_at: '2026-11-24T05:00:00.000Z' }])
  expect((await lines(w, id)).filter(({ act }) => act === 'booking.not_reached')).toHaveLength(2)
  await markCalled(asDesk(w, '08'), call)
  expect(await markUnreached(asDesk(w, '08'), call, 2)).toEqual({ ok: true, booking: id, again: true })
  expect(await callList(w.system)).toEqual([])
})

test('a letter cannot be marked as a call', async () => {
  await full()
  const [letter] = await letters(w)
  await expect(markUnreached(w.system, letter?.id ?? '', 0)).rejects.toThrow('call')
  await expect(markCalled(w.system, letter?.id ?? '')).rejects.toThrow('call')
})

test('two desks that give one freed place at once give it once', async () => {
  const first = await full()
  const [a, b] = [await waiting(), await waiting()]
  await cancel(w.ctx, { token: first.token })
  const done = await Promise.all([a, b].map(({ id }) => promote(w.system, id)))
  expect(done.map((one) => (one.ok ? 'given' : one.why)).toSorted()).toEqual(['full', 'given'])
  expect(await unlawful(w)).toEqual([])
})

test('after the deadline the desk gives a freed place by telephone, and never more than there is room for', async () => {
  const first = await full()
  const second = await waiting()
  const third = await waiting()
  w.at('2026-11-26T23:00:00.000Z')
  expect(await promote(asDesk(w, '08'), second.id)).toEqual({ ok: false, why: 'full' })
  await cancel(w.ctx, { token: first.token })
  await offer(w.system)
  expect(await bookingRow(w, second.id)).toMatchObject({ status: 'waiting' })
  await expect(promote(asDesk(w, '13'), second.id)).rejects.toThrow('only for the desk')
  expect(await promote(asDesk(w, '08'), second.id)).toEqual({ ok: true, booking: second.id, again: false })
  expect(await promote(asDesk(w, '08'), second.id)).toEqual({ ok: true, booking: second.id, again: true })
  expect(await promote(asDesk(w, '08'), third.id)).toEqual({ ok: false, why: 'full' })
  const told = (await letters(w)).filter((letter) => letter.subject === second.id)
  expect(told.map((letter) => letter.kind)).toEqual(['waiting', 'promoted'])
  expect(await unlawful(w)).toEqual([])
  await callOff(w.system, MITO, { reason_ja: '大雪のため' })
  expect(await promote(asDesk(w, '08'), third.id)).toEqual({ ok: false, why: 'closed' })
})
