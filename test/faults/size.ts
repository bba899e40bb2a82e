/** The seed of this run. `FAULT_SEED=<seed> npm run test:faults` makes the same choices again. */
export const SEED = Number(process.env.FAULT_SEED)

const LONG = process.env.FAULTS === 'long'

/** How often a fault is tried: `short` in CI, `long` with `npm run test:faults:long`. */
export function times(short: number, long: number): number {
  return LONG ? long : short
}
