import { type Expression, sql } from 'kysely'
import type { Write, Writer } from './store.ts'

function expectation({ store }: Pick<Writer, 'store'>, found: unknown, some: boolean): Write {
  const { db } = store
  return db
    .insertInto('expectation')
    .columns(['holds'])
    .expression(
      db.selectNoFrom(sql.lit(0).as('holds')).where(({ not, exists }) => {
        const there = exists(found as Expression<unknown>)
        return some ? not(there) : there
      }),
    )
}

/** Breaks `still_true`, and with it the whole commit, unless this query finds a row by then. */
export function expectSome(ctx: Pick<Writer, 'store'>, found: { compile(): unknown }): Write {
  return expectation(ctx, found, true)
}

/** Breaks `still_true`, and with it the whole commit, where this query finds a row by then. */
export function expectNone(ctx: Pick<Writer, 'store'>, found: { compile(): unknown }): Write {
  return expectation(ctx, found, false)
}
