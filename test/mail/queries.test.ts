import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { plusMinutes } from '../../src/base/clock.ts'
import { letterById, letters, lettersToPerson, oldestUnsentSeconds } from '../../src/mail/queries.ts'
import { NOW, type World } from '../world.ts'
import { booked, cancelled, mailWorld, outbox } from './fixtures.ts'

let w: World

beforeEach(async () => {
  w = await mailWorld()
})
afterEach(() => w.close())

test('the list shows the newest letter first, with the booking it is about, in one query', async () => {
  const one = await booked(w, { company: '株式会社いち' })
  w.reads()
  expect(await letters(w.ctx)).toHaveLength(1)
  expect(w.reads()).toBe(1)
  w.at(plusMinutes(NOW, 1))
  await booked(w, { slot: 'ibaraki-2026-11-27-1100', company: '株式会社に' })
  w.at(plusMinutes(NOW, 2))
  await cancelled(w, one)
  w.reads()
  const lines = await letters(w.ctx)
  expect(w.reads()).toBe(1)
  expect(lines.map((line) => `${line.kind} ${line.company} ${line.number} ${line.state}`)).toEqual([
    'cancelled 株式会社いち IB-1127-01 waiting',
    'booked 株式会社に IB-1127-02 waiting',
    'booked 株式会社いち IB-1127-01 waiting',
  ])
  expect(await letters(w.ctx, 1)).toHaveLength(1)
})

test('a letter is found by its id', async () => {
  await booked(w)
  const [row] = await outbox(w)
  expect(await letterById(w.ctx, row?.id ?? '')).toEqual(row)
  expect(await letterById(w.ctx, 'none')).toBeUndefined()
})

test('the oldest unsent letter is as old as it has been waiting; kept and sent ones do not count', async () => {
  expect(await oldestUnsentSeconds(w.ctx)).toBeNull()
  await booked(w)
  w.at(plusMinutes(NOW, 10))
  await booked(w, { slot: 'ibaraki-2026-11-27-1100' })
  expect(await oldestUnsentSeconds(w.ctx)).toBe(600)
  await w.ctx.store.commit(w.ctx.store.db.updateTable('outbox').set({ state: 'sent' }).where('created_at', '=', NOW))
  expect(await oldestUnsentSeconds(w.ctx)).toBe(0)
  await w.ctx.store.commit(w.ctx.store.db.updateTable('outbox').set({ state: 'kept' }))
  expect(await oldestUnsentSeconds(w.ctx)).toBeNull()
})

test('a letter that is not due yet is not late, one that failed once is', async () => {
  await booked(w)
  const { db } = w.ctx.store
  await w.ctx.store.commit(db.updateTable('outbox').set({ due_at: plusMinutes(NOW, 60) }))
  expect(await oldestUnsentSeconds(w.ctx)).toBeNull()
  await w.ctx.store.commit(db.updateTable('outbox').set({ attempts: 1 }))
  w.at(plusMinutes(NOW, 2))
  expect(await oldestUnsentSeconds(w.ctx)).toBe(120)
})

describe('what went to one person', () => {
  const numbersTo = async (id: string) => {
    const { letters: found } = await lettersToPerson(w.system, { id })
    return [...new Set(found.map(({ number }) => number))].toSorted()
  }

  test.each([
    '029-224-0001',
    '０２９（２２４）０００１',
    '+81 29-224-0001',
    '+81(0)29 224 0001',
    '029-224-0001 内線12',
    'TEL 0292240001',
  ])('has that of the same telephone, also typed as %s with another address', async (phone) => {
    const first = await booked(w, { phone: '029-224-0001' })
    const again = await booked(w, { slot: 'ibaraki-2026-11-27-1100', phone, name_kana: 'べつのかた' })
    await booked(w, { slot: 'ibaraki-2026-11-27-1300', phone: '029-224-0002' })
    for (const one of [first, again]) expect(await numbersTo(one.id)).toEqual(['IB-1127-01', 'IB-1127-02'])
  })

  test('has that of the same e-mail address with another telephone', async () => {
    const email = 'taro@example.jp'
    const first = await booked(w, { email, phone: '029-224-0001' })
    await booked(w, { session: 'ibaraki-2026-12-04', slot: 'ibaraki-2026-12-04-1000', email, phone: '029-224-0002' })
    expect(await numbersTo(first.id)).toHaveLength(2)
  })

  test('has nothing of other erased people', async () => {
    const first = await booked(w, { phone: '029-224-0001' })
    const again = await booked(w, { slot: 'ibaraki-2026-11-27-1100', phone: '029-224-0001' })
    for (const { id } of [first, again]) {
      await w.run("update booking set phone = '', phone_digits = '', person_key = 'forgotten:' || id where id = ?", id)
    }
    expect(await numbersTo(first.id)).toEqual(['IB-1127-01'])
  })
})
