import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Instant } from '../base/clock.ts'
import { type Migration, migrate, pendingMigrations } from '../store/migrate.ts'
import { openSqlite } from '../store/sqlite.ts'

/** The number of rows by table, for a person to compare. */
export type Contents = Record<'session' | 'booking' | 'outbox' | 'journal', number>

type File = ReturnType<typeof openSqlite>

function contentsOf({ raw }: File): Contents {
  const count = (table: string) => raw.prepare<[], number>(`select count(*) from ${table}`).pluck().get() ?? 0
  return { session: count('session'), booking: count('booking'), outbox: count('outbox'), journal: count('journal') }
}

/** Forces a file, or the names in a folder, onto the disk. */
function synced(path: string): void {
  const file = openSync(path, 'r')
  fsyncSync(file)
  closeSync(file)
}

/** Whether SQLite finds every page of a file in order and the file has our migration table. */
function isSound({ raw }: File): boolean {
  const ours = raw.prepare("select 1 from sqlite_master where name = 'migration'").all().length > 0
  return ours && raw.prepare('pragma integrity_check').pluck().get() === 'ok'
}

/**
 * Opens a file as our database while `work` runs. Throws if the file is missing, damaged, not ours, or newer than the
 * code.
 */
async function onSound<T>(path: string, migrations: Migration[], work: (file: File) => T | Promise<T>): Promise<T> {
  if (!existsSync(path)) throw new Error(`there is no file ${path}`)
  let file: File | undefined
  try {
    file = openSqlite(path)
    if (!isSound(file)) throw new Error('a table is missing or a page is wrong')
  } catch (cause) {
    await file?.close()
    throw new Error(`${path} is not a database of Madoguchi, or is damaged`, { cause })
  }
  try {
    await pendingMigrations(file, migrations)
    return await work(file)
  } finally {
    await file.close()
  }
}

/** The default path of a backup: a file named after the instant in UTC, to the second. */
export function backupPath(folder: string, now: Instant): string {
  return join(folder, `madoguchi-${now.slice(0, 19).replaceAll(':', '')}Z.db`)
}

/**
 * Writes a consistent copy of a SQLite database, also while it is served. It contains every earlier commit, whole. The
 * file gets its name only when it is complete, checked and on the disk. Only its owner can read it. Returns its row
 * counts. Throws if the file exists or the database is not ours.
 */
export async function backup(database: string, to: string, migrations: Migration[]): Promise<Contents> {
  if (existsSync(to)) throw new Error(`${to} is there already`)
  mkdirSync(dirname(to), { recursive: true })
  const draft = `${to}.${crypto.randomUUID()}`
  try {
    await onSound(database, migrations, ({ raw }) => raw.prepare('vacuum into ?').run(draft))
    chmodSync(draft, 0o600)
    const contents = await onSound(draft, migrations, contentsOf)
    synced(draft)
    renameSync(draft, to)
    synced(dirname(resolve(to)))
    return contents
  } finally {
    for (const file of [draft, `${draft}-wal`, `${draft}-shm`]) rmSync(file, { force: true })
  }
}

/**
 * Replaces a SQLite database by a backup, also while it is served. All pages change in one transaction, so that readers
 * see the old or the new state. The old state is saved to `kept` first. An older backup is migrated. Returns the row
 * counts, and the path of the old state. Throws, with nothing changed, if the backup is damaged, not ours, or newer
 * than the code.
 */
export async function restore(
  from: string,
  database: string,
  kept: string,
  migrations: Migration[],
  now: Instant,
): Promise<Contents & { kept: string | null }> {
  await onSound(from, migrations, () => undefined)
  const keeps = existsSync(database)
  if (keeps) await backup(database, kept, migrations)
  mkdirSync(dirname(database), { recursive: true })
  await onSound(from, migrations, ({ raw }) => raw.backup(database, { progress: () => 2 ** 30 }))
  return onSound(database, migrations, async (file) => {
    await migrate(file, migrations, now)
    return { ...contentsOf(file), kept: keeps ? join(dirname(kept), basename(kept)) : null }
  })
}
