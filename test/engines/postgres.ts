import { setTimeout as pause } from 'node:timers/promises'
import type { KyselyConfig } from 'kysely'
import type { Pool } from 'pg'
import { type Connections, openPool, openPostgres, storeOn } from '../../src/store/postgres.ts'
import { afterFile } from '../ends.ts'
import type { Engine, Opened } from '../engine.ts'
import { createDatabase, dropDatabase, KEEPING, MIGRATED, SEEDED } from './postgres-database.ts'
import { type Mark, mark, restore } from './postgres-rows.ts'

type Database = { name: string; address: string; pool: Pool; seeded: boolean; mark: Mark }

let names = 0

/** Databases of the running file whose rows are restored. Warm connections answer in a third of the time. */
const free: Database[] = []

let clearing = false

function clearAfterFile(): void {
  if (clearing) return
  clearing = true
  afterFile(async () => {
    clearing = false
    for (const one of free.splice(0)) await remove(one)
  })
}

async function remove({ name, pool }: Database): Promise<void> {
  await pool.end()
  await dropDatabase(name)
}

function freshName(): string {
  names++
  return `world_${process.pid}_${names}`
}

async function create(seeded: boolean): Promise<Database> {
  clearAfterFile()
  const name = freshName()
  const address = await createDatabase(name, seeded ? KEEPING : MIGRATED)
  const pool = openPool(address)
  return { name, address, pool, seeded, mark: await mark(pool) }
}

/** The connections as one world has them: once it has ended them, they are refused to it, as those of an ended pool. */
function lent(pool: Pool): Connections {
  let ended = false
  const open = () => {
    if (ended) throw new Error('Cannot use a pool after calling end on the pool')
    return pool
  }
  return {
    connect: async () => open().connect(),
    query: async (text, values) => open().query(text, values),
    async end() {
      ended = true
      while (pool.totalCount > pool.idleCount || pool.waitingCount > 0) await pause(1)
    },
  }
}

/** A database that others open too, so that no other world gets it. */
async function openShared(seeded: boolean, log: KyselyConfig['log']): Promise<Opened> {
  const name = freshName()
  const address = await createDatabase(name, seeded ? SEEDED : MIGRATED)
  const store = openPostgres(address, log)
  const close = async () => {
    await store.close()
    await dropDatabase(name)
  }
  return { store, address, seeded, close }
}

/** A database of its own for as long as it is open. */
export const postgres: Engine = {
  async openFresh({ seeded, shared }, log) {
    if (shared) return openShared(seeded, log)
    const again = free.findIndex((one) => one.seeded === seeded)
    const database = free.splice(again, again < 0 ? 0 : 1)[0] ?? (await create(seeded))
    const { address, pool } = database
    const connections = lent(pool)
    const store = storeOn(connections, log)
    const close = async () => {
      await store.close()
      await connections.end()
      const next = await restore(pool, database.mark)
      if (next) free.push({ ...database, mark: next })
      else await remove(database)
    }
    return { store, address, seeded, close }
  },
  async openAgain(address, log) {
    const store = openPostgres(address, log)
    return { store, address, seeded: false, close: () => store.close() }
  },
}
