import type { World } from './world.ts'

/** The same world, but something else runs before each of the first `times` commits, like a faster client. */
export function meanwhile(w: World, happens: () => unknown, times = 1): World {
  let left = times
  const { store } = w.ctx
  const slower = {
    ...store,
    commit: async (...writes: Parameters<typeof store.commit>) => {
      if (left > 0) {
        left--
        await happens()
      }
      return store.commit(...writes)
    },
  }
  return { ...w, ctx: { ...w.ctx, store: slower } }
}
