import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NotFound } from '../../src/base/outcome.ts'
import { amend } from '../../src/booking/amend.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { correct } from '../../src/booking/correct.ts'
import { bookingByToken } from '../../src/booking/queries.ts'
import { as, lines, mayDo } from '../acts.ts'
import { meanwhile } from '../meanwhile.ts'
import type { World } from '../world.ts'
import { booked, bookingRow, forSeminar, letters, mito } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await mito()
  await w.run("update session set prefecture = '08' where id = 'seminar'")
})
afterAll(() => w.close())

let people = 0

/** The values of the form. Each call has another address. */
function form(changes: Record<string, unknown> = {}) {
  people++
  const person = { company: '大洗建設', name: '海野 次郎', name_kana: 'うんの じろう', phone: '０９０-1234-5678' }
  return { ...person, email: `jiro${people}@example.jp`, revision: 0, ...changes }
}

const somebody = (changes: Record<string, unknown> = {}) => booked(w, forSeminar(changes))
const put = (id: string, given: unknown) => correct(as(w, 'desk'), id, given)
const sent = async (id: string) =>
  (await letters(w)).filter(({ subject, dedupe_key }) => subject === id && dedupe_key.includes('corrected')).length

describe('who made a booking', () => {
  test('is corrected, and found under the new name and telephone', async () => {
    const { id } = await somebody({ email: 'same@example.jp' })
    const before = await bookingRow(w, id)
    expect(await put(id, form({ email: 'same@example.jp' }))).toEqual({ ok: true, booking: id })
    expect(await put(id, form({ email: 'same@example.jp' }))).toEqual({ ok: true, booking: id, same: true })
    const after = await bookingRow(w, id)
    expect(after).toMatchObject({
      company: '大洗建設',
      name: '海野 次郎',
      phone: '０９０-1234-5678',
      phone_digits: '09012345678',
      revision: 1,
    })
    expect(after.search_key).not.toBe(before.search_key)
    expect([after.session, after.status, after.seats, after.sequence]).toEqual([
      before.session,
      before.status,
      before.seats,
      before.sequence,
    ])
  })

  test('at the same address keeps the link, and no letter leaves', async () => {
    const { id, token } = await somebody({ email: 'keeps@example.jp' })
    await put(id, form({ email: 'keeps@example.jp' }))
    expect([(await bookingByToken(w.ctx, token))?.id, await sent(id)]).toEqual([id, 0])
  })

  test('at another address gets a new link there, and the old one leads nowhere', async () => {
    const { id, token } = await somebody()
    await put(id, form())
    expect([await bookingByToken(w.ctx, token), await sent(id)]).toEqual([undefined, 1])
    expect(await bookingRow(w, id)).toMatchObject({ token_version: 2 })
  })

  test('without an address any more gets no letter, and the old link leads nowhere', async () => {
    const { id, token } = await somebody()
    await put(id, form({ email: '' }))
    expect([await bookingByToken(w.ctx, token), await sent(id)]).toEqual([undefined, 0])
    expect((await bookingRow(w, id)).person_key).toMatch(/^tel:09012345678:/)
  })

  test('leaves a line without any of it', async () => {
    const { id } = await somebody()
    await put(id, form())
    expect(await lines(w, id)).toContainEqual({ actor: 'desk', act: 'booking.corrected', detail: {} })
  })
})

describe('is refused', () => {
  test.each([
    ['no name', { name: '' }, { name: 'required' }],
    ['an address that is none', { email: 'jiro' }, { email: 'email' }],
    ['a telephone that is none', { phone: '1' }, { phone: 'phone' }],
    ['a reading that is none', { name_kana: '海野' }, { name_kana: 'kana' }],
  ])('for %s', async (_, changes, errors) => {
    const { id } = await somebody()
    expect(await put(id, form(changes))).toEqual({ ok: false, why: 'invalid', errors })
    expect(await bookingRow(w, id)).toMatchObject({ revision: 0 })
  })

  test('for a person who has another booking there', async () => {
    await somebody({ email: 'twice@example.jp' })
    const { id } = await somebody()
    expect(await put(id, form({ email: 'twice@example.jp' }))).toEqual({ ok: false, why: 'twice' })
    expect([(await bookingRow(w, id)).revision, await sent(id)]).toEqual([0, 0])
  })

  test.each(['cancelled', 'lapsed'])('once it is %s', async (status) => {
    const { id } = await somebody()
    await w.run('update booking set status = ? where id = ?', status, id)
    expect(await put(id, form())).toEqual({ ok: false, why: 'closed' })
  })

  test('from a page that somebody else has overtaken', async () => {
    const { id } = await somebody()
    await put(id, form({ name: '先の名' }))
    expect(await put(id, form({ name: '後の名' }))).toEqual({ ok: false, why: 'changed' })
    expect((await bookingRow(w, id)).name).toBe('先の名')
  })
})

describe('between look and write', () => {
  test('its holder changes it: nothing of theirs is overwritten', async () => {
    const { id, token } = await somebody()
    const slower = meanwhile(w, () => amend(w.ctx, { token }, { phone: '029-224-0008', message: '' }))
    expect(await correct(as(slower, 'desk'), id, form())).toEqual({ ok: false, why: 'changed' })
    expect((await bookingRow(w, id)).phone).toBe('029-224-0008')
  })

  test('its holder cancels it', async () => {
    const { id, token } = await somebody()
    const slower = meanwhile(w, () => cancel(w.ctx, { token }))
    expect(await correct(as(slower, 'desk'), id, form())).toEqual({ ok: false, why: 'changed' })
    expect([(await bookingRow(w, id)).status, await sent(id)]).toEqual(['cancelled', 0])
  })

  test('somebody books under that address', async () => {
    const { id } = await somebody()
    const slower = meanwhile(w, () => somebody({ email: 'faster@example.jp' }))
    const done = await correct(as(slower, 'desk'), id, form({ email: 'faster@example.jp' }))
    expect(done).toEqual({ ok: false, why: 'twice' })
  })
})

test('a booking that is not there is not found', async () => {
  await expect(put('nobody', form())).rejects.toThrow(NotFound)
})

test('is for the desk of the session’s prefecture', async () => {
  const { id } = await somebody()
  expect(await mayDo(w, (ctx) => correct(ctx, id, form({ revision: 9 })))).toEqual(['desk', 'secretariat', 'system'])
})
