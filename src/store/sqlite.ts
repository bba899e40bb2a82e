import Database from 'better-sqlite3'
import { type CompiledQuery, Kysely, type KyselyConfig, SqliteDialect } from 'kysely'
import { counting } from './changes.ts'
import { brokenConstraint } from './constraint-errors.ts'
import type { Schema } from './schema.ts'
import { Busy, type Committed, noticing, rememberFailedStatement, type Store } from './store.ts'

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

/** A batch that waits for the next transaction, and since when by `performance.now()`. */
type Waiting = {
  writes: CompiledQuery[]
  since: number
  done: (committed: Committed) => void
  failed: (error: unknown) => void
}

/** One connection, with its statements prepared. */
type Connection = { raw: Database.Database; prepare: (sql: string) => Database.Statement }

/** The most batches of one transaction. Readers of this process then wait a few milliseconds at most. */
const GROUP = 100

/** Milliseconds for which opening and reading wait for another process. In WAL mode reading hardly ever does. */
const READ_MS = 5000

/** Milliseconds for which a commit waits for the lock of another process. */
const COMMIT_MS = 10_000

/** Kilobytes of pages that stay in memory: a booking touches twenty indexes, some at random. SQLite's own are 2,000. */
const CACHE_KB = 16_000

/** Pages in the log before they are copied into the file. The same pages change again and again. SQLite's own are 1,000. */
const LOG_PAGES = 4000

/** Milliseconds between two attempts to get the lock, which grow up to the second number. */
const PAUSE_MS = [1, 50] as const

const isBusy = (error: unknown) => error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')

/** Takes the lock for writing. Throws at once if another process has it: waiting in SQLite would stop this process. */
function begin({ prepare }: Connection): void {
  prepare('pragma busy_timeout = 0').get()
  try {
    prepare('begin immediate').run()
  } finally {
    prepare(`pragma busy_timeout = ${READ_MS}`).get()
  }
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
 * `faulty` is the batch that caused it. `faulty` is null if no batch could have been committed (a full disk, the lock
 * of another process).
 */
function runGroup(
  connection: Connection,
  group: readonly Waiting[],
): { answers: Committed[] } | { faulty: Waiting | null; error: unknown } {
  const { raw, prepare } = connection
  let running: Waiting | null = null
  try {
    begin(connection)
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

/**
 * Commits a group and answers everybody in it. A faulty batch fails alone, and the others run again without it. Returns
 * those that wait on if another process holds the lock, and its error.
 */
function commitGroup(connection: Connection, given: Waiting[]): { left: Waiting[]; error?: unknown } {
  let group = given
  while (group.length > 0) {
    const run = runGroup(connection, group)
    if ('answers' in run) {
      for (const [i, answer] of run.answers.entries()) group[i]?.done(answer)
      break
    }
    const { faulty, error } = run
    if (faulty === null && isBusy(error)) return { left: group, error }
    if (faulty === null || group.length === 1) {
      for (const batch of group) batch.failed(error)
      break
    }
    faulty.failed(error)
    group = group.filter((batch) => batch !== faulty)
  }
  return { left: [] }
}

/**
 * Gathers the batches of one turn of the event loop into one transaction with one fsync. Answers are given only after
 * the outer COMMIT. An error that ends the whole transaction (a full disk) fails all batches in it. While another process
 * holds the lock, reading goes on. A batch that waits for longer than `patience` milliseconds fails with `Busy`.
 */
function grouping(connection: Connection, patience: number): (writes: CompiledQuery[]) => Promise<Committed> {
  const [shortest, longest] = PAUSE_MS
  let waiting: Waiting[] = []
  let pause: number = shortest
  const flush = () => {
    const { left, error } = commitGroup(connection, waiting.splice(0, GROUP))
    const isLocked = left.length > 0
    waiting.unshift(...left)
    const since = performance.now() - patience
    for (const batch of isLocked ? waiting.filter((one) => one.since < since) : []) {
      batch.failed(new Busy('the database is busy', { cause: error }))
    }
    if (isLocked) waiting = waiting.filter((one) => one.since >= since)
    pause = isLocked ? Math.min(pause * 2, longest) : shortest
    if (waiting.length === 0) return
    if (isLocked) setTimeout(flush, pause)
    else setImmediate(flush)
  }
  return (writes) =>
    new Promise((done, failed) => {
      if (waiting.length === 0) setImmediate(flush)
      waiting.push({ writes, since: performance.now(), done, failed })
    })
}

/** SQLite names further causes after these. */
const isOfDisk = (error: unknown) =>
  error instanceof Database.SqliteError && /^SQLITE_(FULL|READONLY|IOERR|CANTOPEN)/.test(error.code)

/** Says whether another connection may have written since it was last asked. To ask takes some microseconds. */
function otherWriters(raw: Database.Database): () => boolean {
  let version: Database.Statement<[], number> | undefined
  let last: number | undefined
  return () => {
    // Not before it is asked: a damaged file is opened without a word, and told when it is read.
    version ??= raw.prepare<[], number>('pragma data_version').pluck()
    const before = last
    last = version.get()
    return last !== before
  }
}

/** The rows over a connection, whatever its settings. A commit waits `patience` milliseconds for another process. */
function storeOn(
  raw: Database.Database,
  patience: number,
  log?: KyselyConfig['log'],
): Store & { raw: Database.Database } {
  const prepare = preparingOnce(raw)
  const commit = grouping({ raw, prepare }, patience)
  const db = new Kysely<Schema>({
    dialect: new SqliteDialect({ database: { prepare, close: () => raw.close() } }),
    ...(log && { log }),
  })
  return {
    raw,
    db,
    ...noticing(commit, isOfDisk, counting(otherWriters(raw))),
    scrub: () => {
      // Does not wait for other processes, because nothing else runs meanwhile. The next scrub tries again.
      raw.pragma('busy_timeout = 0')
      raw.pragma('wal_checkpoint(TRUNCATE)')
      raw.pragma(`busy_timeout = ${READ_MS}`)
    },
    close: () => db.destroy(),
  }
}

/**
 * A SQLite database in WAL mode: a file, `:memory:`, or a copy of a database's bytes. A commit is on the disk before it
 * is answered. `log` is called for every read, for tests that count them. A commit waits `patience` milliseconds for the
 * lock of another process, then throws `Busy`.
 */
export function openSqlite(
  path: string | Buffer,
  log?: KyselyConfig['log'],
  patience = COMMIT_MS,
): Store & { raw: Database.Database } {
  const raw = new Database(path)
  raw.pragma('journal_mode = WAL')
  raw.pragma('synchronous = FULL')
  raw.pragma('foreign_keys = ON')
  raw.pragma(`busy_timeout = ${READ_MS}`)
  // Deleted content is overwritten, so that an erased person is not read from the file.
  raw.pragma('secure_delete = ON')
  raw.pragma(`cache_size = ${-CACHE_KB}`)
  raw.pragma(`wal_autocheckpoint = ${LOG_PAGES}`)
  return storeOn(raw, patience, log)
}

/** A SQLite file as it is, to read only: not even its mode changes. Throws if it is missing. */
export function openSqliteReadonly(path: string): Store & { raw: Database.Database } {
  return storeOn(new Database(path, { readonly: true, fileMustExist: true }), COMMIT_MS)
}
