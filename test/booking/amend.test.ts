import { afterEach, beforeEach, expect, test } from 'vitest'
import { NotFound } from '../../src/base/outcome.ts'
import { amend } from '../../src/booking/amend.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { meanwhile } from '../meanwhile.ts'
import { application, type World } from '../world.ts'
import { booked, bookingRow, journal, letters, mito } from './fixtures.ts'

let w: World

beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

const NEW = { phone: '０９０-1234-5678', message: '一行目\r\n二行目' }
const run = (sql: string, ...given: unknown[]) => w.run(sql, ...given)

test('telephone and message are changed, time and place and everything else stay', async () => {
  const { id, token } = await booked(w)
  const before = await bookingRow(w, id)
  expect(await amend(w.ctx, { token }, NEW)).toEqual({ ok: true, booking: id })
  expect(await bookingRow(w, id)).toEqual({
    ...before,
    phone: '０９０-1234-5678',
    phone_digits: '09012345678',
    message: '一行目\n二行目',
    revision: 1,
  })
})

test('no letter leaves, and the journal tells that it was, not what', async () => {
  const { id, token } = await booked(w)
  await amend(w.ctx, { token }, NEW)
  expect((await letters(w)).map((one) => one.kind)).toEqual(['booked'])
  expect((await journal(w)).at(-1)).toEqual({ act: 'booking.amended', subject: id, detail: {} })
})

test('a message may be taken back', async () => {
  const { id, token } = await booked(w, application({ message: '資料希望' }))
  await amend(w.ctx, { token }, { phone: '029-224-0001', message: '' })
  expect((await bookingRow(w, id)).message).toBe('')
})

test('an invalid telephone number is a fault of its field, and nothing changes', async () => {
  const { id, token } = await booked(w)
  const before = await bookingRow(w, id)
  expect(await amend(w.ctx, { token }, { phone: '1', message: 'あ'.repeat(2001) })).toEqual({
    ok: false,
    why: 'invalid',
    errors: { phone: 'phone', message: 'long' },
  })
  expect(await amend(w.ctx, { token }, null)).toMatchObject({ why: 'invalid' })
  expect(await bookingRow(w, id)).toEqual(before)
})

test('what else is sent is not taken', async () => {
  const { id, token } = await booked(w)
  await amend(w.ctx, { token }, { ...NEW, status: 'attended', seats: 9, email: 'other@example.jp', session: 'seminar' })
  expect(await bookingRow(w, id)).toMatchObject({ status: 'booked', seats: 1, session: 'ibaraki-2026-11-27' })
})

test('it ends with the time to cancel', async () => {
  const { token } = await booked(w)
  w.at('2026-11-27T00:59:59.999Z')
  expect(await amend(w.ctx, { token }, NEW)).toMatchObject({ ok: true })
  w.at('2026-11-27T01:00:00.000Z')
  expect(await amend(w.ctx, { token }, NEW)).toEqual({ ok: false, why: 'closed' })
})

test('what was cancelled is not amended', async () => {
  const { token } = await booked(w)
  await cancel(w.ctx, { token })
  expect(await amend(w.ctx, { token }, NEW)).toEqual({ ok: false, why: 'closed' })
})

test('an unknown token is not found', async () => {
  await expect(amend(w.ctx, { token: 'nobody' }, NEW)).rejects.toThrow(NotFound)
})

test('a person without e-mail who takes the telephone of a namesake would be booked twice', async () => {
  const [one, two] = [await booked(w), await booked(w)]
  const tel = (id: string, digits: string) =>
    run(
      'update booking set email = null, phone = ?, person_key = ? where id = ?',
      digits,
      `tel:${digits}:タカハシタロウ`,
      id,
    )
  await tel(one.id, '0292240001')
  await tel(two.id, '0292240002')
  expect(await amend(w.ctx, { token: two.token }, { phone: '029-224-0001', message: '' })).toEqual({
    ok: false,
    why: 'twice',
  })
  expect((await bookingRow(w, two.id)).phone).toBe('0292240002')
  expect(await amend(w.ctx, { token: two.token }, { phone: '029-224-0003', message: '' })).toMatchObject({ ok: true })
  expect((await bookingRow(w, two.id)).person_key).toBe('tel:0292240003:タカハシタロウ')
})

test('amended by two people at once, the second change is made on top of the first', async () => {
  const { id, token } = await booked(w)
  const first = () => amend(w.ctx, { token }, { phone: '029-224-0008', message: 'first' })
  expect(await amend(meanwhile(w, first).ctx, { token }, NEW)).toMatchObject({ ok: true })
  expect(await bookingRow(w, id)).toMatchObject({ phone: NEW.phone, revision: 2 })
})

test('cancelled meanwhile, it is closed and stays as it was', async () => {
  const { id, token } = await booked(w)
  expect(await amend(meanwhile(w, () => cancel(w.ctx, { token })).ctx, { token }, NEW)).toEqual({
    ok: false,
    why: 'closed',
  })
  expect(await bookingRow(w, id)).toMatchObject({ status: 'cancelled', message: '' })
})

test('changed three times meanwhile, it is given up', async () => {
  const { id, token } = await booked(w)
  const changed = () => run('update booking set revision = revision + 1 where id = ?', id)
  expect(await amend(meanwhile(w, changed, 3).ctx, { token }, NEW)).toEqual({ ok: false, why: 'changed' })
  expect((await bookingRow(w, id)).message).toBe('')
})
