import { readdirSync, readFileSync } from 'node:fs'
import type { Migration } from '../../src/store/migrate.ts'

const folder = new URL('../migrations/', import.meta.url)

/** The migrations of `db/migrations`, in order. */
export function readMigrations(): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => ({ name, sql: readFileSync(new URL(name, folder), 'utf8') }))
}
