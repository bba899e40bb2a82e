import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { CompiledQuery, type Kysely, sql } from 'kysely'
import type { Instant } from '../base/clock.ts'
import { type Columns, columnsOf, differences, type Sums, sumsOf } from '../store/checksums.ts'
import { expectingEmpty, expectingSums, inserts } from '../store/dump.ts'
import { type Migration, migrate, pendingMigrations } from '../store/migrate.ts'
import { openPostgres } from '../store/postgres.ts'
import type { Schema } from '../store/schema.ts'
import { openSqlite } from '../store/sqlite.ts'
import { NOT_KEPT, TABLES } from '../store/tables.ts'
import { synced } from './whole.ts'

type Table = (typeof TABLES)[number]
type Row = Record<string, string | number | null>

/** Rows in one statement. PostgreSQL binds at most 65,535 parameters, and a table has up to 45 columns. */
const BATCH = 500

/** A snapshot of a database. Others may still write to the database. */
type Source = {
  db: Kysely<Schema>
  rows(table: Table): AsyncIterable<Row[]>
}

/** The target of the rows. Everything is kept if `sums` agree, otherwise nothing. */
type Target = {
  write(table: Table, rows: Row[]): Promise<void>
  sums(columns: Columns): Promise<Sums>
}

async function* batches(rows: Iterable<Row>): AsyncIterable<Row[]> {
  let batch: Row[] = []
  for (const row of rows) {
    batch.push(row)
    if (batch.length === BATCH) {
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}

/** Reads a snapshot of a database while others may write to it. */
async function fromSource<T>(url: string, migrations: Migration[], work: (source: Source) => Promise<T>): Promise<T> {
  if (url.startsWith('sqlite:')) {
    const path = url.replace(/^sqlite:/, '')
    if (!existsSync(path)) throw new Error(`there is no file ${path}`)
    const { raw, db, close, ...store } = openSqlite(path)
    try {
      await ours({ db, close, ...store }, migrations)
      raw.exec('begin')
      return await work({ db, rows: (table) => batches(raw.prepare<[], Row>(`select * from ${table}`).iterate()) })
    } finally {
      await close()
    }
  }
  if (!/^postgres(ql)?:/.test(url)) throw new Error('--from must be sqlite:<path> or postgres://…')
  const store = openPostgres(url)
  try {
    await ours(store, migrations)
    return await store.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute((db) => work({ db, rows: (table) => fetched(db, table) }))
  } finally {
    await store.close()
  }
}

async function* fetched(db: Kysely<Schema>, table: Table): AsyncIterable<Row[]> {
  await db.executeQuery(CompiledQuery.raw(`declare copied no scroll cursor for select * from ${table}`))
  for (;;) {
    const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(`fetch ${BATCH} from copied`))
    if (rows.length === 0) break
    yield rows
  }
  await db.executeQuery(CompiledQuery.raw('close copied'))
}

async function ours(store: Parameters<typeof pendingMigrations>[0], migrations: Migration[]): Promise<void> {
  const pending = await pendingMigrations(store, migrations)
  if (pending.length > 0)
    throw new Error(`the source lacks ${pending.map((one) => one.name).join(', ')}: migrate it first`)
}

async function expectNoRows(db: Kysely<Schema>, tables: readonly Table[]): Promise<void> {
  for (const table of tables) {
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(db)
    if (rows.length > 0) throw new Error(`the target is not empty: there are rows in ${table}`)
  }
}

/** Refuses a target with any row before it changes. The target may contain the tables of an older version. */
async function expectVacant(db: Kysely<Schema>): Promise<void> {
  const there = (await db.introspection.getTables()).map((one) => one.name)
  const known: readonly string[] = [...TABLES, ...NOT_KEPT]
  const strange = there.filter((name) => !known.includes(name))
  if (strange.length > 0) throw new Error(`the target is not empty: it has tables of its own, ${strange.join(', ')}`)
  await expectNoRows(
    db,
    TABLES.filter((table) => there.includes(table)),
  )
}

function writing(db: Kysely<Schema>): Target {
  return {
    async write(table, rows) {
      await db.insertInto(table).values(rows).execute()
    },
    sums: (columns) => sumsOf(db, columns),
  }
}

/** Writes into an empty database in one transaction, or nothing. */
async function intoTarget(
  url: string,
  migrations: Migration[],
  now: Instant,
  work: (target: Target) => Promise<void>,
): Promise<void> {
  if (url.startsWith('d1:')) return intoDump(url.replace(/^d1:/, ''), migrations, now, work)
  if (url.startsWith('sqlite:')) {
    const { raw, ...store } = openSqlite(url.replace(/^sqlite:/, ''))
    try {
      await expectVacant(store.db)
      await migrate(store, migrations, now)
      raw.exec('begin immediate') // nobody else writes from here on
      await expectNoRows(store.db, TABLES)
      await work(writing(store.db))
      raw.exec('commit')
    } finally {
      if (raw.inTransaction) raw.exec('rollback')
      await store.close()
    }
    return
  }
  if (!/^postgres(ql)?:/.test(url)) throw new Error('--to must be sqlite:<path>, postgres://… or d1:<file>')
  const store = openPostgres(url)
  try {
    await expectVacant(store.db)
    await migrate(store, migrations, now)
    await store.db.transaction().execute(async (db) => {
      await sql`lock table ${sql.join(TABLES.map((table) => sql.table(table)))} in access exclusive mode`.execute(db)
      await expectNoRows(db, TABLES)
      await work(writing(db))
    })
  } finally {
    await store.close()
  }
}

/** Writes statements for D1 into a file. Runs them on an empty database before the file gets its name. */
async function intoDump(
  path: string,
  migrations: Migration[],
  now: Instant,
  work: (target: Target) => Promise<void>,
): Promise<void> {
  if (existsSync(path)) throw new Error(`${path} is there already`)
  const unproven = `${path}.part`
  const proof = openSqlite(':memory:')
  try {
    await migrate(proof, migrations, now)
    writeFileSync(unproven, '', { mode: 0o600 })
    const write = (statements: Iterable<string>) => {
      for (const statement of statements) {
        proof.raw.exec(statement)
        writeFileSync(unproven, `${statement}\n`, { flag: 'a' })
      }
    }
    write(expectingEmpty(migrations))
    await work({
      write: async (table, rows) => write(inserts(table, rows)),
      async sums(columns) {
        const sums = await sumsOf(proof.db, columns)
        write(expectingSums(columns, sums))
        return sums
      },
    })
    synced(unproven)
    renameSync(unproven, path)
    synced(dirname(resolve(path)))
  } finally {
    rmSync(unproven, { force: true })
    await proof.close()
  }
}

/**
 * Copies a snapshot of a database, which may be in use, into an empty database. From `sqlite:` or `postgres:` to
 * `postgres:`, `sqlite:` or `d1:`. `d1:` writes SQL for `wrangler d1 execute --file`, for a migrated database; the file
 * compares the sums there again. Nobody may write to the target meanwhile. Row counts, sums of numbers and text lengths
 * are compared before anything is kept. Returns the sums. Throws, with the target unchanged, if the source is missing,
 * not migrated or newer, or if the target has rows.
 */
export async function copy(from: string, to: string, migrations: Migration[], now: Instant): Promise<Sums> {
  return fromSource(from, migrations, async (source) => {
    const columns = await columnsOf(source.db)
    const here = await sumsOf(source.db, columns)
    await intoTarget(to, migrations, now, async (target) => {
      for (const table of TABLES) {
        for await (const rows of source.rows(table)) await target.write(table, rows)
      }
      const different = differences(here, await target.sums(columns))
      if (different.length > 0) throw new Error(`the copy differs, nothing was kept:\n${different.join('\n')}`)
    })
    return here
  })
}
