import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readMigrations } from '../../db/seed/migrations.ts'
import { migrate, pendingMigrations } from '../../src/store/migrate.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { booked, mito, unlawful } from '../booking/fixtures.ts'
import { newFolder } from '../folder.ts'
import { NOW, world } from '../world.ts'
import { killedWhileMigrating } from './killed.ts'

const ours = readMigrations()
let folder: string
beforeEach(() => {
  folder = newFolder('killed')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Changes a table that people's bookings refer to, then works for minutes. */
const LONG = {
  name: '9001_long.sql',
  sql: `alter table session add column half_done text;
    update session set half_done = 'yes', title_ja = 'half done';
    create table long_work as with recursive n (i) as (select 1 union all select i + 1 from n where i < 2000000000)
      select i from n;`,
}

test('a process killed in the middle of a migration leaves the database as it was, served and migrated on as ever', async () => {
  const w = await mito({ shared: true })
  await booked(w)
  const before = await w.rows('select * from session order by id')
  expect(await killedWhileMigrating(w.address, [...ours, LONG], 1500)).toBe('SIGKILL')

  const { raw, ...store } = openSqlite(w.address)
  expect(raw.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(await pendingMigrations(store, [...ours, LONG])).toEqual([LONG])
  expect(raw.prepare('select * from session order by id').all()).toEqual(before)
  const again = await world({ on: w.address })
  await booked(again)
  expect(await unlawful(again)).toEqual([])
  const mended = { ...LONG, sql: 'alter table session add column half_done text;' }
  expect(await migrate(store, [...ours, mended], NOW)).toEqual([LONG.name])
  await Promise.all([store.close(), again.close()])
  await w.close()
}, 60_000)

test('one killed at its very first start leaves an empty database, which the next start fills', async () => {
  const path = join(folder, 'first.db')
  const [first, ...rest] = ours
  if (!first) throw new Error('no migrations')
  const slow = { ...first, sql: `${first.sql}\n${LONG.sql.slice(LONG.sql.indexOf('create table long_work'))}` }
  expect(await killedWhileMigrating(path, [slow, ...rest], 1500)).toBe('SIGKILL')
  const store = openSqlite(path)
  expect(await migrate(store, ours, NOW)).toEqual(ours.map((one) => one.name))
  await store.close()
}, 60_000)
