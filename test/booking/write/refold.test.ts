import { afterEach, beforeEach, expect, test } from 'vitest'
import { refold } from '../../../src/booking/write/refold.ts'
import { tick } from '../../../src/clockwork.ts'
import { mayDo } from '../../acts.ts'
import { application, MITO, type World } from '../../world.ts'
import { booked, bookingRow, mito } from '../fixtures.ts'

let w: World
beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

test('the search texts of an earlier version are computed anew, once, and an erased person keeps none', async () => {
  const [older, old, erased, now] = [
    await booked(w, application({ slot: `${MITO}-1400`, phone: '029-224-0001 内線12' })),
    await booked(w),
    await booked(w, application({ slot: `${MITO}-1100` })),
    await booked(w, application({ slot: `${MITO}-1300`, company: '㈱髙﨑' })),
  ]
  await w.run("update booking set search_key = '⟨株⟩高崎製作所 高橋太郎 タカハシタロウ' where id = ?", older.id)
  await w.run("update booking set search_key = '株式会社髙﨑製作所' where id = ?", old.id)
  await w.run("update booking set search_key = '' where id = ?", erased.id)
  const kept = await bookingRow(w, now.id)
  expect(await refold(w.system)).toEqual({ ok: true, refolded: 2 })
  expect((await bookingRow(w, older.id)).search_key).toMatch(
    /^内線12 taro[0-9]+examplejp ⟨株⟩高崎製作所 高橋太郎 タカハシタロウ$/,
  )
  expect((await bookingRow(w, old.id)).search_key).toMatch(
    /^ taro[0-9]+examplejp ⟨株⟩高崎製作所 高橋太郎 タカハシタロウ$/,
  )
  expect((await bookingRow(w, erased.id)).search_key).toBe('')
  expect(await bookingRow(w, now.id)).toEqual(kept)
  expect(await refold(w.system)).toEqual({ ok: true, refolded: 0 })
  await w.run("update booking set search_key = '㈱髙﨑' where id = ?", now.id)
  await tick(w.system)
  expect(await bookingRow(w, now.id)).toEqual(kept)
})

test('is for the clockwork', async () => {
  expect(await mayDo(w, (ctx) => refold(ctx))).toEqual(['system'])
})
