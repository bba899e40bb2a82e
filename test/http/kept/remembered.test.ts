import { expect, test } from 'vitest'
import { sessionById, sessions } from '../../../src/schedule/queries.ts'
import { listRemembered, remember, rememberList, sessionsRemembered } from '../../../src/schedule/remembered.ts'
import { ofDates, sightOf, spanAround } from '../../../src/store/sight.ts'
import { booked, mito } from '../../booking/fixtures.ts'
import { afterTest } from '../../ends.ts'
import { MITO, NOW } from '../../world.ts'

async function opened() {
  const w = await mito()
  afterTest(w.close)
  /** A public answer that is begun now. */
  const answer = () => ({ ...w.ctx, sight: sightOf(w.ctx.store.changes, w.ctx.clock.now()) })
  return { ...w, answer }
}

test('acts go to the rows, public answers to memory', async () => {
  const w = await opened()
  const ctx = w.answer()
  const first = await sessionById(ctx, MITO)
  w.reads()
  expect(await sessionById(ctx, MITO)).toBe(first)
  expect(w.reads()).toBe(0)
  expect(await sessionById(w.ctx, MITO)).toEqual(first)
  expect(w.reads()).toBe(3)
})

test('a session that changed while it was read is read again', async () => {
  const w = await opened()
  const ctx = w.answer()
  const begun = ctx.store.changes.count()
  const old = await sessionById(w.ctx, MITO)
  await booked(w)
  if (old) remember(ctx, [old], begun)
  expect(await sessionById(w.answer(), MITO)).toEqual(await sessionById(w.ctx, MITO))
})

test('a list is read again after a change of the schedule, and one with a status each time', async () => {
  const w = await opened()
  const filter = { from: '2026-11-22' }
  const list = async (more: object = {}) => (await sessions(w.answer(), { ...filter, ...more })).sessions
  const reads = async (more: object = {}) => {
    w.reads()
    await list(more)
    return w.reads()
  }
  await list()
  expect(await reads()).toBe(0)
  await list({ status: ['open'] })
  expect(await reads({ status: ['open'] })).toBeGreaterThan(0)
  await w.run("update session set date = '2026-12-05' where id = ?", MITO)
  expect((await list()).map(({ id }) => id)).toEqual((await sessions(w.ctx, filter)).sessions.map(({ id }) => id))
  await w.run('delete from slot')
  await w.run("delete from session where id = 'seminar'")
  expect((await list()).map(({ id }) => id)).not.toContain('seminar')
})

test('an answer holds while nothing that it shows has changed', async () => {
  const w = await opened()
  const { changes } = w.ctx.store
  const [one, every, dates, other] = [1, 2, 3, 4].map(() => sightOf(changes, NOW))
  one?.showsPlaces([{ id: MITO }])
  every?.showsEveryPlace()
  if (dates) ofDates(dates).showsPlaces([{ id: MITO }])
  other?.showsPlaces([{ id: 'seminar' }])
  const held = () => [one, every, dates, other].map((sight) => sight?.holds(NOW))
  expect(held()).toEqual([true, true, true, true])
  await booked(w)
  expect(held()).toEqual([false, false, true, true])
  expect(held()).toEqual([false, false, true, true])
  await w.run("update desk set phones = '0'")
  expect(held()).toEqual([false, false, false, false])
})

test('the clock leaves something true between the instants around it, within the day in Japan', () => {
  expect(spanAround(NOW, [])).toEqual({ from: '2026-11-21T15:00:00.000Z', until: '2026-11-22T15:00:00.000Z' })
  const [before, after] = ['2026-11-22T00:30:00.000Z', '2026-11-22T03:00:00.000Z']
  expect(spanAround(NOW, [after, null, before, '2020-01-01T00:00:00.000Z', '2030-01-01T00:00:00.000Z'])).toEqual({
    from: before,
    until: after,
  })
  expect(spanAround(after, [after]).from).toBe(after)
})

test('more sessions and lists than are remembered are read all the same, and the oldest are forgotten', async () => {
  const w = await opened()
  const ctx = w.answer()
  const session = await sessionById(w.ctx, MITO)
  if (!session) throw new Error('no session')
  const begun = ctx.store.changes.count()
  const copies = Array.from({ length: 30 }, (_, n) => ({ ...session, id: `copy-${n}` }))
  remember(ctx, copies, begun, 20)
  const read: string[] = []
  const ids = copies.map(({ id }) => id)
  await sessionsRemembered(
    ctx,
    ids,
    async (missing) => {
      read.push(...missing)
      return []
    },
    30,
  )
  expect(read).toEqual(ids.slice(0, 10))
  for (const id of ids) rememberList(ctx, id, { ids: [id], more: false, begun }, 20)
  expect(ids.filter((id) => listRemembered(ctx, id))).toEqual(ids.slice(10))
})
