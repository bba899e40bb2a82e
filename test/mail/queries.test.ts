import { afterEach, beforeEach, expect, test } from 'vitest'
import { plusMinutes } from '../../src/base/clock.ts'
import { letterById, letters, oldestUnsentSeconds } from '../../src/mail/queries.ts'
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
