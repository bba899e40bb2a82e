import { type CompiledQuery, Kysely, type KyselyConfig, PostgresDialect, type PostgresPoolClient } from 'kysely'
import { type Connection, DatabaseError, Pool, type PoolClient, Query, type QueryResult } from 'pg'
import { counting, mayHaveWritten } from './changes.ts'
import { brokenConstraint } from './constraint-errors.ts'
import type { Schema } from './schema.ts'
import { Busy, type Committed, noticing, rememberFailedStatement, type Store } from './store.ts'

/** The most attempts of a commit that collides, and the base of the pause between them in milliseconds. */
const TRIES = 6
const PAUSE_MS = 15

/** Serialisation failures, deadlocks and lock timeouts: another try may succeed (PostgreSQL, appendix A). */
const COLLISIONS = ['40001', '40P01', '55P03']

/** Waits at most two seconds for a locked row, so that no request waits without end. */
const BEGIN = [
  'begin isolation level read committed',
  "set local lock_timeout = '2s'",
  'select pg_current_xact_id()::text as id',
].map((sql) => ({ sql, parameters: [] }))

type Statement = Pick<CompiledQuery, 'sql' | 'parameters'>

/** A parameter as the driver sends it. */
function sent(value: unknown): string | Buffer | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  return value instanceof Uint8Array ? Buffer.from(value) : JSON.stringify(value)
}

/** Statements that are sent at once and answered together. None after one that fails is run. */
class Together extends Query {
  private readonly statements: readonly Statement[]
  private connection: Connection | undefined
  private run = 0

  /** `answer` gets an error, how many statements were run before it, or the result of each. */
  constructor(
    statements: readonly Statement[],
    answer: (error: Error | null, run: number, results: QueryResult[]) => void,
  ) {
    super('', (error, result: unknown) => {
      this.connection?.off('commandComplete', this.count)
      answer(error ?? null, this.run, [result].flat() as QueryResult[])
    })
    this.statements = statements
  }

  private readonly count = () => {
    this.run++
  }

  override submit = (connection: Connection) => {
    this.connection = connection.on('commandComplete', this.count)
    connection.stream.cork()
    for (const { sql, parameters } of this.statements) {
      connection.parse({ name: '', text: sql, types: [] }, true)
      connection.bind({ values: parameters.map(sent) }, true)
      connection.describe({ type: 'P', name: '' }, true)
      connection.execute({}, true)
    }
    connection.sync()
    connection.stream.uncork()
  }
}

/** Runs statements in one round trip. Throws for the first that fails, after it said how many had been run. */
function together(
  client: PoolClient,
  statements: readonly Statement[],
  failedAfter: (run: number) => void,
): Promise<QueryResult[]> {
  return new Promise((done, failed) => {
    const answer = (error: Error | null, run: number, results: QueryResult[]) => {
      if (error) failedAfter(run)
      if (error) failed(error)
      else done(results)
    }
    client.query(new Together(statements, answer))
  })
}

/** The result of one attempt: an answer, or an error that allows another attempt, with its transaction if any. */
type Tried = Committed | { again: unknown; transaction: string | null; changed: number[] }

/**
 * Whether the server ended the connection, for example at its shutdown (PostgreSQL, appendix A, classes 08 and 57P).
 */
const isEnded = ({ code = '' }: DatabaseError) => code.startsWith('08') || code.startsWith('57P')

/**
 * Two round trips: everything up to the last write, then COMMIT. So all counts and the transaction's number are here before
 * its outcome can be in doubt. A transaction without COMMIT came to nothing.
 */
async function attempt(pool: Connections, writes: CompiledQuery[]): Promise<Tried> {
  let transaction: string | null = null
  let changed: number[] = []
  let client: PoolClient
  try {
    client = await pool.connect()
  } catch (again) {
    return { again, transaction, changed }
  }
  let lost = false
  let failed = writes.length
  try {
    const results = await together(client, [...BEGIN, ...writes], (run) => {
      failed = run - BEGIN.length
    })
    changed = results.slice(BEGIN.length).map(({ rowCount }) => rowCount ?? 0)
    transaction = results[BEGIN.length - 1]?.rows[0]?.id ?? null
    await client.query('commit')
    return { ok: true, changed }
  } catch (error) {
    lost = !(error instanceof DatabaseError) || isEnded(error)
    rememberFailedStatement(error, Math.max(0, failed))
    if (lost) return { again: error, transaction, changed }
    const { code = '' } = error as DatabaseError
    await client.query('rollback').catch(() => {
      lost = true
    })
    if (COLLISIONS.includes(code)) return { again: error, transaction: null, changed }
    const broke = brokenConstraint(error)
    if (broke === null) throw error
    return { ok: false, broke }
  } finally {
    client.release(lost)
  }
}

