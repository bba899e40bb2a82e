import { type Kysely, sql } from 'kysely'
import type { Schema } from '../schema.ts'
import type { Store } from '../store.ts'

/** How long an answer waits for a replica that is behind, in milliseconds: the pauses between its questions. */
const PAUSES_MS = [0, 5, 15, 40]

/** How long a replica that failed, or stayed behind, is left alone, in milliseconds. */
const REST_MS = 1000

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * The end of what the main database has made durable (PostgreSQL, functions for backup control). Without synchronous
 * commits rows are visible earlier. Then it is the end of all that it has written.
 */
async function endOf(main: Kysely<Schema>): Promise<string> {
  const asked = sql<{ lsn: string }>`select (case current_setting('synchronous_commit')
    when 'off' then pg_current_wal_insert_lsn() else pg_current_wal_flush_lsn() end)::text as lsn`
  const [row] = (await asked.execute(main)).rows
  if (!row) throw new Error('no position')
  return row.lsn
}

/** Whether a replica has everything up to there. One that was promoted goes its own way, and has not. */
async function has(replica: Kysely<Schema>, lsn: string): Promise<boolean> {
  const asked = sql<{ level: boolean | null }>`select pg_is_in_recovery()
    and pg_last_wal_replay_lsn() >= ${lsn}::pg_lsn as level`
  return (await asked.execute(replica)).rows[0]?.level === true
}

/**
 * The same rows. Answers for everybody are read from a streaming replica (`reading`), once it has all earlier commits.
 * While it is behind, away or promoted they are read from the main database. `elapsed` is in milliseconds, on a clock
 * that only goes forward. Closing closes both.
 */
export function withReplica(
  main: Store,
  replica: Pick<Store, 'db' | 'close'>,
  elapsed: () => number = () => performance.now(),
): Store {
  let restsUntil = Number.NEGATIVE_INFINITY
  let asked: { count: number; level: Promise<boolean> } | null = null

  async function isLevel(): Promise<boolean> {
    try {
      const lsn = await endOf(main.db)
      for (const ms of PAUSES_MS) {
        await pause(ms)
        if (await has(replica.db, lsn)) return true
      }
    } catch {
      // The main database answers, or says what is wrong.
    }
    restsUntil = elapsed() + REST_MS
    return false
  }

  return {
    ...main,
    async reading() {
      if (elapsed() < restsUntil) return null
      const count = main.changes.count()
      if (asked?.count !== count) asked = { count, level: isLevel() }
      if (!(await asked.level)) return null
      // What is remembered of these rows is as old as the question, whatever is committed meanwhile.
      return { ...main, db: replica.db, main: main.db, changes: { ...main.changes, count: () => count } }
    },
    async close() {
      await Promise.all([main.close(), replica.close()])
    },
  }
}
