import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readMigrations } from '../../db/seed/migrations.ts'
import { seed } from '../../db/seed/seed.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { withReplica } from '../../src/store/replica/with-replica.ts'
import type { Store } from '../../src/store/store.ts'
import { afterTest } from '../ends.ts'
import { type Site, site } from '../http/app.ts'
import { contextOn, MITO, NOW } from '../world.ts'
import { type PostgresProcess, startPostgres } from './postgres-process.ts'
import { startReplica } from './postgres-replica.ts'

let main: PostgresProcess
let replica: PostgresProcess
/** Queries that the replica answered. */
let read = 0
/** A clock for how long a replica is left alone. */
let elapsed = 0

beforeAll(async () => {
  main = await startPostgres(['-c', 'fsync=off'])
  const store = openPostgres(main.url)
  await migrate(store, readMigrations(), NOW)
  await seed(contextOn(store, { kind: 'system', name: 'seed' }))
  await store.close()
  replica = await startReplica(main)
})
afterAll(async () => {
  await replica?.remove()
  await main?.remove()
})

/** Asks the replica, on a connection of its own. */
async function command(text: string): Promise<void> {
  const client = new Client({ connectionString: replica.url })
  await client.connect()
  await client.query(text)
  await client.end()
}

function openReplica(): Store {
  const copy = openPostgres(replica.url, ({ level, query }) => {
    if (level === 'query' && !query.sql.includes('pg_is_in_recovery')) read++
  })
  afterTest(() => copy.close())
  return copy
}

/** The replica without asking whether it has everything. */
const trusted = (store: Store): Store => {
  const { db } = openReplica()
  return { ...store, reading: async () => ({ ...store, db, main: store.db }) }
}

/** The site whose rows are in the main database, on answers that are kept. */
const opened = (around = (store: Store) => withReplica(store, openReplica(), () => elapsed)) =>
  site({ on: main.url, cache: true, around, elapsed: () => elapsed })

/** What the API says, by the title, of how often the day in Mito was changed. */
async function shown(s: Site): Promise<number> {
  const { sessions } = JSON.parse((await s.ask('/api/v1/sessions?prefecture=08&from=2026-11-27&to=2026-11-27')).body)
  return Number(sessions[0].title.en)
}

let changes = 0

/** A commit of this process. Returns the number of changes so far. */
async function change(s: Site): Promise<number> {
  changes++
  await s.run('update session set title_en = ? where id = ?', String(changes), MITO)
  return changes
}

/** Whether a request is answered by the replica. */
async function isFromReplica(s: Site): Promise<boolean> {
  elapsed += 2000
  await change(s)
  const before = read
  expect(await shown(s)).toBe(changes)
  return read > before
}

test('what everybody reads comes from the replica, and shows every commit before it', async () => {
  const s = await opened()
  expect(await isFromReplica(s)).toBe(true)
  for (let nth = 1; nth <= 20; nth++) {
    const now = await change(s)
    expect(await shown(s)).toBe(now)
  }
  expect(read).toBeGreaterThan(20)
})

test('while the replica is behind, answers come from the main database and are right', async () => {
  const s = await opened()
  await command('select pg_wal_replay_pause()')
  for (let nth = 1; nth <= 3; nth++) {
    elapsed += 2000
    const now = await change(s)
    expect(await shown(s)).toBe(now)
  }
  await command('select pg_wal_replay_resume()')
  await pause(200)
  expect(await isFromReplica(s)).toBe(true)
  expect(await shown(s)).toBe(changes)
})

test('this test would see an answer of a replica that is behind', async () => {
  const s = await opened(trusted)
  await command('select pg_wal_replay_pause()')
  await change(s)
  expect(await shown(s)).toBe(changes - 1)
  await command('select pg_wal_replay_resume()')
})

test('what is remembered of sessions is not taken for newer than the replica was', async () => {
  const s = await opened()
  const store = withReplica(s.ctx.store, openReplica(), () => elapsed)
  const reading = await store.reading?.()
  const known = reading?.changes.count()
  await change(s)
  expect(s.ctx.store.changes.count()).toBeGreaterThan(known ?? Number.POSITIVE_INFINITY)
  expect(reading?.changes.count()).toBe(known)
  expect(await shown(s)).toBe(changes)
})

test('while the replica is away nobody notices; it is asked again later', async () => {
  const s = await opened()
  await replica.crash()
  await change(s)
  expect(await shown(s)).toBe(changes)
  expect(await shown(await opened(trusted))).toBe(changes)
  await replica.start()
  await pause(200)
  expect(await isFromReplica(s)).toBe(true)
})

test('a replica that was promoted is not read any more', async () => {
  const s = await opened()
  expect(await isFromReplica(s)).toBe(true)
  await command('select pg_promote()')
  await change(s)
  expect(await isFromReplica(s)).toBe(false)
  const { rows } = await sql<{ there: boolean }>`select true as there`.execute(s.ctx.store.db)
  expect(rows).toEqual([{ there: true }])
})
