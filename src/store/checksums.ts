import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'
import { TABLES } from './tables.ts'

type Table = (typeof TABLES)[number]

/** A column of a table. `number` is true for whole numbers. */
export type Column = { name: string; number: boolean }

/** The columns of each stored table, read from the database. */
export type Columns = Record<Table, Column[]>

/** By table: the number of rows, the text length of each column, and the sum of each column of numbers. */
export type Sums = Record<Table, Record<string, number>>

/** The columns of the stored tables in this database. */
export async function columnsOf(db: Kysely<Schema>): Promise<Columns> {
  const tables = await db.introspection.getTables()
  const of = (table: string): Column[] =>
    (tables.find((one) => one.name === table)?.columns ?? []).map(({ name, dataType }) => ({
      name,
      number: /int/i.test(dataType),
    }))
  return Object.fromEntries(TABLES.map((table) => [table, of(table)])) as Columns
}

/** The sums of a table by name, in SQL for every engine. Lengths count characters. */
export function summed(columns: readonly Column[]): Record<string, string> {
  const sums: Record<string, string> = { rows: 'count(*)' }
  for (const { name, number } of columns) {
    sums[`${name}_length`] =
      `coalesce(sum(case when "${name}" is null then 0 else 1 + length(cast("${name}" as text)) end), 0)`
    if (number) sums[`${name}_sum`] = `coalesce(sum("${name}"), 0)`
  }
  return sums
}

/** The sums of every stored table. Reads each table once. */
export async function sumsOf(db: Kysely<Schema>, columns: Columns): Promise<Sums> {
  const sums: Partial<Sums> = {}
  for (const table of TABLES) {
    const each = Object.entries(summed(columns[table])).map(([name, text]) => `${text} as "${name}"`)
    const { rows } = await sql
      .raw<Record<string, number | string>>(`select ${each.join(', ')} from ${table}`)
      .execute(db)
    sums[table] = Object.fromEntries(Object.entries(rows[0] ?? {}).map(([name, value]) => [name, Number(value)]))
  }
  return sums as Sums
}

/** The differences between two sums, as `table.column_length: here, there`. */
export function differences(here: Sums, there: Sums): string[] {
  return TABLES.flatMap((table) =>
    Object.entries(here[table]).flatMap(([name, value]) => {
      const other = there[table][name]
      return other === value ? [] : [`${table}.${name}: ${value}, ${other ?? 'nothing'}`]
    }),
  )
}
