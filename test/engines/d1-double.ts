import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { D1Database, D1Result } from '@cloudflare/workers-types'

/*
 * A D1 database in this process: SQLite with the limits that D1 sets, its batches, its refusals and its words for errors.
 * `d1-contract.test.ts` asks this and workerd the same questions, and compares what they answer. It differs in this:
 * it never says at which offset an error is, takes one statement at a time, and refuses a 33rd argument of a function.
 */

/** The limits that Cloudflare documents for D1, and that workerd sets for every database. */
const LIMITS = {
  sqlLength: 100_000,
  column: 100,
  exprDepth: 100,
  compoundSelect: 5,
  vdbeOp: 25_000,
  functionArg: 32,
  attach: 0,
  likePatternLength: 50,
  variableNumber: 100,
  triggerDepth: 10,
}

const CODES: Record<number, string> = {
  1: 'SQLITE_ERROR',
  18: 'SQLITE_TOOBIG',
  19: 'SQLITE_CONSTRAINT',
  20: 'SQLITE_MISMATCH',
  23: 'SQLITE_AUTH',
}

const NO_TRANSACTIONS =
  "To execute a transaction, please use the state.storage.transaction() or state.storage.transactionSync() APIs instead of the SQL BEGIN TRANSACTION or SAVEPOINT statements. The JavaScript API is safer because it will automatically roll back on exceptions, and because it interacts correctly with Durable Objects' automatic atomic write coalescing."

const PRAGMAS = /^\s*pragma\s+(?!(table_list|table_x?info|index_list|index_x?info|foreign_key_(list|check))\b)/i
const NOT_AUTHORIZED = /^\s*(attach|detach)\b|^\s*create\s+temp(orary)?\b/i

/** The reason why D1 refuses a statement that SQLite accepts, or null. */
function refusal(sql: string): string | null {
  if (/^\s*(begin|commit|end|rollback|savepoint|release)\b/i.test(sql)) return NO_TRANSACTIONS
  if (PRAGMAS.test(sql) || NOT_AUTHORIZED.test(sql)) return 'not authorized: SQLITE_AUTH'
  if (Buffer.byteLength(sql) > LIMITS.sqlLength) return 'statement too long: SQLITE_TOOBIG'
  return null
}

/** The kinds of constraint, which D1 adds in brackets. */
const EXTENDED: Record<number, string> = {
  275: 'SQLITE_CONSTRAINT_CHECK',
  787: 'SQLITE_CONSTRAINT_FOREIGNKEY',
  1299: 'SQLITE_CONSTRAINT_NOTNULL',
  1555: 'SQLITE_CONSTRAINT_PRIMARYKEY',
  1811: 'SQLITE_CONSTRAINT_TRIGGER',
  2067: 'SQLITE_CONSTRAINT_UNIQUE',
}

function told(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error)
  if (message.startsWith('D1_')) return new Error(message)
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) : 1
  const extended = EXTENDED[code] ? ` (extended: ${EXTENDED[code]})` : ''
  return new Error(`D1_ERROR: ${message}: ${CODES[code & 0xff] ?? 'SQLITE_ERROR'}${extended}`, { cause: error })
}

type Given = string | number | null | Uint8Array

/** A value as D1 passes it to SQLite. */
function bindable(value: unknown): Given {
  if (value === null || typeof value === 'number') return value
  if (typeof value === 'string') return value.replace(/[\uD800-\uDFFF]/gu, '\uFFFD'.repeat(3))
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  if (value instanceof Uint8Array) return value
  throw new Error(`D1_TYPE_ERROR: Type '${typeof value}' not supported`)
}

type Prepared = { sql: string; given: Given[] }

/** The double, with a function that ends it. `image` holds the bytes of its first database. */
export function openDouble(image?: Uint8Array): { d1: D1Database; close(): void } {
  const raw = new DatabaseSync(':memory:')
  if (image) raw.deserialize(image)
  Object.assign(raw.limits, LIMITS)
  const total = raw.prepare('select total_changes() as n')
  const changes = () => Number(total.get()?.n)

  const prepared = new Map<string, StatementSync>()
  const statementOf = (sql: string) => {
    const refused = refusal(sql)
    if (refused !== null) throw new Error(`D1_ERROR: ${refused}`)
    let statement = prepared.get(sql)
    if (!statement) {
      statement = raw.prepare(sql)
      if (sql.slice(statement.sourceSQL.length).trim() !== '')
        throw new Error('the double takes one statement at a time')
      if (prepared.size >= 500) prepared.clear()
      prepared.set(sql, statement)
    }
    return statement
  }

  const carryOut = ({ sql, given }: Prepared): D1Result => {
    const before = changes()
    const results = statementOf(sql)
      .all(...given)
      .map((row) => ({ ...row }))
    return { success: true, results, meta: { changes: changes() - before } } as unknown as D1Result
  }

  // Other calls may run between two calls, as with a remote database.
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  const open = () => {
    if (!raw.isOpen) throw new Error('the database is closed')
  }

  const prepare = (sql: string, given: unknown[] = []) => ({
    sql,
    given,
    bind: (...more: unknown[]) => prepare(sql, more.map(bindable)),
    async all() {
      await turn()
      open()
      try {
        return carryOut({ sql, given: given as Given[] })
      } catch (error) {
        throw told(error)
      }
    },
  })

  async function batch(statements: Prepared[]): Promise<D1Result[]> {
    await turn()
    open()
    try {
      if (statements.length === 0) throw new Error('D1_ERROR: No SQL statements detected.')
      raw.exec('begin immediate')
      const done = statements.map(carryOut)
      raw.exec('commit')
      return done
    } catch (error) {
      if (raw.isTransaction) raw.exec('rollback')
      throw told(error)
    }
  }

  const close = () => {
    if (raw.isOpen) raw.close()
  }
  return { d1: { prepare, batch } as unknown as D1Database, close }
}
