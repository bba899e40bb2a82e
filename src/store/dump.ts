import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'
import { TABLES } from './tables.ts'

/** D1 takes statements of up to 100 KB; a row of ours is far shorter. */
const MOST = 60_000

function literal(value: string | number | null): string {
  if (value === null) return 'null'
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`
}

/** Rows as the statements of SQL that insert them, each short enough for D1. */
export function* inserts(table: keyof Schema, rows: Iterable<object>): Generator<string> {
  let head = ''
  let values: string[] = []
  let length = 0
  const statement = () => `${head}\n${values.join(',\n')};`
  for (const row of rows) {
    head = `insert into ${table} (${Object.keys(row).join(', ')}) values`
    const value = `(${Object.values(row).map(literal).join(', ')})`
    const bytes = new TextEncoder().encode(value).length
    if (values.length > 0 && length + bytes > MOST) {
      yield statement()
      values = []
      length = 0
    }
    values.push(value)
    length += bytes
  }
  if (values.length > 0) yield statement()
}

/** Everything that a small database holds, as statements for an empty one whose migrations are applied. */
export async function dump(db: Kysely<Schema>): Promise<string[]> {
  const statements: string[] = []
  for (const table of TABLES) statements.push(...inserts(table, await db.selectFrom(table).selectAll().execute()))
  return statements
}
