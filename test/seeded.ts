import '../src/node/need-node.ts'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readMigrations } from '../db/seed/migrations.ts'
import { seed } from '../db/seed/seed.ts'
import { migrate } from '../src/store/migrate.ts'
import { openSqlite } from '../src/store/sqlite.ts'
import { newFolder } from './folder.ts'
import { contextOn, NOW } from './world.ts'

/** Seeds the published schedule once for the whole run; `world` copies it. */
export async function setup(): Promise<() => void> {
  const folder = newFolder('seeded')
  const path = join(folder, 'seeded.db')
  const store = openSqlite(':memory:')
  await migrate(store, readMigrations(), NOW)
  await seed(contextOn(store, { kind: 'system', name: 'seed' }))
  writeFileSync(path, store.raw.serialize())
  await store.close()
  process.env.MADOGUCHI_SEEDED = path
  return () => rmSync(folder, { recursive: true })
}
