import type { Store } from '../../src/store/store.ts'

const RECOUNT = /^update "(session|slot)" set "seats_taken" = \(+select /

/**
 * The negative control of the races: a store whose commits leave out the recount, and with it the database's own check.
 * Where a test of capacity passes on this store too, it proves nothing.
 */
export function withoutRecount(store: Store): Store {
  return {
    ...store,
    commit: (...writes) => store.commit(...writes.filter((one) => !RECOUNT.test(one.compile().sql))),
  }
}
