import { type CompiledQuery, Kysely, type KyselyConfig, PostgresDialect } from 'kysely'
import { DatabaseError, Pool, type PoolClient } from 'pg'
import { brokenConstraint } from './broken.ts'
import type { Schema } from './schema.ts'
import { Busy, type Committed, type Store } from './store.ts'

/** How often a commit that collided is tried, and how long between (a little more each time), in milliseconds. */
const TRIES = 6
const PAUSE_MS = 15

/** Serialisation failures, deadlocks and lock timeouts: another try may succeed (PostgreSQL, appendix A). */
const COLLISIONS = ['40001', '40P01', '55P03']

async function write(client: PoolClient, writes: CompiledQuery[]): Promise<number[]> {
  const changed: number[] = []
  await client.query('begin isolation level read committed')
  for (const { sql, parameters } of writes) {
    const { rowCount } = await client.query(sql, [...parameters])
    changed.push(rowCount ?? 0)
  }
  await client.query('commit')
  return changed
}

/** What became of one try: an answer, or a fault that another try may cure. */
type Tried = Committed | { again: unknown }

async function attempt(pool: Pool, writes: CompiledQuery[], unsure: boolean): Promise<Tried> {
  const client = await pool.connect()
  let lost = false
  try {
    return { ok: true, changed: await write(client, writes) }
  } catch (error) {
    // Without an answer from the server it may have committed: the same ids are tried again, and found to be there.
    lost = !(error instanceof DatabaseError)
    if (lost) return { again: error }
    await client.query('rollback')
    if (COLLISIONS.includes((error as DatabaseError).code ?? '')) return { again: error }
    const constraint = (error as DatabaseError).constraint
    if (unsure && constraint?.endsWith('_pkey')) return { ok: true, changed: writes.map(() => 1) }
    const broke = brokenConstraint(error)
    if (broke === null) throw error
    return { ok: false, broke }
  } finally {
    client.release(lost)
  }
}

/**
 * A PostgreSQL database. Each commit is one transaction, READ COMMITTED said explicitly: the lock that `seats.ts` takes
 * first is what makes takers of a session wait. Collisions are tried again a bounded number of times, then `Busy` is
 * thrown and nothing is half done.
 */
export function openPostgres(url: string, log?: KyselyConfig['log'], connections = 10): Store {
  const pool = new Pool({ connectionString: url, max: connections, connectionTimeoutMillis: 5000 })
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }), ...(log && { log }) })
  return {
    db,
    async commit(...given) {
      const writes = given.map((one) => one.compile())
      let fault: unknown
      for (let tries = 0; tries < TRIES; tries++) {
        const unsure = fault !== undefined && !(fault instanceof DatabaseError)
        const tried = await attempt(pool, writes, unsure).catch((error: unknown) => {
          if (error instanceof DatabaseError) throw error
          return { again: error }
        })
        if (!('again' in tried)) return tried
        fault = tried.again
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * (tries + Math.random())))
      }
      throw new Busy('the database is busy', { cause: fault })
    },
    close: () => db.destroy(),
  }
}
