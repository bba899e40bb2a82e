import { compareBookings } from './compare-bookings.ts'
import { compareConsole } from './compare-console.ts'
import { compareFeeds } from './compare-feeds.ts'
import { compareFigures } from './compare-figures.ts'
import { compareSessions } from './compare-sessions.ts'
import type { Town } from './town.ts'

/** Steps between two comparisons of the same views. */
const EVERY = Number(process.env.WALK_EVERY ?? 4)

/** Compares everything that anybody is shown now. */
export async function compareAll(town: Town): Promise<void> {
  const turn = town.done.length
  if (turn % EVERY === 0) await compareSessions(town, turn % (2 * EVERY) === 0 ? 'ja' : 'en')
  if (turn % EVERY === 1) await compareBookings(town)
  if (turn % (2 * EVERY) === 2) await compareConsole(town)
  if (turn % EVERY === 3) await compareFeeds(town)
  if (turn % (2 * EVERY) === 7) await compareFigures(town)
}

/** Asks for the lists that the next comparison reads, so that they are kept in memory. */
export async function readAhead(town: Town): Promise<void> {
  if ((town.done.length + 1) % EVERY !== 0) return
  for (const path of ['/', '/calendar?view=list', '/api/v1/sessions?limit=200&from=2026-11-01']) await town.s.ask(path)
}
