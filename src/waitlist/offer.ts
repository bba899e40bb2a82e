import { requireSystem } from '../base/actor.ts'
import { civilDate } from '../base/japan/civil.ts'
import { type Ok, ok } from '../base/outcome.ts'
import { isRunning } from '../base/seating.ts'
import { slotIn, wasText } from '../booking/booking.ts'
import { statusWrite } from '../booking/write/insert.ts'
import { notify } from '../booking/write/notify.ts'
import { isOutOfRoom, withSeatRecount } from '../booking/write/seats.ts'
import type { Ctx } from '../context.ts'
import { type PassedOver, placeFor } from '../schedule/availability.ts'
import { sessionById } from '../schedule/queries.ts'
import type { Session, Slot } from '../schedule/session.ts'
import { expecting, unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { isCommitted } from '../store/retry.ts'
import type { BookingRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import { endOf } from './answer-time.ts'
import { isOfferTime, openUntilStart } from './offer-hours.ts'
import { awaitedSessions, waitingIn } from './queries.ts'

/** The next party with its slot, and the parties before it that do not fit. */
type Next = { party: BookingRow; slot: Slot | null; passed: { party: BookingRow; why: PassedOver }[] }

function nextOf(session: Session, parties: BookingRow[], now: string): Next | null {
  const passed: Next['passed'] = []
  for (const party of parties) {
    const place = placeFor(session, party, now)
    if (place.ok) return { party, slot: slotIn(session, place), passed }
    passed.push({ party, why: place.why })
  }
  return null
}

/** The journal act of each way to give a place. */
const ACT_OF = { requested: 'booking.requested', promoted: 'booking.promoted', offered: 'booking.offered' } as const

/** Gives the place: as an offer or a request with its end, or in a seminar as a booking. */
async function givingWrites(ctx: Ctx, session: Session, { party, slot }: Next): Promise<Write[]> {
  const seminar = session.kind === 'seminar' && session.acceptance === 'first_come'
  const approval = session.acceptance === 'approval'
  const status = approval ? ('requested' as const) : seminar ? ('booked' as const) : ('offered' as const)
  const kind = approval ? ('requested' as const) : seminar ? ('promoted' as const) : ('offered' as const)
  return [
    statusWrite(ctx, party, status, {
      slot: slot?.id ?? null,
      ...(!seminar && { offer_expires_at: await endOf(ctx, session, slot) }),
    }),
    ...notify(ctx, party, kind, wasText({ ...party, session, slot: slotIn(session, party) })),
    note(ctx, ACT_OF[kind], party.id, { session: session.id }),
  ]
}

/** The session as offers see it, or null if none may leave. Reserves of a draw get offers until it begins. */
function offering(session: Session): Session | null {
  if (session.acceptance !== 'lottery') return isRunning(session) ? session : null
  return session.draw === 'announced' && session.status === 'closed' ? openUntilStart(session) : null
}

/** Offers one free place to the next party that fits; false if nobody fits. */
async function offerOne(ctx: Ctx, id: string): Promise<boolean> {
  const found = await sessionById(ctx, id)
  const session = found && offering(found)
  if (!session) return false
  const now = ctx.clock.now()
  if (session.kind === 'consultation' && !isOfferTime(ctx.config.offerHours, now)) return false
  const next = nextOf(session, await waitingIn(ctx, id), now)
  if (!next) return false
  const done = await ctx.store.commit(
    ...withSeatRecount(
      ctx,
      { session: id, slot: next.slot?.id ?? null },
      expecting(ctx, 'session', session),
      ...unchanged(ctx, 'booking', next.party),
      ...(await givingWrites(ctx, session, next)),
      ...next.passed.map(({ party, why }) => note(ctx, 'booking.passed_over', party.id, { why, for: next.party.id })),
    ),
  )
  // If a concurrent commit won, the next round looks again.
  if (!isOutOfRoom(done)) isCommitted(done)
  return true
}

/** Rounds over one session; more free places than that wait for the next tick. */
const ROUNDS = 50

/**
 * Offers every free place to the first waiting party that fits by seats, slot and format (FIFO). Each is held until its
 * offer ends. In a seminar people are moved up at once. No offers outside OFFER_HOURS or after the booking deadline.
 * The journal has the reason of each party passed over. For the clockwork; several processes may run it at once.
 */
export async function offer(ctx: Ctx): Promise<Ok<{ sessions: number }>> {
  requireSystem(ctx.actor)
  const ids = await awaitedSessions(ctx, civilDate(ctx.clock.now()))
  for (const id of ids) {
    for (let round = 0; round < ROUNDS && (await offerOne(ctx, id)); round++);
  }
  return ok({ sessions: ids.length })
}
