/** The seed of this run. `FAULT_SEED=<seed> npm run test:faults` makes the same choices again. */
export const SEED = Number(process.env.FAULT_SEED)

const LONG = process.env.FAULTS === 'long'

/** How often a fault is tried, or with what: `short` in CI, `long` with `npm run test:faults:long`. */
export function times<T>(short: T, long: T): T {
  return LONG ? long : short
}
