import type { Instant } from '../base/clock.ts'
import type { Booking } from '../booking/booking.ts'
import type { Ctx } from '../context.ts'
import { answerEnds } from '../schedule/business-day.ts'
import { closedDays } from '../schedule/closure-queries.ts'
import type { Session, Slot } from '../schedule/session.ts'
import type { Write } from '../store/store.ts'
import { offerUntil, openUntilStart } from './offer-hours.ts'

/** The end of a request or offer that is made now. */
export async function endOf(ctx: Ctx, session: Session, slot: Slot | null): Promise<Instant> {
  const { config, clock } = ctx
  const deadline = (slot ?? session).closes_at
  const isClosed = await closedDays(ctx, session.prefecture)
  if (session.acceptance === 'approval') return answerEnds(config.approvalDays, clock.now(), deadline, isClosed)
  return offerUntil(config, clock.now(), { date: session.date, deadline }, isClosed)
}

/** A session that still gives time to answer: until it begins, if booking has closed. */
function withTime(session: Session, now: Instant): Session {
  return session.closes_at !== null && now < session.closes_at ? session : openUntilStart(session)
}

/** The end of a request or offer that comes back now. Until its time begins, if booking has closed. */
export async function endOnReturn(ctx: Ctx, session: Session, slot: Slot | null): Promise<Instant> {
  const open = withTime(session, ctx.clock.now())
  return endOf(ctx, open, open.slots.find(({ id }) => id === slot?.id) ?? null)
}

/** A booking that comes back now, with the time to answer that `endOnReturn` gives. Postponed, it keeps its own. */
export async function withTimeOnReturn(ctx: Ctx, booking: Booking): Promise<Booking> {
  const { status, session, slot } = booking
  const isAsked = status === 'offered' || status === 'requested'
  if (!isAsked || session.former !== null) return booking
  return { ...booking, offer_expires_at: await endOnReturn(ctx, session, slot) }
}

/** The earliest end of offers and requests of a session that come back now, by the id of their slot. */
export async function endsOnReturn(ctx: Ctx, session: Session): Promise<ReadonlyMap<string | null, Instant>> {
  const open = withTime(session, ctx.clock.now())
  const ends = new Map<string | null, Instant>()
  for (const slot of open.slots.length > 0 ? open.slots : [null]) {
    ends.set(slot?.id ?? null, await endOf(ctx, open, slot))
  }
  return ends
}

/**
 * The writes that give offers and requests of a session as much time to answer as new ones have. Until it begins, if
 * booking has closed meanwhile.
 */
export async function longerWrites(ctx: Ctx, session: Session): Promise<Write[]> {
  const all = await endsOnReturn(ctx, session)
  return [...all].map(([slot, ends]) =>
    ctx.store.db
      .updateTable('booking')
      .set({ offer_expires_at: ends })
      .where('session', '=', session.id)
      .where('slot', slot === null ? 'is' : '=', slot)
      .where('status', 'in', ['offered', 'requested'])
      .where('offer_expires_at', '<', ends),
  )
}
