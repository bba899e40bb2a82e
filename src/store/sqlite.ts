import Database from 'better-sqlite3'
import { type CompiledQuery, Kysely, type KyselyConfig, SqliteDialect } from 'kysely'
import { brokenConstraint } from './constraint-errors.ts'
import type { Schema } from './schema.ts'
import { Busy, type Committed, noticingFullDisk, rememberFailedStatement, type Store } from './store.ts'

/** Prepares each statement once. There are few, because acts and queries are few. */
function preparingOnce(raw: Database.Database) {
  const prepared = new Map<string, Database.Statement>()
  return (sql: string): Database.Statement => {
    let statement = prepared.get(sql)
    if (!statement) {
      statement = raw.prepare(sql)
      if (prepared.size >= 500) prepared.clear()
      prepared.set(sql, statement)
    }
    return statement
  }
}

/** A batch that waits for the next transaction. */
type Waiting = { writes: CompiledQuery[]; done: (committed: Committed) => void; failed: (error: unknown) => void }

/** One connection, with its statements prepared. */
type Connection = { raw: Database.Database; prepare: (sql: string) => Database.Statement }

/** The most batches of one transaction. Readers of this process then wait a few milliseconds at most. */
const GROUP = 100

/** The error as callers know it: `Busy` if another process held the database for longer than `busy_timeout`. */
function asBusy(error: unknown): unknown {
  const busy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
  return busy ? new Busy('the database is busy', { cause: error }) : error
}

/**
 * Runs one batch in a savepoint of its own. A broken constraint rolls back to it and leaves the other batches of the
 * transaction alone. Throws any other error, with the savepoint still open.
 */
function runBatch({ raw, prepare }: Connection, writes: CompiledQuery[]): Committed {
  prepare('savepoint batch').run()
  const changed: number[] = []
  try {
    for (const { sql, parameters } of writes) changed.push(prepare(sql).run(...parameters).changes)
    prepare('release batch').run()
    return { ok: true, changed }
  } catch (error) {
    rememberFailedStatement(error, changed.length)
    const broke = raw.inTransaction ? brokenConstraint(error) : null
    if (broke === null) throw error
    prepare('rollback to batch').run()
    prepare('release batch').run()
    return { ok: false, broke }
  }
}

/**
 * Runs batches in one transaction. Returns their answers once it is committed. Otherwise it is rolled back, and
 * `faulty` is the batch that caused it. `faulty` is null if no batch could have been committed (a full disk, a busy
 * database).
 */
function runGroup(
  connection: Connection,
  group: readonly Waiting[],
): { answers: Committed[] } | { faulty: Waiting | null; error: unknown } {
  const { raw, prepare } = connection
  let running: Waiting | null = null
  try {
    prepare('begin immediate').run()
    const answers: Committed[] = []
    for (const batch of group) {
      running = batch
      answers.push(runBatch(connection, batch.writes))
    }
    running = null
    prepare('commit').run()
    return { answers }
  } catch (error) {
    // An engine that ended the transaction itself had a fault of its own.
    const faulty = raw.inTransaction ? running : null
    if (raw.inTransaction) prepare('rollback').run()
    return { faulty, error }
  }
}

/** Commits a group and answers everybody in it. A faulty batch fails alone, and the others run again without it. */
function commitGroup(connection: Connection, given: readonly Waiting[]): void {
  let group = given
  while (group.length > 0) {
    const run = runGroup(connection, group)
    if ('answers' in run) {
      for (const [i, answer] of run.answers.entries()) group[i]?.done(answer)
      return
    }
    const { faulty, error } = run
    if (faulty === null || group.length === 1) {
      for (const batch of group) batch.failed(asBusy(error))
      return
    }
    faulty.failed(error)
    group = group.filter((batch) => batch !== faulty)
  }
}

/**
 * Gathers the batches of one turn of the event loop into one transaction with one fsync. Answers are given only after
 * the outer COMMIT. An error that ends the whole transaction (a full disk) fails all batches in it.
 */
function grouping(connection: Connection): (writes: CompiledQuery[]) => Promise<Committed> {
  let waiting: Waiting[] = []
  const flush = () => {
    const group = waiting.slice(0, GROUP)
    waiting = waiting.slice(GROUP)
    if (waiting.length > 0) setImmediate(flush)
    commitGroup(connection, group)
  }
  return (writes) =>
    new Promise((done, failed) => {
      if (waiting.length === 0) setImmediate(flush)
      waiting.push({ writes, done, failed })
    })
}

/** Milliseconds for which a commit waits for the lock of another process. */
const BUSY_MS = 5000

const isOfFullDisk = (error: unknown) => error instanceof Database.SqliteError && error.code === 'SQLITE_FULL'

/** The rows over a connection, whatever its settings. */
function storeOn(raw: Database.Database, log?: KyselyConfig['log']): Store & { raw: Database.Database } {
  const prepare = preparingOnce(raw)
  const commit = grouping({ raw, prepare })
  const db = new Kysely<Schema>({
    dialect: new SqliteDialect({ database: { prepare, close: () => raw.close() } }),
    ...(log && { log }),
  })
  const noticing = noticingFullDisk(async (...writes) => commit(writes.map((one) => one.compile())), isOfFullDisk)
  return {
    raw,
    db,
    ...noticing,
    scrub: () => {
      // Does not wait for other processes, because nothing else runs meanwhile. The next scrub tries again.
      raw.pragma('busy_timeout = 0')
      raw.pragma('wal_checkpoint(TRUNCATE)')
      raw.pragma(`busy_timeout = ${BUSY_MS}`)
    },
    close: () => db.destroy(),
  }
}

/**
 * A SQLite database in WAL mode: a file, `:memory:`, or a copy of a database's bytes. A commit is on the disk before it
 * is answered. `log` is called for every read, for tests that count them.
 */
export function openSqlite(path: string | Buffer, log?: KyselyConfig['log']): Store & { raw: Database.Database } {
  const raw = new Database(path)
  raw.pragma('journal_mode = WAL')
  raw.pragma('synchronous = FULL')
  raw.pragma('foreign_keys = ON')
  raw.pragma(`busy_timeout = ${BUSY_MS}`)
  // Deleted content is overwritten, so that an erased person is not read from the file.
  raw.pragma('secure_delete = ON')
  return storeOn(raw, log)
}

/** A SQLite file as it is, to read only: not even its mode changes. Throws if it is missing. */
export function openSqliteReadonly(path: string): Store & { raw: Database.Database } {
  return storeOn(new Database(path, { readonly: true, fileMustExist: true }))
}
