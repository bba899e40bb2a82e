import { runTicked } from '../../../src/booking/ticked/run-ticked.ts'
import { world } from '../../world.ts'

/*
 * A process that does what was asked for ticked bookings on the rows of an address, so slowly that it can be killed in
 * between: `runner.ts <address>` says `committed` after each commit.
 */
const w = await world({ on: process.argv[2] ?? '' })
const { store } = w.system
const slowly = {
  ...store,
  commit: async (...writes: Parameters<typeof store.commit>) => {
    const done = await store.commit(...writes)
    process.stdout.write('committed\n')
    await new Promise((resolve) => setTimeout(resolve, 30))
    return done
  },
}
await runTicked({ ...w.system, store: slowly })
await w.close()
