import { applySuspensions } from '../../src/changes/apply-suspensions.ts'
import { world } from '../world.ts'

/*
 * A process that carries out suspensions on the rows of an address, so slowly that it can be killed in between:
 * `converter.ts <address>` says `committed` after each session.
 */
const w = await world({ on: process.argv[2] ?? '' })
const { store } = w.system
const slowly = {
  ...store,
  commit: async (...writes: Parameters<typeof store.commit>) => {
    const done = await store.commit(...writes)
    process.stdout.write('committed\n')
    await new Promise((resolve) => setTimeout(resolve, 50))
    return done
  },
}
await applySuspensions({ ...w.system, store: slowly })
await w.close()
