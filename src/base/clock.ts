/** A moment as UTC text, always `YYYY-MM-DDTHH:MM:SS.sssZ`, so that text order is time order. */
export type Instant = string

/** The source of the time. Acts and routes read it from `ctx`, never from `Date`. */
export type Clock = { now(): Instant }

export const systemClock: Clock = { now: () => new Date().toISOString() }

/**
 * The same context at the instant of this call. All rows that one act writes then have the same instants, by which a commit
 * knows its own.
 */
export function atThisInstant<C extends { clock: Clock }>(ctx: C): C {
  const now = ctx.clock.now()
  return { ...ctx, clock: { now: () => now } }
}

/** The instant `minutes` after `instant`; a negative number means before. */
export function plusMinutes(instant: Instant, minutes: number): Instant {
  return new Date(Date.parse(instant) + minutes * 60_000).toISOString()
}