/**
 * A value to look for. PostgreSQL throws for U+0000, which no row contains. With U+FFFD in its place nothing is found, as
 * on the other engines.
 */
const storable = (value: unknown) => (typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value)

/** A connection for reading that throws `Busy` if it breaks. The next attempt may find the database again. */
async function readable(pool: Connections): Promise<PostgresPoolClient> {
  const away = (cause: unknown): never => {
    if (cause instanceof DatabaseError && !isEnded(cause)) throw cause
    throw new Busy('the database is away', { cause })
  }
  const client = await pool.connect().catch(away)
  const query = (text: string, parameters: readonly unknown[]) =>
    client.query(text, parameters.map(storable)).catch(away)
  return { query, release: (broken?: boolean) => client.release(broken) } as unknown as PostgresPoolClient
}

/** The outcome of a transaction whose COMMIT got no answer. Null if the server cannot be asked or does not know. */
async function outcomeOf(pool: Connections, transaction: string): Promise<'committed' | 'aborted' | null> {
  const asked = await pool.query('select pg_xact_status($1::text::xid8) as status', [transaction]).catch(() => null)
  const [row] = (asked?.rows ?? []) as { status: string | null }[]
  const status = row?.status
  return status === 'committed' || status === 'aborted' ? status : null
}

/** Waits longer after each attempt, with a random part so that processes do not collide again. */
const pause = (tries: number) => new Promise((resolve) => setTimeout(resolve, PAUSE_MS * (tries + Math.random())))

/** Commits a batch, and tries again after a collision or a cut connection. Throws `Busy` after `TRIES` tries. */
async function commitTo(pool: Connections, writes: CompiledQuery[]): Promise<Committed> {
  let unsure: { transaction: string; changed: number[] } | null = null
  let fault: unknown
  for (let tries = 0; tries < TRIES; tries++) {
    const outcome = unsure && (await outcomeOf(pool, unsure.transaction))
    if (unsure && outcome === 'committed') return { ok: true, changed: unsure.changed }
    // Nothing is written a second time before it is known that the first came to nothing.
    if (unsure === null || outcome === 'aborted') {
      const tried: Tried = await attempt(pool, writes)
      if (!('again' in tried)) return tried
      fault = tried.again
      unsure = tried.transaction === null ? null : { transaction: tried.transaction, changed: tried.changed }
    }
    await pause(tries)
  }
  throw new Busy('the database is busy', { cause: fault })
}

/** PostgreSQL, appendix A: `disk_full`, `read_only_sql_transaction`, `io_error`. */
const isOfDisk = (error: unknown) =>
  error instanceof DatabaseError && ['53100', '25006', '58030'].includes(error.code ?? '')

/** Connections to a PostgreSQL database, at most as many as given. */
export function openPool(url: string, connections = 10): Pool {
  const pool = new Pool({ connectionString: url, max: connections, connectionTimeoutMillis: 5000 })
  // The pool replaces a broken connection and its query fails. Without listeners the error would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** What a store uses of a pool. */
export type Connections = {
  connect(): Promise<PoolClient>
  query(text: string, values: unknown[]): Promise<{ rows: unknown[] }>
  end(): Promise<void>
}

/** As `openPostgres`, on open connections. Closing the store ends them. */
export function storeOn(pool: Connections, log?: KyselyConfig['log']): Store {
  const db = new Kysely<Schema>({
    dialect: new PostgresDialect({ pool: { connect: () => readable(pool), end: () => pool.end(), options: {} } }),
    ...(log && { log }),
  })
  return {
    db,
    ...noticing(async (writes) => commitTo(pool, writes), isOfDisk, counting(mayHaveWritten())),
    close: () => db.destroy(),
  }
}

/**
 * A PostgreSQL database. Each commit is one READ COMMITTED transaction. The lock that `seats.ts` takes first makes
 * parallel bookings of a session wait. Collisions are retried at most `TRIES` times; then `Busy` is thrown and nothing
 * is written. If a COMMIT gets no answer, its outcome is asked by transaction id.
 */
export function openPostgres(url: string, log?: KyselyConfig['log'], connections?: number): Store {
  return storeOn(openPool(url, connections), log)
}
