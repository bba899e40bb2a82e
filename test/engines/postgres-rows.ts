import { Client, DatabaseError, type Pool } from 'pg'
import { NOT_KEPT, TABLES } from '../../src/store/tables.ts'

const ALL = [...TABLES, ...NOT_KEPT]

/** Where every change of a structure shows. */
const CATALOGS = ['pg_class', 'pg_attribute', 'pg_constraint', 'pg_trigger', 'pg_proc', 'pg_namespace']

/** Copies every row into the schema `kept`. */
export async function keep(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const copies = ALL.map((table) => `create table kept.${table} as select * from public.${table};`)
  await client.query(`create schema kept; ${copies.join(' ')}`)
  await client.end()
}

/** How many rows tables had, and a transaction after the last one that changed them. */
export type Mark = { transaction: string; rows: Map<string, number> }

type Found = { name: string; rows: number; fresh: number }

/** PostgreSQL, appendix A. */
const UNDEFINED_TABLE = '42P01'

/** The number of rows of each table, and how many of them are of this transaction or a later one. Null without a table. */
async function look(pool: Pool, transaction: string): Promise<Found[] | null> {
  const counts = [...ALL, ...CATALOGS].map(
    (table) => `select '${table}' as name, count(*)::int as rows,
      (count(*) filter (where age(xmin) <= age('${transaction}'::xid)))::int as fresh from ${table}`,
  )
  try {
    return (await pool.query<Found>(counts.join(' union all '))).rows
  } catch (error) {
    if (error instanceof DatabaseError && error.code === UNDEFINED_TABLE) return null
    throw error
  }
}

async function now(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ id: string }>('select pg_current_xact_id()::xid::text as id')
  return rows[0]?.id ?? ''
}

/** Marks the rows as they are. */
export async function mark(pool: Pool): Promise<Mark> {
  const transaction = await now(pool)
  const found = await look(pool, transaction)
  return { transaction, rows: new Map(found?.map((one) => [one.name, one.rows])) }
}

let keys: Promise<Map<string, string[]>> | null = null

/** The columns of each primary key. */
async function readKeys(pool: Pool): Promise<Map<string, string[]>> {
  const { rows } = await pool.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text) as columns
      from pg_index i join pg_class c on c.oid = i.indrelid join pg_attribute a on a.attrelid = c.oid
      where i.indisprimary and c.relnamespace = 'public'::regnamespace and a.attnum = any (i.indkey) group by 1`,
  )
  return new Map(rows.map((row) => [row.name, row.columns]))
}

/** Brings back the rows of the mark. Returns the next mark, or null if the structure was changed: nothing is done then. */
export async function restore(pool: Pool, { transaction, rows }: Mark): Promise<Mark | null> {
  const found = await look(pool, transaction)
  const changed = found?.filter((one) => one.fresh > 0 || one.rows !== rows.get(one.name))
  if (!changed || changed.some((one) => CATALOGS.includes(one.name))) return null
  if (changed.length === 0) return { transaction, rows }
  keys ??= readKeys(pool)
  const keyOf = await keys
  const removing = changed.map(({ name }) => `delete from ${name} where age(xmin) <= age('${transaction}'::xid);`)
  const adding = changed
    .filter((one) => one.rows - one.fresh < (rows.get(one.name) ?? 0))
    .map(({ name }) => {
      const same = keyOf.get(name)?.map((column) => `t.${column} = k.${column}`)
      if (!same) throw new Error(`${name} has no primary key`)
      return `insert into ${name} select * from kept.${name} k
        where not exists (select from ${name} t where ${same.join(' and ')});`
    })
  // Without triggers and foreign keys: they held for these rows before.
  const statements = ['begin;', 'set local session_replication_role = replica;', ...removing, ...adding, 'commit']
  await pool.query(statements.join(' '))
  return { transaction: await now(pool), rows }
}
