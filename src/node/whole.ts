import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { openSqlite, openSqliteReadonly } from '../store/sqlite.ts'

type Raw = ReturnType<typeof openSqlite>['raw']

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/** Tables, indexes, triggers and views with the SQL that makes them, in the order in which they can be made. */
function objectsIn(raw: Raw, schema: 'main' | 'source'): { type: string; name: string; sql: string }[] {
  return raw
    .prepare<[], { type: string; name: string; sql: string }>(
      `select type, name, sql from ${schema}.sqlite_schema where sql is not null and name not like 'sqlite!_%' escape '!'
        order by case type when 'table' then 1 when 'index' then 2 when 'view' then 3 else 4 end, rowid`,
    )
    .all()
}

/** The names of the tables in a database. */
export function tablesIn(raw: Raw): string[] {
  return objectsIn(raw, 'main').flatMap(({ type, name }) => (type === 'table' ? [name] : []))
}

/** Whether a database has triggers or views. Ours has none, and a trigger would run with our next write. */
export function hasCode(raw: Raw): boolean {
  return objectsIn(raw, 'main').some(({ type }) => type === 'trigger' || type === 'view')
}

/**
 * Replaces everything in a database by what the attached database `source` has. For an open transaction, with foreign
 * keys off. Then compares the number of rows of every table, and throws if they differ.
 */
export function replaceBySource(raw: Raw): void {
  for (const { type, name } of objectsIn(raw, 'main')) {
    if (type === 'table' || type === 'view') raw.exec(`drop ${type} main.${quoted(name)}`)
  }
  const objects = objectsIn(raw, 'source')
  const tables = objects.flatMap(({ type, name }) => (type === 'table' ? [quoted(name)] : []))
  for (const { type, sql } of objects) if (type === 'table') raw.exec(sql)
  for (const table of tables) raw.exec(`insert into main.${table} select * from source.${table}`)
  for (const { type, sql } of objects) if (type !== 'table') raw.exec(sql)
  const count = (table: string) => raw.prepare<[], number>(`select count(*) from ${table}`).pluck().get()
  for (const table of tables) {
    const [there, here] = [count(`source.${table}`), count(`main.${table}`)]
    if (there !== here) throw new Error(`the copy differs: ${table} has ${here} rows instead of ${there}`)
  }
}

/** Forces a file, or the names in a folder, onto the disk. */
export function synced(path: string): void {
  const file = openSync(path, 'r')
  fsyncSync(file)
  closeSync(file)
}

/** Removes a SQLite file and what belongs to it. */
export function removeFile(path: string): void {
  for (const file of [path, `${path}-wal`, `${path}-shm`, `${path}-journal`]) rmSync(file, { force: true })
}

/** Throws if SQLite finds a fault in the pages, indexes or constraints of a file. */
export function expectSound(raw: Raw): void {
  if (raw.prepare('pragma integrity_check').pluck().get() !== 'ok') throw new Error('a page or an index is wrong')
}

/**
 * Writes a copy of one moment of a SQLite file, which may be in use. It gets its name only when it is complete, compared,
 * sound and on the disk. Only its owner can read it. Throws if there is a file of that name.
 */
export function copyWhole(from: string, to: string): void {
  if (existsSync(to)) throw new Error(`${to} is there already`)
  mkdirSync(dirname(to), { recursive: true })
  const draft = `${to}.${crypto.randomUUID()}.part`
  closeSync(openSync(draft, 'wx', 0o600))
  try {
    const { raw } = openSqlite(draft)
    try {
      // A draft need not survive a crash. Without a log, the file can be read from a read-only disk.
      raw.pragma('journal_mode = MEMORY')
      raw.pragma('synchronous = OFF')
      raw.pragma('foreign_keys = OFF')
      raw.prepare('attach ? as source').run(from)
      raw.exec('begin')
      replaceBySource(raw)
      raw.exec('commit')
    } finally {
      raw.close()
    }
    const written = openSqliteReadonly(draft)
    try {
      expectSound(written.raw)
    } finally {
      written.raw.close()
    }
    synced(draft)
    if (existsSync(to)) throw new Error(`${to} is there already`)
    renameSync(draft, to)
    synced(dirname(resolve(to)))
  } finally {
    removeFile(draft)
  }
}
