import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Instant } from '../base/clock.ts'
import { type Migration, pendingMigrations } from '../store/migrate.ts'
import { openSqliteReadonly } from '../store/sqlite.ts'
import { meaningOf } from './explain.ts'
import { copyWhole, expectSound, hasCode, tablesIn } from './whole.ts'

type Raw = ReturnType<typeof openSqliteReadonly>['raw']

/** The number of rows by table, for a person to compare. */
export type Contents = Record<'session' | 'booking' | 'outbox' | 'journal', number>

/** The number of rows in our database. */
export function contentsOf(raw: Raw): Contents {
  const count = (table: string) => raw.prepare<[], number>(`select count(*) from ${table}`).pluck().get() ?? 0
  return { session: count('session'), booking: count('booking'), outbox: count('outbox'), journal: count('journal') }
}

/** Whether a database has our tables; false if it has no tables at all. Throws if it has others, or is damaged. */
export function isOurs(raw: Raw, path: string): boolean {
  try {
    const tables = tablesIn(raw)
    if (tables.length === 0) return false
    if (!tables.includes('migration')) throw new Error('it has tables of its own')
    if (hasCode(raw)) throw new Error('it has triggers or views of its own')
    expectSound(raw)
    return true
  } catch (cause) {
    const means = meaningOf(cause)
    if (means !== null && !means.includes('damaged')) throw cause
    throw new Error(`${path} is not a database of Madoguchi, or is damaged`, { cause })
  }
}

/** Reads a file as our database. Throws if it is missing, damaged, not ours, or newer than the code. */
export async function expectOurs(path: string, migrations: Migration[]): Promise<void> {
  if (!existsSync(path)) throw new Error(`there is no file ${path}`)
  const file = openSqliteReadonly(path)
  try {
    if (!isOurs(file.raw, path)) throw new Error(`${path} is not a database of Madoguchi: it is empty`)
    await pendingMigrations(file, migrations)
  } finally {
    file.raw.close()
  }
}

/** The default path of a backup: a file named after the instant in UTC, to the second. */
export function backupPath(folder: string, now: Instant): string {
  return join(folder, `madoguchi-${now.slice(0, 19).replaceAll(':', '')}Z.db`)
}

/**
 * Writes a consistent copy of a SQLite database, also while it is served. It contains every earlier commit, whole, and
 * every table was compared. Returns its row counts. Throws, and leaves no file, if the file exists or the database is not
 * ours.
 */
export async function backup(database: string, to: string, migrations: Migration[]): Promise<Contents> {
  if (existsSync(to)) throw new Error(`${to} is there already`)
  await expectOurs(database, migrations)
  copyWhole(database, to)
  const made = openSqliteReadonly(to)
  try {
    return contentsOf(made.raw)
  } finally {
    made.raw.close()
  }
}
