import { afterEach, beforeEach, expect, test } from 'vitest'
import { readMigrations } from '../../db/seed/migrations.ts'
import { migrate, pendingMigrations } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import type { Store } from '../../src/store/store.ts'
import { killedWhileMigrating } from '../store/killed.ts'
import { NOW } from '../world.ts'
import { createDatabase, dropDatabase, SEEDED } from './postgres-database.ts'

const ours = readMigrations()
const LONG = {
  name: '9001_long.sql',
  sql: "alter table session add column half_done text;\nupdate session set title_ja = 'half done';\nselect pg_sleep(6);\n",
}

let url: string
let store: Store
beforeEach(async () => {
  url = await createDatabase('madoguchi_killed', SEEDED)
  store = openPostgres(url)
})
afterEach(async () => {
  await store.close()
  await dropDatabase('madoguchi_killed')
})

test('a process killed in the middle of a migration leaves the database as it was; a start meanwhile waits, then goes on', async () => {
  expect(await killedWhileMigrating(url, [...ours, LONG], 1500)).toBe('SIGKILL')
  expect(await pendingMigrations(store, [...ours, LONG])).toEqual([LONG])
  const titles = await store.db.selectFrom('session').select('title_ja').distinct().execute()
  expect(titles.map((row) => row.title_ja)).not.toContain('half done')
  const mended = { ...LONG, sql: 'alter table session add column half_done text;' }
  expect(await migrate(store, [...ours, mended], NOW)).toEqual([LONG.name])
}, 60_000)

test('a start that meets a long migration of another waits for it, longer than any lock is waited for', async () => {
  const long = { ...LONG, sql: LONG.sql.replace('pg_sleep(6)', 'pg_sleep(16)') }
  const first = migrate(store, [...ours, long], NOW)
  const second = openPostgres(url)
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(await migrate(second, [...ours, long], NOW)).toEqual([])
  expect(await first).toEqual([long.name])
  await second.close()
}, 60_000)

test('one with a faulty statement leaves nothing behind, and says which and what to do', async () => {
  const bad = { name: '9002_bad.sql', sql: 'create table half (id text);\ncreate table half (id text);\n' }
  await expect(migrate(store, [...ours, bad], NOW)).rejects.toThrow(
    /^9002_bad\.sql failed at statement 2 of 2 \(relation "half" already exists\)\.\nNothing of it was kept: .* left it\.\n/,
  )
  expect(await pendingMigrations(store, [...ours, bad])).toEqual([bad])
  const tables = await store.db.introspection.getTables()
  expect(tables.map((one) => one.name)).not.toContain('half')
})
