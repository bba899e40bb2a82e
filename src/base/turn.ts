const later = globalThis.setImmediate ?? ((run: () => void) => setTimeout(run, 0))

/**
 * Lets the event loop turn once, so that other requests are answered between the rounds of a long read. Rows of SQLite
 * arrive without a turn, however many there are.
 */
export const nextTurn = (): Promise<void> => new Promise((done) => void later(() => done()))
