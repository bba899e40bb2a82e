import { afterEach, beforeEach, expect, test } from 'vitest'
import { venueScope } from '../../../src/base/japan/closure-scope.ts'
import { closeDay } from '../../../src/planning/closures/close-day.ts'
import { heldOnClosedDays } from '../../../src/planning/closures/closure-ahead.ts'
import { plan } from '../../../src/planning/plan.ts'
import { sessionById } from '../../../src/schedule/queries.ts'
import { as, mayDo } from '../../acts.ts'
import { type World, world } from '../../world.ts'

let w: World
beforeEach(async () => {
  w = await world()
})
afterEach(() => w.close())

const DATE = '2026-12-04'
const NEXT = `ibaraki-${DATE}`
const WHY = { reason_ja: '館内休館', reason_en: 'The building is closed' }
const close = (scope: string, state = 'confirmed', changes: Record<string, unknown> = {}) =>
  closeDay(as(w, 'secretariat'), { date: DATE, scope, state, ...WHY, ...changes })
const state = async (id = NEXT) => (await w.column('select state from session where id = ?', id))[0]

test('a venue that is closed leaves out the sessions to which people come there, and moves no deadline', async () => {
  const before = await sessionById(w.ctx, 'ibaraki-2026-12-11')
  const scope = venueScope('ibaraki')
  expect(await close(scope)).toEqual({ ok: true, followed: 1, left: [] })
  expect(await w.rows('select state, skipped_by, reason_ja from session where id = ?', NEXT)).toEqual([
    { state: 'skipped', skipped_by: 'closure', reason_ja: '館内休館' },
  ])
  await close(scope, 'confirmed', { date: '2026-12-10' })
  expect((await sessionById(w.ctx, 'ibaraki-2026-12-11'))?.closes_at).toBe(before?.closes_at)
  expect(await close(scope, 'removed')).toEqual({
    ok: true,
    followed: 1,
    left: [],
    removed: [expect.objectContaining({ scope, state: 'confirmed' })],
  })
  expect(await state()).toBe('published')
})

test('a session on the web alone is held although its venue is closed', async () => {
  await w.run("update session set formats = 'online' where id = ?", NEXT)
  expect(await close(venueScope('ibaraki'))).toEqual({ ok: true, followed: 0, left: [] })
  expect(await heldOnClosedDays(as(w, 'desk'), DATE)).toEqual([])
})

test('a desk that opens its day holds nothing in a closed venue; a venue that opens nothing on a closed day', async () => {
  const scope = venueScope('ibaraki')
  await close('08')
  await close(scope)
  expect(await close('08', 'removed')).toMatchObject({ followed: 0 })
  expect(await state()).toBe('skipped')
  await close('08')
  expect(await close(scope, 'lifted')).toMatchObject({ followed: 0 })
  expect(await state()).toBe('skipped')
  expect(await close('08', 'lifted')).toMatchObject({ followed: 1 })
  expect(await state()).toBe('published')
})

test('days that a series makes later are left out while its venue is closed', async () => {
  const later = 'ibaraki-2027-03-05'
  expect(await state(later)).toBeUndefined()
  await close(venueScope('ibaraki'), 'confirmed', { date: '2027-03-05' })
  await plan(w.system, { to: '2027-03-06' })
  expect(await state(later)).toBe('skipped')
})

test('what is booked there stays and is named; another venue is nothing to it', async () => {
  await w.run('update session set edited = 1 where id = ?', NEXT)
  const done = await close(venueScope('ibaraki'))
  expect(done.ok && done.left.map(({ id }) => id)).toEqual([NEXT])
  expect((await heldOnClosedDays(as(w, 'desk'), DATE)).map(({ id }) => id)).toEqual([NEXT])
  const unknown = { ok: false, why: 'invalid', errors: { scope: 'choice' } }
  expect(await close(venueScope('nowhere'))).toEqual(unknown)
})

test('closing a venue is for the desk of its prefecture', async () => {
  const given = { date: DATE, scope: venueScope('ibaraki'), state: 'confirmed', ...WHY }
  expect(await mayDo(w, (ctx) => closeDay(ctx, given))).toEqual(['desk', 'secretariat', 'system'])
})

test('national holidays of this fiscal year and the next are there before any programme is', async () => {
  const empty = await world({ seeded: false })
  await empty.run('delete from programme')
  await plan(empty.system)
  const dates = await empty.column<string>("select date from closure where scope = 'all' order by date")
  expect([dates[0], dates.at(-1)]).toEqual(['2026-11-23', '2028-03-20'])
  await empty.close()
})
