const later = globalThis.setImmediate ?? ((run: () => void) => setTimeout(run, 0))

/**
 * Lets the event loop turn once, so that other requests are answered between the rounds of a long read. Rows of SQLite
 * arrive without a turn, however many there are.
 */
export const nextTurn = (): Promise<void> => new Promise((done) => void later(() => done()))

/** Runs what it is given, and returns its result. */
export type InTurn = <T>(run: () => Promise<T>) => Promise<T>

/** Runs at most `most` at a time. The others wait in their order. For work that needs much memory. */
export function atMost(most: number): InTurn {
  const waiting: (() => void)[] = []
  let running = 0
  return async (run) => {
    if (running < most) running++
    else await new Promise<void>((next) => void waiting.push(next)) // takes over the place of the one that ends
    try {
      return await run()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
