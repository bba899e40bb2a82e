import { CompiledQuery } from 'kysely'
import type { Instant } from '../base/clock.ts'
import { Busy, type Committed, failedStatement, type Store, type Write } from './store.ts'

/** One file of `db/migrations`. Names sort in the order to apply. */
export type Migration = { name: string; sql: string }

const raw = (text: string, parameters: unknown[] = []): Write => ({
  compile: () => CompiledQuery.raw(text, parameters),
})

/** Splits a migration at the semicolons that end a line. */
function statementsOf(migration: Migration): Write[] {
  return migration.sql
    .replace(/^\s*--.*$/gm, '')
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
    .map((statement) => raw(statement))
}

async function appliedNames(store: Store): Promise<string[]> {
  const rows = await store.db.selectFrom('migration').select('name').orderBy('name').execute()
  return rows.map((row) => row.name)
}

/**
 * The migrations that this database does not have yet, in order. Reads only. Throws if the database has a migration
 * that the code does not know. An older program must not write to it.
 */
export async function pendingMigrations<Known extends Pick<Migration, 'name'>>(
  store: Store,
  migrations: Known[],
): Promise<Known[]> {
  const applied = await appliedNames(store).catch((): string[] => [])
  const unknown = applied.filter((name) => !migrations.some((one) => one.name === name))
  if (unknown.length > 0)
    throw new Error(
      `the database is newer than this code: it knows ${unknown.join(', ')}. Start the version that wrote it, or a newer one.`,
    )
  return migrations.filter((one) => !applied.includes(one.name))
}

/** Attempts to get a lock held by another process: over a minute on SQLite, over two on PostgreSQL. */
const PATIENCE = 12

/** Commits when the database is free. Throws `Busy` after `PATIENCE` attempts. */
async function inTurn(store: Store, ...writes: Write[]): Promise<Committed> {
  for (let tries = 1; ; tries++) {
    try {
      return await store.commit(...writes)
    } catch (error) {
      if (!(error instanceof Busy) || tries === PATIENCE) throw error
    }
  }
}

/** The error of a failed migration: the cause, the state of the database, and what to do. */
function failed(migration: Migration, before: string | undefined, fault: string, at: number | null, of: number): Error {
  const where = at === null || at === 1 ? '' : `at statement ${at - 1} of ${of} `
  return new Error(
    [
      `${migration.name} failed ${where}(${fault}).`,
      `Nothing of it was kept: the database stands as ${before === undefined ? 'it was, empty' : `${before} left it`}.`,
      'It can go on with the version of Madoguchi that ran before; nothing has to be restored.',
      'Take away what is named above, or install a mended version, then start again.',
    ].join('\n'),
  )
}

/**
 * Applies the missing migrations, each whole or not at all. Several processes may start at once. The migration row is
 * inserted first. A process that finds it skips that migration, and waits some minutes for a running one. If a
 * migration fails, the database stays as the one before left it. The error says so, and what to do. Returns the names
 * applied. Throws `Busy` if another process takes too long.
 */
export async function migrate(store: Store, migrations: Migration[], now: Instant): Promise<string[]> {
  await inTurn(
    store,
    raw(
      'create table if not exists migration (name text not null, applied_at text not null, constraint migration_once primary key (name))',
    ),
  )
  const applied: string[] = []
  for (const migration of await pendingMigrations(store, migrations)) {
    const statements = statementsOf(migration)
    const before = migrations[migrations.indexOf(migration) - 1]?.name
    const known = store.db.insertInto('migration').values({ name: migration.name, applied_at: now })
    const done: Committed = await inTurn(store, known, ...statements).catch((error: unknown) => {
      if (error instanceof Busy) throw error
      const fault = error instanceof Error ? error.message : String(error)
      throw failed(migration, before, fault, failedStatement(error), statements.length)
    })
    if (!done.ok && done.broke === 'migration_once') continue
    if (!done.ok) throw failed(migration, before, `it breaks ${done.broke}`, null, statements.length)
    applied.push(migration.name)
  }
  return applied
}
