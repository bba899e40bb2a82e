import { readMigrations } from '../../db/seed/migrations.ts'
import { seed } from '../../db/seed/seed.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { contextOn, NOW } from '../world.ts'
import { createDatabase, KEEPING, leaveServer, MIGRATED, SEEDED } from './postgres-database.ts'
import { startPostgres } from './postgres-process.ts'
import { keep } from './postgres-rows.ts'

async function startServer(): Promise<{ url: string; remove(): Promise<void> }> {
  if (process.env.TEST_POSTGRES_URL) return { url: process.env.TEST_POSTGRES_URL, remove: async () => undefined }
  return startPostgres(['-c', 'fsync=off', '-c', 'full_page_writes=off'])
}

/** A real PostgreSQL for the whole run, with databases that tests copy. The projects that ask for it share it. */
export async function setup(): Promise<() => Promise<void>> {
  if (process.env.MADOGUCHI_POSTGRES) return async () => undefined
  const { url, remove } = await startServer()
  process.env.MADOGUCHI_POSTGRES = url
  for (const [name, full] of [
    [MIGRATED, false],
    [SEEDED, true],
  ] as const) {
    const store = openPostgres(await createDatabase(name))
    await migrate(store, readMigrations(), NOW)
    if (full) await seed(contextOn(store, { kind: 'system', name: 'seed' }))
    await store.close()
  }
  await keep(await createDatabase(KEEPING, SEEDED))
  await leaveServer()
  return remove
}
