import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Forbidden } from '../../src/base/actor.ts'
import { NotFound } from '../../src/base/outcome.ts'
import { amend } from '../../src/booking/amend.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { as } from '../acts.ts'
import { meanwhile } from '../meanwhile.ts'
import { application, MITO, type World } from '../world.ts'
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
  await amend(w.ctx, { token }, { ...NEW, status: 'attended', session: 'seminar', slot: null, consent: false })
  expect(await bookingRow(w, id)).toMatchObject({ status: 'booked', seats: 1, session: 'ibaraki-2026-11-27' })
})

test('what is not given stays, and the person is found under the new name', async () => {
  const { id, token } = await booked(w)
  const before = await bookingRow(w, id)
  const given = { company: '㈱べつ', name: '別 人', name_kana: 'べつ じん' }
  expect(await amend(w.ctx, { token }, given)).toEqual({ ok: true, booking: id })
  expect(await bookingRow(w, id)).toEqual({
    ...before,
    ...given,
    name_kana: 'ベツ ジン',
    search_key: expect.stringMatching(/^ taro[0-9]+examplejp ⟨株⟩ベツ 別人 ベツジン$/),
    revision: 1,
  })
  expect(await amend(w.ctx, { token }, { name_kana: '' })).toMatchObject({ errors: { name_kana: 'required' } })
})

describe('the desk', () => {
  const AFTER_DEADLINE = '2026-11-26T08:00:00.000Z'

  test('changes people and form past the deadline of the public, and one letter says so', async () => {
    await run('update slot set capacity = 3')
    const { id, token } = await booked(w, application({ slot: `${MITO}-1000` }))
    w.at(AFTER_DEADLINE)
    expect(await amend(w.ctx, { token }, { seats: 2 })).toEqual({ ok: false, why: 'closed' })
    const wanted = { seats: '2', format: 'online' }
    expect(await amend(as(w, 'desk'), { id }, wanted)).toEqual({ ok: true, booking: id, told: true })
    expect(await bookingRow(w, id)).toMatchObject({ seats: 2, format: 'online', sequence: 1 })
    expect((await letters(w)).map(({ kind }) => kind)).toEqual(['booked', 'amended'])
    expect(await amend(as(w, 'desk'), { id }, wanted)).toEqual({ ok: true, booking: id, same: true })
    expect(await amend(as(w, 'desk'), { id }, { seats: 3 })).toMatchObject({ ok: true })
    expect(await amend(as(w, 'desk'), { id }, { seats: 4 })).toMatchObject({ errors: { seats: 'seats' } })
  })

  test('calls a person without e-mail, unless they know already', async () => {
    const { id } = await booked(w)
    await run('update booking set email = null where id = ?', id)
    await amend(as(w, 'desk'), { id, told: true }, { format: 'online' })
    await amend(as(w, 'desk'), { id }, { format: 'onsite' })
    expect(await w.column("select kind || ' ' || state from outbox where channel = 'phone' order by sequence")).toEqual(
      ['amended sent', 'amended waiting'],
    )
  })

  test('of another prefecture changes nothing', async () => {
    const { id } = await booked(w)
    await expect(amend(as(w, 'elsewhere'), { id }, { format: 'online' })).rejects.toThrow(Forbidden)
  })
})

