import { type AliasableExpression, type Expression, sql } from 'kysely'
import { once } from './once.ts'
import type { Write, Writer } from './store.ts'

function expectation(db: Writer['store']['db'], found: Expression<unknown>, some: boolean) {
  return db
    .insertInto('expectation')
    .columns(['holds'])
    .expression(
      db.selectNoFrom(sql.lit(0).as('holds')).where(({ not, exists }) => {
        const there = exists(found)
        return some ? not(there) : there
      }),
    )
}

/** Breaks `still_true`, and with it the whole commit, unless this query finds a row by then. */
export function expectSome(ctx: Pick<Writer, 'store'>, found: Expression<unknown>): Write {
  return expectation(ctx.store.db, found, true)
}

/** Breaks `still_true`, and with it the whole commit, if this query finds a row by then. */
export function expectNone(ctx: Pick<Writer, 'store'>, found: Expression<unknown>): Write {
  return expectation(ctx.store.db, found, false)
}

/** Breaks `still_true`, and with it the whole commit, unless this query finds the same rows by then, unchanged. */
export function expectSame(
  ctx: Pick<Writer, 'store'>,
  found: AliasableExpression<{ id: string; revision: number }>,
  rows: readonly { id: string; revision: number }[],
): Write {
  const { db } = ctx.store
  const last =
    rows
      .map(({ id }) => id)
      .toSorted()
      .at(-1) ?? ''
  const revisions = rows.reduce((sum, { revision }) => sum + revision, 0)
  const read = db
    .selectFrom(found.as('found'))
    .select(({ fn }) => fn.countAll<number>().as('many'))
    .select(sql<number>`coalesce(sum(found.revision), 0)`.as('revisions'))
    .select(sql<string>`coalesce(max(found.id), '')`.as('last'))
  const same = db
    .selectFrom(read.as('read'))
    .select(sql.lit(1).as('one'))
    .where('many', '=', rows.length)
    .where('revisions', '=', revisions)
    .where('last', '=', last)
  return expectSome(ctx, same)
}

/** The tables of which every row has a revision. */
type Revised =
  | 'session'
  | 'booking'
  | 'series'
  | 'venue'
  | 'desk'
  | 'account'
  | 'question'
  | 'programme'
  | 'intake'
  | 'expert'
  | 'request'
  | 'letter_text'
  | 'letter_sender'
  | 'webhook'
  | 'outline'

/** A statement for each of these tables, made when it is first needed. */
function forEach<T>(make: (table: Revised) => T): (table: Revised) => T {
  const made = new Map<Revised, T>()
  return (table) => {
    const one = made.get(table) ?? make(table)
    made.set(table, one)
    return one
  }
}

const locking = forEach((table) =>
  once((db, { id }: { id: string }) =>
    db
      .updateTable(table)
      .set((eb) => ({ revision: eb.ref('revision') }))
      .where('id', '=', id),
  ),
)

const holding = forEach((table) =>
  once((db, { id, revision }: { id: string; revision: number }) => {
    const found = db
      .selectFrom(table)
      .select(sql.lit(1).as('one'))
      .where('id', '=', id)
      .where('revision', '=', revision)
    return expectation(db, found, true)
  }),
)

/**
 * The write that locks a row until the commit ends: it sets a column to itself. On PostgreSQL other commits wait for the
 * row; SQLite and D1 write one commit at a time anyway.
 */
export function lockRow({ store }: Pick<Writer, 'store'>, table: Revised, id: string): Write {
  return locking(table).write(store.db, { id })
}

/** Breaks `still_true` unless the row still has the revision that was read. The row is to be locked before. */
export function expecting(ctx: Pick<Writer, 'store'>, table: Revised, row: { id: string; revision: number }): Write {
  return holding(table).write(ctx.store.db, { id: row.id, revision: row.revision })
}

/**
 * The writes that begin the change of a row. They lock it, and break `still_true` unless it has the revision that was
 * read. If two people save at once, only one succeeds.
 */
export function unchanged(ctx: Pick<Writer, 'store'>, table: Revised, row: { id: string; revision: number }): Write[] {
  return [lockRow(ctx, table, row.id), expecting(ctx, table, row)]
}
