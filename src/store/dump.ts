import type { Kysely } from 'kysely'
import { type Columns, type Sums, summed } from './checksums.ts'
import type { Migration } from './migrate.ts'
import type { Schema } from './schema.ts'
import { TABLES } from './tables.ts'

/** D1 accepts statements of up to 100 kB. A row of ours is far shorter. */
const MOST = 60_000

/** wrangler removes these words from a file, even inside people's texts. */
const TAKEN_OUT = 'BEGIN TRANSACTION'

const hex = (text: string) =>
  Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, '0')).join('')

function literal(value: string | number | null): string {
  if (value === null) return 'null'
  if (typeof value === 'number') return String(value)
  if (value.includes(TAKEN_OUT)) return `cast(x'${hex(value)}' as text)`
  return `'${value.replaceAll("'", "''")}'`
}

/** A statement that breaks `still_true`, and so the whole file, if the condition holds. */
const never = (condition: string) => `insert into expectation (holds) select 0 where ${condition};`

/** The first statements of a dump. They fail on a database with other migrations or with any row. */
export function expectingEmpty(migrations: readonly Pick<Migration, 'name'>[]): string[] {
  const names = migrations.map(({ name }) => literal(name)).join(', ')
  const count = (where: string) => `(select count(*) from migration${where}) <> ${migrations.length}`
  return [
    never(`${count('')} or ${count(` where name in (${names})`)}`),
    never(TABLES.map((table) => `exists (select 1 from ${table})`).join(' or ')),
  ]
}

/** The last statements of a dump. They fail if the sums of the inserted rows differ from these. */
export function expectingSums(columns: Columns, sums: Sums): string[] {
  return TABLES.map((table) => {
    const each = Object.entries(summed(columns[table]))
    const selected = each.map(([name, text]) => `${text} as "${name}"`).join(', ')
    const differ = each.map(([name]) => `"${name}" <> ${sums[table][name]}`).join(' or ')
    return `insert into expectation (holds) select 0 from (select ${selected} from ${table}) as added where ${differ};`
  })
}

/** The SQL statements that insert these rows, each short enough for D1. */
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

/** All rows of a small database, as statements for an empty one whose migrations are applied. */
export async function dump(db: Kysely<Schema>): Promise<string[]> {
  const statements: string[] = []
  for (const table of TABLES) statements.push(...inserts(table, await db.selectFrom(table).selectAll().execute()))
  return statements
}
