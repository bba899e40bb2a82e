import Database from 'better-sqlite3'
import { Kysely, type KyselyConfig, SqliteDialect } from 'kysely'
import { brokenConstraint } from './broken.ts'
import type { Schema } from './schema.ts'
import type { Committed, Store, Write } from './store.ts'

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

/**
 * A SQLite database in a file (or `:memory:`, or a copy of a database's bytes): WAL, and a commit is on the disk before
 * it is answered.
 * `log` hears of every read, for tests that count them.
 */
export function openSqlite(path: string | Buffer, log?: KyselyConfig['log']): Store & { raw: Database.Database } {
  const raw = new Database(path)
  raw.pragma('journal_mode = WAL')
  raw.pragma('synchronous = FULL')
  raw.pragma('foreign_keys = ON')
  raw.pragma('busy_timeout = 5000')
  const prepare = preparingOnce(raw)
  const db = new Kysely<Schema>({
    dialect: new SqliteDialect({ database: { prepare, close: () => raw.close() } }),
    ...(log && { log }),
  })
  const write = raw.transaction((writes: Write[]) =>
    writes.map((one) => {
      const { sql, parameters } = one.compile()
      return prepare(sql).run(...parameters).changes
    }),
  )

  return {
    raw,
    db,
    async commit(...writes): Promise<Committed> {
      try {
        return { ok: true, changed: write.immediate(writes) }
      } catch (error) {
        const broke = brokenConstraint(error)
        if (broke === null) throw error
        return { ok: false, broke }
      }
    },
    close: () => db.destroy(),
  }
}
