import { afterEach, beforeEach, expect, test } from 'vitest'
import { withLoads } from '../../src/matching/load.ts'
import { findings } from '../../src/node/findings.ts'
import { booked, mito } from '../booking/fixtures.ts'
import { MITO, type World } from '../world.ts'
import { expert, offerWrite, request } from './fixtures.ts'

let w: World
beforeEach(async () => {
  w = await mito()
  await expert(w)
  await request(w, 'r')
  await w.ctx.store.commit(...withLoads(w.ctx, ['expert'], offerWrite(w, { request: 'r', expert: 'expert', id: 'm' })))
  const { id } = await booked(w)
  await w.run('update session set request = ? where id = ?', 'r', MITO)
  await w.run(
    `insert into visit (id, request, nth, session, booking, minutes, late_cancel)
      values ('v', 'r', 1, ?, ?, 120, 0)`,
    MITO,
    id,
  )
  await w.run(
    `insert into entitlement (firm, programme, allowed, used, excess)
      select 'firm of r', programme, 3, 1, 0 from session where id = ?`,
    MITO,
  )
})
afterEach(() => w.close())

test('a request with its offer and visit is sound, also if the visit was missed or cancelled late', async () => {
  expect(await findings(w.system)).toEqual([])
  await w.run("update booking set status = 'absent'")
  expect(await findings(w.system)).toEqual([])
})

test.each<[string, string, string]>([
  ['counter_expert', 'expert', "update match set state = 'declined'"],
  ['counter_entitlement', 'firm of r', 'update entitlement set used = 2'],
  ['visit_of_another_request', 'v', 'update session set request = null where request is not null'],
])('a fault past every act is found, with its row: %s', async (code, id, harm) => {
  await w.run(harm)
  expect(await findings(w.system)).toEqual([{ code, count: 1, ids: [id] }])
})

test('a session of a request that is not there is found', async () => {
  await w.run("update session set request = 'gone' where id = 'seminar'")
  expect(await findings(w.system)).toEqual([{ code: 'orphan_session_request', count: 1, ids: ['seminar'] }])
})

test('a visit that was cancelled in time does not count, one that was cancelled late does', async () => {
  const wrong = { code: 'counter_entitlement', count: 1, ids: ['firm of r'] }
  await w.run("update booking set status = 'cancelled', ended = 'cancelled'")
  expect(await findings(w.system)).toContainEqual(wrong)
  await w.run('update visit set late_cancel = 1')
  expect(await findings(w.system)).not.toContainEqual(wrong)
})
