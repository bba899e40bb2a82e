import Database from 'better-sqlite3'
import { type CompiledQuery, Kysely, type KyselyConfig, SqliteDialect } from 'kysely'
import { brokenConstraint } from './constraint-errors.ts'
import type { Schema } from './schema.ts'
import { Busy, type Committed, rememberFailedStatement, type Store } from './store.ts'

/** Statements are prepared once; their number is small because acts and queries are. */
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

/** At most so many batches share a transaction, so that readers of this process wait a few milliseconds at most. */
const GROUP = 100

/** Another process held the database for longer than `busy_timeout`. */
function told(error: unknown): unknown {
  const busy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
  return busy ? new Busy('the database is busy', { cause: error }) : error
}

/**
 * Gathers the batches of one turn of the event loop into one transaction with one fsync. Each is a savepoint of its own:
 * a broken constraint rolls back to it and leaves the others standing. Nobody is answered before the outer COMMIT; what
 * ends the whole transaction (a full disk) fails everybody in it.
 */
function grouping(raw: Database.Database, prepare: (sql: string) => Database.Statement) {
  let waiting: Waiting[] = []

  const one = ({ writes }: Waiting): Committed => {
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

  /** A batch with a fault of its own fails alone; the others are taken again without it. */
  const together = (group: Waiting[]): void => {
    let at = 0
    let answers: Committed[]
    try {
      prepare('begin immediate').run()
      answers = group.map((batch, i) => {
        at = i
        return one(batch)
      })
      at = -1
      prepare('commit').run()
    } catch (error) {
      const faulty = raw.inTransaction && at >= 0 ? group[at] : undefined
      if (raw.inTransaction) prepare('rollback').run()
      if (!faulty || group.length === 1) {
        for (const batch of group) batch.failed(told(error))
        return
      }
      faulty.failed(error)
      together(group.filter((batch) => batch !== faulty))
      return
    }
    for (const [i, batch] of group.entries()) batch.done(answers[i] as Committed)
  }

  const flush = () => {
    const group = waiting.slice(0, GROUP)
    waiting = waiting.slice(GROUP)
    if (waiting.length > 0) setImmediate(flush)
    together(group)
  }

  return (writes: CompiledQuery[]): Promise<Committed> =>
    new Promise((done, failed) => {
      if (waiting.length === 0) setImmediate(flush)
      waiting.push({ writes, done, failed })
    })
}

/**
 * A SQLite database in a file (or `:memory:`, or a copy of a database's bytes): WAL, and a commit is on the disk before
 * it is answered. `log` hears of every read, for tests that count them.
 */
export function openSqlite(path: string | Buffer, log?: KyselyConfig['log']): Store & { raw: Database.Database } {
  const raw = new Database(path)
  raw.pragma('journal_mode = WAL')
  raw.pragma('synchronous = FULL')
  raw.pragma('foreign_keys = ON')
  raw.pragma('busy_timeout = 5000')
  const prepare = preparingOnce(raw)
  const commit = grouping(raw, prepare)
  const db = new Kysely<Schema>({
    dialect: new SqliteDialect({ database: { prepare, close: () => raw.close() } }),
    ...(log && { log }),
  })
  return { raw, db, commit: async (...writes) => commit(writes.map((one) => one.compile())), close: () => db.destroy() }
}
