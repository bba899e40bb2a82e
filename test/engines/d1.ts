import { readFileSync } from 'node:fs'
import type { D1Database } from '@cloudflare/workers-types'
import { readMigrations } from '../../db/seed/migrations.ts'
import { openD1 } from '../../src/store/d1.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import type { Engine } from '../engine.ts'
import { NOW } from '../world.ts'
import { openDouble } from './d1-double.ts'

const open = new Map<string, D1Database>()
let names = 0
let migrated: Promise<Uint8Array> | null = null

/** An empty database with all migrations, as bytes. */
async function empty(): Promise<Uint8Array> {
  const store = openSqlite(':memory:')
  await migrate(store, readMigrations(), NOW)
  const image = store.raw.serialize()
  await store.close()
  return image
}

/** D1 as its double has it. */
export const d1: Engine = {
  async openFresh({ seeded }, log) {
    migrated ??= empty()
    const image = seeded ? readFileSync(process.env.MADOGUCHI_SEEDED ?? '') : await migrated
    const double = openDouble(image)
    names++
    const address = `d1:${names}`
    open.set(address, double.d1)
    const close = async () => {
      open.delete(address)
      double.close()
    }
    return { store: { ...openD1(double.d1, log), close }, address, seeded, close }
  },
  async openAgain(address, log) {
    const found = open.get(address)
    if (!found) throw new Error(`${address} is not open`)
    const store = openD1(found, log)
    return { store, address, seeded: false, close: () => store.close() }
  },
}
