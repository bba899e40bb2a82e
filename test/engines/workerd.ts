import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { D1Database, D1PreparedStatement, D1Result } from '@cloudflare/workers-types'
import { CompiledQuery } from 'kysely'
import { unstable_startWorker } from 'wrangler'
import { readMigrations } from '../../db/seed/migrations.ts'
import { openD1 } from '../../src/store/d1.ts'
import { dump } from '../../src/store/dump.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { orThrow, type Store, type Write } from '../../src/store/store.ts'
import { TABLES } from '../../src/store/tables.ts'
import { afterFile } from '../ends.ts'
import type { Engine } from '../engine.ts'
import { newFolder } from '../folder.ts'
import { NOW } from '../world.ts'

/** The number of databases that one test file may have open. Closed ones are emptied and used again. */
const DATABASES = 4

/** A Worker runs the statements of one call on its own binding, in one round trip. */
const WORKER = `export default {
  async fetch(request, env) {
    const { database, statements } = await request.json()
    try {
      const bound = statements.map(({ sql, parameters }) => env[database].prepare(sql).bind(...parameters))
      return Response.json({ done: await env[database].batch(bound) })
    } catch (error) {
      return Response.json({ error: error.message })
    }
  },
}`

type Statement = D1PreparedStatement & { sql: string; parameters: unknown[] }
type Answer = { done: D1Result[] } | { error: string }

/** A binding as `store/d1.ts` uses one. Its statements run in workerd. */
function databaseIn(url: URL, database: string): D1Database {
  async function carryOut(statements: Statement[]): Promise<D1Result[]> {
    const given = statements.map(({ sql, parameters }) => ({ sql, parameters }))
    const answer = await fetch(url, { method: 'POST', body: JSON.stringify({ database, statements: given }) })
    const told = (await answer.json()) as Answer
    if ('error' in told) throw new Error(told.error)
    return told.done
  }
  const prepare = (sql: string, parameters: unknown[] = []) => ({
    sql,
    parameters,
    bind: (...more: unknown[]) => prepare(sql, more),
    all: async () => (await carryOut([{ sql, parameters } as Statement]))[0],
  })
  return { prepare, batch: carryOut } as unknown as D1Database
}

type Local = { databases: D1Database[]; end(): Promise<void> }

async function start(): Promise<Local> {
  const folder = newFolder('d1')
  const main = join(folder, 'worker.js')
  const config = join(folder, 'wrangler.json')
  const names = Array.from({ length: DATABASES }, (_, i) => `DB${i}`)
  const d1_databases = names.map((binding) => ({ binding, database_name: binding, database_id: binding }))
  writeFileSync(main, WORKER)
  writeFileSync(config, JSON.stringify({ name: 'tests', main, compatibility_date: '2026-09-01', d1_databases }))
  const worker = await unstable_startWorker({
    config,
    dev: { persist: join(folder, 'rows'), server: { port: 0 }, inspector: false, logLevel: 'none', watch: false },
  })
  const url = await worker.url
  return {
    databases: names.map((name) => databaseIn(url, name)),
    async end() {
      await worker.dispose()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

let started: Promise<Local> | null = null
const free: number[] = []
let used = 0

function raise(words: string): never {
  throw new Error(words)
}

const statement = (text: string): Write => ({ compile: () => CompiledQuery.raw(text) })

/** The published schedule as statements, once a test file. */
let schedule: Promise<Write[]> | null = null

async function seededRows(): Promise<Write[]> {
  const image = openSqlite(process.env.MADOGUCHI_SEEDED ?? '')
  const statements = await dump(image.db)
  await image.close()
  return statements.map((text) => statement(text.replace(/;$/, '')))
}

/** Databases that keep the published schedule in extra tables, from which it is restored quickly. */
const keeping = new Set<number>()

async function prepared(store: Store, i: number, fresh: boolean, seeded: boolean): Promise<void> {
  if (fresh) await migrate(store, readMigrations(), NOW)
  else {
    const names = readMigrations().map((one) => one.name)
    const unknown = store.db.deleteFrom('migration').where('name', 'not in', names)
    orThrow(await store.commit(unknown, ...TABLES.toReversed().map((table) => store.db.deleteFrom(table))))
  }
  if (!seeded) return
  if (keeping.has(i)) {
    orThrow(await store.commit(...TABLES.map((table) => statement(`insert into ${table} select * from kept_${table}`))))
    return
  }
  schedule ??= seededRows()
  const keep = TABLES.map((table) => statement(`create table kept_${table} as select * from ${table}`))
  orThrow(await store.commit(...(await schedule), ...keep))
  keeping.add(i)
}

/** One workerd a test file. */
function startOnce(): Promise<Local> {
  if (started) return started
  const local = start()
  started = local
  afterFile(async () => {
    started = null
    schedule = null
    used = 0
    free.length = 0
    keeping.clear()
    await (await local).end()
  })
  return local
}

/** The nth database of the running file's workerd. */
export async function databaseOf(i: number): Promise<D1Database> {
  const { databases } = await startOnce()
  const found = databases[i]
  if (!found) throw new Error(`more than ${DATABASES} databases are open at once`)
  return found
}

/** Which database of the running file an address names. */
export const numberOf = (address: string): number => Number(address.slice('workerd:'.length))

/** D1 as workerd runs it, in this process; another one cannot open the same rows. */
export const workerd: Engine = {
  async openFresh({ seeded }, log) {
    const kept = seeded ? free.findIndex((one) => keeping.has(one)) : -1
    const again = free.splice(kept, 1)[0]
    const i = again ?? used++
    const database = await databaseOf(i)
    await prepared(openD1(database), i, again === undefined, seeded)
    // A database of which a test dropped a table cannot be used again.
    const close = async () => {
      const { results } = await database
        .prepare("select name from sqlite_master where type = 'table'")
        .all<{ name: string }>()
      if (TABLES.every((table) => results.some(({ name }) => name === table))) free.push(i)
    }
    const open: D1Database = Object.assign({}, database)
    const store = openD1(open, log)
    const closed = async () => {
      Object.assign(open, { prepare: () => raise('the database is closed') })
    }
    return { store: { ...store, close: closed }, address: `workerd:${i}`, seeded, close }
  },
  async openAgain(address, log) {
    const store = openD1(await databaseOf(numberOf(address)), log)
    return { store, address, seeded: false, close: () => store.close() }
  },
}
