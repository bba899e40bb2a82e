import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readMigrations } from '../../db/seed/migrations.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { Busy, type Store } from '../../src/store/store.ts'
import { type Deed, openWay, type Way } from '../way.ts'
import { NOW } from '../world.ts'
import { createDatabase } from './postgres-database.ts'

/** What the next COMMIT meets on its way. `always` cuts whatever is sent. */
let cut: 'before' | 'after' | 'always' | null

/** Once, unless it is `always`. */
function deedFor(said: Buffer): Deed {
  if (cut === 'always') return 'cut'
  if (cut === null || !said.includes('commit\0')) return 'pass'
  const deed = cut === 'before' ? 'cut' : 'cut after'
  cut = null
  return deed
}

let way: Way
let store: Store
let direct: Store
beforeEach(async () => {
  const url = await createDatabase('madoguchi_cut')
  direct = openPostgres(url)
  await migrate(direct, readMigrations(), NOW)
  cut = null
  const through = new URL(url)
  way = await openWay(Number(through.port), deedFor)
  through.port = String(way.port)
  store = openPostgres(through.href)
})
afterEach(async () => {
  await store.close()
  await direct.close()
  await way.close()
})

const chore = (name: string) => store.db.insertInto('chore').values({ name, done_on: '' })
const counted = () => store.db.updateTable('chore').set({ done_on: sql`done_on || 'x'` }).where('name', '=', 'a')
const rows = () => direct.db.selectFrom('chore').select(['name', 'done_on']).execute()

test.each(['before', 'after'] as const)(
  'a connection cut %s the COMMIT arrived leaves what was written once',
  async (when) => {
    await store.commit(chore('a'))
    cut = when
    expect(await store.commit(counted(), chore('b'))).toEqual({ ok: true, changed: [1, 1] })
    expect(way.deeds()).toBe(1)
    expect(await rows()).toEqual([
      { name: 'a', done_on: 'x' },
      { name: 'b', done_on: '' },
    ])
  },
)

test('a broken rule is still told by its name after a cut', async () => {
  cut = 'before'
  const holds = store.db.insertInto('expectation').values({ holds: 0 })
  expect(await store.commit(chore('a'))).toMatchObject({ ok: true })
  expect(await store.commit(holds)).toEqual({ ok: false, broke: 'still_true' })
})

test('if the server cannot be reached it is busy, and works again without a restart', async () => {
  cut = 'always'
  await expect(store.commit(chore('a'))).rejects.toThrow(Busy)
  expect(await rows()).toEqual([])
  cut = null
  expect(await store.commit(chore('a'))).toMatchObject({ ok: true })
})

test('a server that ends the connection itself is asked again', async () => {
  await store.commit(chore('a'))
  const ends = sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and state = 'idle in transaction'`
  const slow = { compile: () => sql`select pg_sleep(0.3)`.compile(store.db) }
  const done = store.commit(counted(), slow, slow)
  await new Promise((resolve) => setTimeout(resolve, 100))
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and query like 'select pg_sleep%'`.execute(direct.db)
  await ends.execute(direct.db)
  expect(await done).toMatchObject({ ok: true })
  expect(await rows()).toEqual([{ name: 'a', done_on: 'x' }])
})

test('two that wait for each other are untangled: both are written, or told busy with nothing half done', async () => {
  await store.commit(chore('a'), chore('b'))
  const touch = (name: string) =>
    store.db.updateTable('chore').set({ done_on: sql`done_on || 'x'` }).where('name', '=', name)
  const slow = { compile: () => sql`select pg_sleep(0.2)`.compile(store.db) }
  const done = await Promise.all([
    store.commit(touch('a'), slow, touch('b')),
    store.commit(touch('b'), slow, touch('a')),
  ])
  expect(done.every((one) => one.ok)).toBe(true)
  expect((await rows()).map((row) => row.done_on)).toEqual(['xx', 'xx'])
})