describe('the number of people', () => {
  const seatsOf = async (id: string) => (await bookingRow(w, id)).seats
  const takenOf = async () => [
    ...(await w.column('select seats_taken from session where id = ?', MITO)),
    ...(await w.column('select seats_taken from slot where id = ?', `${MITO}-1000`)),
  ]

  test('rises where there is room and falls always, with its places, and each change is told once', async () => {
    await run('update slot set capacity = 3')
    const { id, token } = await booked(w, application({ slot: `${MITO}-1000` }))
    expect(await amend(w.ctx, { token }, { seats: '３' })).toEqual({ ok: true, booking: id, told: true })
    expect([await seatsOf(id), await takenOf()]).toEqual([3, [3, 3]])
    expect(await amend(w.ctx, { token }, { seats: 2 })).toMatchObject({ ok: true })
    expect([await seatsOf(id), await takenOf()]).toEqual([2, [2, 2]])
    expect(await bookingRow(w, id)).toMatchObject({ sequence: 2, revision: 2 })
    const told = (await letters(w)).slice(1)
    expect(told).toMatchObject([
      { kind: 'amended', sequence: 1 },
      { kind: 'amended', sequence: 2 },
    ])
    expect(told.map(({ before }) => JSON.parse(before ?? '{}').seats)).toEqual([1, 3])
    expect((await journal(w)).at(-1)?.detail).toEqual({ seats: 2, format: 'onsite' })
  })

  test('does not rise beyond what is left, nor beyond what a party may be', async () => {
    await run('update slot set capacity = 3')
    const { id, token } = await booked(w, application({ slot: `${MITO}-1000` }))
    await booked(w, application({ slot: `${MITO}-1000` }))
    expect(await amend(w.ctx, { token }, { seats: 3 })).toEqual({ ok: false, why: 'full' })
    expect(await amend(w.ctx, { token }, { seats: 4 })).toMatchObject({ errors: { seats: 'seats' } })
    expect(await seatsOf(id)).toBe(1)
  })

  test('is not raised into a place that somebody waits for', async () => {
    await run('update slot set capacity = 2')
    const { token } = await booked(w, application({ slot: `${MITO}-1000` }))
    const other = await booked(w, application({ slot: `${MITO}-1000` }))
    await booked(w, application({ slot: `${MITO}-1000`, waitlist: true }))
    await cancel(w.ctx, { token: other.token })
    expect(await amend(w.ctx, { token }, { seats: 2 })).toEqual({ ok: false, why: 'full' })
  })

  test('does not rise beyond the places that one source may hold', async () => {
    await w.close()
    w = await mito({ env: { CAPS: 'on', CAP_PLACES: '2' } })
    await run('update slot set capacity = 3')
    const { id, token } = await booked(w, application({ slot: `${MITO}-1000` }))
    expect(await amend(w.ctx, { token }, { seats: 2 })).toMatchObject({ ok: true })
    expect(await amend(w.ctx, { token }, { seats: 3 })).toEqual({ ok: false, why: 'capped' })
    expect(await seatsOf(id)).toBe(2)
  })

  test('rises until booking closes, and falls until it can no longer be cancelled', async () => {
    await run('update slot set capacity = 3')
    const { token } = await booked(w, application({ slot: `${MITO}-1000`, seats: 2 }))
    w.at('2026-11-26T06:00:00.000Z')
    expect(await amend(w.ctx, { token }, { seats: 3 })).toEqual({ ok: false, why: 'closed' })
    expect(await amend(w.ctx, { token }, { seats: 1 })).toMatchObject({ ok: true })
  })
})

describe('the form alone', () => {
  test('is changed where the session has it, and is told with a calendar part', async () => {
    const { id, token } = await booked(w)
    expect(await amend(w.ctx, { token }, { format: 'online' })).toMatchObject({ ok: true })
    expect(await bookingRow(w, id)).toMatchObject({ format: 'online', sequence: 1 })
    const letter = (await letters(w)).at(-1)
    expect(letter).toMatchObject({ kind: 'amended', sequence: 1 })
    expect(JSON.parse(letter?.before ?? '{}')).toMatchObject({ format: 'onsite' })
    expect(await amend(w.ctx, { token }, { format: 'visit' })).toMatchObject({ errors: { format: 'choice' } })
  })

  test('of somebody who waits is changed with a letter of its own', async () => {
    for (const time of ['1000', '1100', '1300', '1400', '1500'])
      await booked(w, application({ slot: `${MITO}-${time}` }))
    const { id, token } = await booked(w, application({ slot: null, waitlist: true }))
    expect(await amend(w.ctx, { token }, { format: 'online' })).toMatchObject({ ok: true })
    expect(await bookingRow(w, id)).toMatchObject({ status: 'waiting', format: 'online', sequence: 1 })
    expect((await letters(w)).at(-1)).toMatchObject({ kind: 'amended', sequence: 1 })
  })
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
