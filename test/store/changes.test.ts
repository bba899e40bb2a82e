import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { attend } from '../../src/booking/attend.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { counting, mayHaveWritten, SEEN } from '../../src/store/changes.ts'
import { lockRow } from '../../src/store/expectation.ts'
import type { Write } from '../../src/store/store.ts'
import { NOT_KEPT, TABLES } from '../../src/store/tables.ts'
import { as } from '../acts.ts'
import { booked, mito } from '../booking/fixtures.ts'
import { afterTest } from '../ends.ts'
import { ENGINE } from '../engine.ts'
import { application, MITO, type World, world } from '../world.ts'

async function opened(): Promise<World> {
  const w = await mito()
  afterTest(w.close)
  return w
}

/** What some work changed: the schedule, places, and those of two sessions. */
async function changed({ ctx }: World, work: () => Promise<unknown>) {
  const { changes } = ctx.store
  const begun = changes.count()
  await work()
  const [schedule, places] = [changes.schedule() > begun, changes.places() > begun]
  return { schedule, places, mito: changes.places(MITO) > begun, seminar: changes.places('seminar') > begun }
}

const NOTHING = { schedule: false, places: false, mito: false, seminar: false }
const EVERYTHING = { ...NOTHING, schedule: true }
const EVERY_PLACE = { ...NOTHING, places: true, mito: true, seminar: true }

test('every table of the schema says what everybody sees of it', async () => {
  const w = await opened()
  const tables = await w.ctx.store.db.introspection.getTables()
  const ours = tables.map((one) => one.name).filter((name) => !name.startsWith('_cf_'))
  expect(Object.keys(SEEN).toSorted()).toEqual(ours.toSorted())
  expect(Object.keys(SEEN).toSorted()).toEqual([...TABLES, ...NOT_KEPT].toSorted())
})

test('a booking changes the places of its session, and so does giving it back', async () => {
  const w = await opened()
  const only = { ...NOTHING, places: true, mito: true }
  let token = ''
  expect(
    await changed(w, async () => {
      token = (await booked(w)).token
    }),
  ).toEqual(only)
  expect(await changed(w, () => cancel(w.ctx, { token }))).toEqual(only)
})

test('a booking that is refused changes nothing', async () => {
  const w = await opened()
  await booked(w, application({ email: 'a@example.jp' }))
  expect(await changed(w, () => booked(w, application({ email: 'a@example.jp' })).catch(() => {}))).toEqual(NOTHING)
})

test('who came changes places, because a booking changed without a recount', async () => {
  const w = await opened()
  const { id } = await booked(w)
  w.at('2026-11-27T02:00:00.000Z')
  expect(await changed(w, () => attend(as(w, 'desk'), id, 'attended'))).toEqual(EVERY_PLACE)
})

test.each<[what: string, seen: object, write: (w: World) => Write]>([
  ['a desk', EVERYTHING, ({ ctx }) => ctx.store.db.updateTable('desk').set({ phones: '0' })],
  ['the lock of a desk', NOTHING, ({ ctx }) => lockRow(ctx, 'desk', 'mito')],
  ['the title of a session', EVERYTHING, ({ ctx }) => ctx.store.db.updateTable('session').set({ title_ja: '会' })],
  ['the lock of a session', { ...NOTHING, places: true, mito: true }, ({ ctx }) => lockRow(ctx, 'session', MITO)],
  ['the counts of all', EVERY_PLACE, ({ ctx }) => ctx.store.db.updateTable('session').set({ excess: 0 })],
  [
    'the counts of some',
    EVERY_PLACE,
    ({ ctx }) => ctx.store.db.updateTable('session').set({ excess: 0 }).where('id', '>', ''),
  ],
  ['hours of slots', EVERYTHING, ({ ctx }) => ctx.store.db.updateTable('slot').set({ capacity: 3, excess: 0 })],
  ['no row', NOTHING, ({ ctx }) => ctx.store.db.updateTable('desk').set({ phones: '0' }).where('id', '=', 'none')],
  ['rows that go', EVERYTHING, ({ ctx }) => ctx.store.db.deleteFrom('slot')],
  ['a chore', NOTHING, ({ ctx }) => ctx.store.db.insertInto('chore').values({ name: 'x', done_on: '2026-01-01' })],
  ['SQL', EVERYTHING, ({ ctx }) => ({ compile: () => sql`update booking set note = ''`.compile(ctx.store.db) })],
])('%s', async (_, seen, write) => {
  const w = await opened()
  await w.run(
    "insert into closure (id, date, scope, reason_ja, reason_en, state) values ('x', '2030-01-01', 'all', '', '', 'lifted')",
  )
  if (seen === NOTHING || _ === 'SQL') await booked(w)
  expect(await changed(w, () => w.ctx.store.commit(write(w)))).toEqual(seen)
})

test('a note at a booking changes nothing that everybody sees', async () => {
  const w = await opened()
  await booked(w)
  const { db, commit } = w.ctx.store
  expect(await changed(w, () => commit(db.updateTable('booking').set({ note: '右' })))).toEqual(NOTHING)
  expect(await changed(w, () => commit(db.updateTable('booking').set({ seats: 2 })))).toEqual(EVERY_PLACE)
})

test('after an error nobody knows what was written', async () => {
  const w = await opened()
  const { db } = w.ctx.store
  const faulty: Write = { compile: () => sql`update nothing set x = 1`.compile(db) }
  expect(await changed(w, () => w.ctx.store.commit(faulty).catch(() => {}))).toEqual(EVERYTHING)
})

test('what another process wrote is learnt at the next look, or may have been written once a second', async () => {
  const here = await world({ shared: true })
  afterTest(here.close)
  const there = await world({ on: here.address })
  afterTest(there.close)
  const { changes } = here.ctx.store
  const looks = (elapsed: number) => changed(here, async () => changes.look(elapsed))
  await looks(0)
  expect(await looks(999)).toEqual(NOTHING)
  await there.run("update desk set phones = '0'")
  expect(await looks(ENGINE === 'sqlite' ? 999 : 1000)).toEqual(EVERYTHING)
  expect(await looks(1001)).toEqual(NOTHING)
  // One's own commits are known without a look.
  await here.run("update desk set phones = '1'")
  expect(await looks(1002)).toEqual(NOTHING)
})

test('a clock that was put back makes no second longer', () => {
  const w = counting(mayHaveWritten())
  for (const elapsed of [5000, 1000, 1500]) w.look(elapsed)
  expect(w.count()).toBe(2)
})

test('more sessions than are known apart all count as changed', async () => {
  const w = await opened()
  const { db } = w.ctx.store
  const changes = counting(() => false, 2)
  const lock = (id: string) => {
    const write = db.updateTable('session').set({ revision: 1 }).where('id', '=', id).compile()
    changes.note([write], { ok: true, changed: [1] })
  }
  lock('a')
  lock('b')
  expect([changes.places('a'), changes.places('b'), changes.places('c')]).toEqual([1, 2, 0])
  lock('c')
  expect([changes.places('a'), changes.places('b'), changes.places('c')]).toEqual([3, 3, 3])
})
