import type { D1Database } from '@cloudflare/workers-types'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type KyselyConfig,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { counting, mayHaveWritten } from './changes.ts'
import { brokenConstraint } from './constraint-errors.ts'
import type { Schema } from './schema.ts'
import { type Committed, noticing, type Store } from './store.ts'

function bound(d1: D1Database, { sql, parameters }: CompiledQuery) {
  return d1.prepare(sql).bind(...parameters)
}

/** A driver for reading only. D1 has no interactive transactions; all writing goes through `commit`. */
function reading(d1: D1Database): Driver {
  const connection: DatabaseConnection = {
    async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
      const { results } = await bound(d1, query).all<Row>()
      return { rows: results }
    },
    streamQuery() {
      throw new Error('D1 does not stream')
    },
  }
  const never = async () => {
    throw new Error('D1 has no interactive transactions: commit(...) writes in one batch')
  }
  return {
    init: async () => undefined,
    acquireConnection: async () => connection,
    beginTransaction: never,
    commitTransaction: never,
    rollbackTransaction: never,
    releaseConnection: async () => undefined,
    destroy: async () => undefined,
  }
}

/** D1 names SQLite's error only in its message. */
const isOfDisk = (error: unknown) => error instanceof Error && /SQLITE_FULL|maximum DB size/.test(error.message)

/** A Cloudflare D1 database. A commit is one `batch`, which D1 runs whole or not at all. */
export function openD1(d1: D1Database, log?: KyselyConfig['log']): Store {
  const db = new Kysely<Schema>({
    ...(log && { log }),
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => reading(d1),
      createIntrospector: (one) => new SqliteIntrospector(one),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  })
  async function commit(writes: CompiledQuery[]): Promise<Committed> {
    if (writes.length === 0) return { ok: true, changed: [] } // D1 refuses an empty batch
    try {
      const done = await d1.batch(writes.map((one) => bound(d1, one)))
      return { ok: true, changed: done.map((one) => one.meta.changes) }
    } catch (error) {
      const broke = brokenConstraint(error)
      if (broke === null) throw error
      return { ok: false, broke }
    }
  }
  return {
    db,
    ...noticing(commit, isOfDisk, counting(mayHaveWritten())),
    close: async () => undefined,
  }
}
