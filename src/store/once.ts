import type { Compilable, CompiledQuery, Insertable, InsertQueryBuilder, InsertResult, Kysely } from 'kysely'
import type { Schema } from './schema.ts'
import type { Write } from './store.ts'

/*
 * To build and compile a statement costs more than SQLite needs to run it. What is asked for at every request or booking is
 * compiled once for each database, and later only bound.
 */

/** What a statement is bound to: a value or a list by name. */
type Values = Readonly<Record<string, unknown>>

/** Stands for a value in a statement that is being made; `at` is its place in a list. */
class Mark {
  readonly name: string
  readonly at: number | null

  constructor(name: string, at: number | null) {
    this.name = name
    this.at = at
  }

  in(values: Values): unknown {
    const value = values[this.name]
    return this.at === null || !Array.isArray(value) ? value : value[this.at]
  }
}

/** Statements of the same names and lengths of lists are the same. */
function shapeOf(values: Values): string {
  let shape = ''
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) shape += Array.isArray(value) ? `${name}${value.length} ` : `${name} `
  }
  return shape
}

function marksOf(values: Values): Values {
  const given = Object.entries(values).filter(([, value]) => value !== undefined)
  const marked = given.map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map((_, at) => new Mark(name, at)) : new Mark(name, null),
  ])
  return Object.fromEntries(marked)
}

/** Shapes of one statement that are remembered for a database. Lists have at most ninety lengths. */
const MOST_SHAPES = 200

/** A statement that is made once, and bound to values whenever it runs. */
export type Once<V extends Values, O> = {
  /** The rows that it reads. */
  rows(db: Kysely<Schema>, values: V): Promise<O[]>
  /** The first row that it reads, or undefined. */
  first(db: Kysely<Schema>, values: V): Promise<O | undefined>
  /** The write that it is. */
  write(db: Kysely<Schema>, values: V): Write
}

/**
 * A statement that `build` makes once for each database, and for each length of the lists among its values. `build` only
 * puts the values into the statement, as parameters. It does not look at them: it is given marks in their place. A value
 * that is undefined is left out, and makes another statement. None is an expression.
 */
export function once<V extends Values, O>(build: (db: Kysely<Schema>, values: V) => Compilable<O>): Once<V, O> {
  const made = new WeakMap<Kysely<Schema>, Map<string, CompiledQuery<O>>>()
  const bound = (db: Kysely<Schema>, values: V): CompiledQuery<O> => {
    const shapes = made.get(db) ?? new Map<string, CompiledQuery<O>>()
    made.set(db, shapes)
    const shape = shapeOf(values)
    let compiled = shapes.get(shape)
    if (!compiled) {
      compiled = build(db, marksOf(values) as V).compile()
      if (shapes.size >= MOST_SHAPES) shapes.clear()
      shapes.set(shape, compiled)
    }
    return { ...compiled, parameters: compiled.parameters.map((one) => (one instanceof Mark ? one.in(values) : one)) }
  }
  return {
    rows: async (db, values) => (await db.executeQuery(bound(db, values))).rows,
    first: async (db, values) => (await db.executeQuery(bound(db, values))).rows[0],
    write: (db, values) => ({ compile: () => bound(db, values) }),
  }
}

/** The insert of one row by its set of columns, made once. Columns that are undefined are left out. None is an expression. */
export function insertOnce<T extends keyof Schema>(
  table: T,
): (db: Kysely<Schema>, row: Insertable<Schema[T]>) => Write {
  const insert = once((db, row: Values) => db.insertInto(table).values(row as Insertable<Schema[T]>))
  return (db, row) => insert.write(db, row)
}

/** Rows with the same columns, as a list for each column. */
function columnsOf(rows: readonly Values[]): Record<string, unknown[]> {
  const names = Object.keys(rows[0] ?? {})
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])]))
}

/** The same the other way round. */
function rowsOf(columns: Record<string, unknown[]>): Values[] {
  const count = Object.values(columns)[0]?.length ?? 0
  return Array.from({ length: count }, (_, i) =>
    Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[i]])),
  )
}

type Insert<T extends keyof Schema> = InsertQueryBuilder<Schema, T, InsertResult>

/** The insert of rows with the same columns, made once for each number of rows. `more` adds what happens in a conflict. */
export function insertRowsOnce<T extends keyof Schema>(
  table: T,
  more: (insert: Insert<T>) => Insert<T> = (insert) => insert,
): (db: Kysely<Schema>, rows: readonly Insertable<Schema[T]>[]) => Write {
  const insert = once((db, columns: Record<string, unknown[]>) =>
    more(db.insertInto(table).values(rowsOf(columns) as Insertable<Schema[T]>[])),
  )
  return (db, rows) => insert.write(db, columnsOf(rows))
}
