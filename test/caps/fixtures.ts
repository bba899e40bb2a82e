import { book } from '../../src/booking/book.ts'
import type { Ctx } from '../../src/context.ts'
import { forSeminar, mito } from '../booking/fixtures.ts'
import { freshKey, type World } from '../world.ts'

let phones = 0

/** An application for the seminar by another person with a telephone of their own. */
export function person(changes: Record<string, unknown> = {}): Record<string, unknown> {
  phones++
  return forSeminar({ phone: `090${String(phones).padStart(8, '0')}`, ...changes })
}

/** The seminar and the Fridays in Mito, with these caps. */
export const capped = (caps: Record<string, string>, options: { shared?: boolean } = {}): Promise<World> =>
  mito({ ...options, env: { CAPS: 'on', ...caps } })

/** Books as the public. Returns what came of it. */
export async function trying(ctx: Ctx, given: Record<string, unknown>, key = freshKey()): Promise<string> {
  const done = await book(ctx, given, { channel: 'web', key })
  return done.ok ? 'booked' : done.why
}

/** The same rows as somebody from this network sees them. */
export const from = (w: World, network: string): Ctx => ({ ...w.ctx, network: () => network })

/** The letters of a booking, by kind and what became of them. */
export const lettersOf = (w: World, booking: string): Promise<string[]> =>
  w.column<string>(
    "select kind || ' ' || state || coalesce(' ' || fault, '') from outbox where subject = ? order by 1",
    booking,
  )
