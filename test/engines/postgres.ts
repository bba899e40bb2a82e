import { openPostgres } from '../../src/store/postgres.ts'
import type { Engine } from '../engine.ts'
import { createDatabase, dropDatabase, MIGRATED, SEEDED } from './postgres-database.ts'

let names = 0

/** A database of its own for each test, copied from one that is migrated, or seeded as well. */
export const postgres: Engine = {
  async openFresh({ seeded }, log) {
    names++
    const name = `world_${process.pid}_${names}`
    const address = await createDatabase(name, seeded ? SEEDED : MIGRATED)
    const store = openPostgres(address, log)
    const close = async () => {
      await store.close()
      await dropDatabase(name)
    }
    return { store, address, seeded, close }
  },
  async openAgain(address, log) {
    const store = openPostgres(address, log)
    return { store, address, seeded: false, close: () => store.close() }
  },
}
