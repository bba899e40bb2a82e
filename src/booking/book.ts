import { newId } from '../base/id.ts'
import { type Ok, ok, refused } from '../base/outcome.ts'
import { personKey } from '../base/person.ts'
import { sha256 } from '../base/token.ts'
import type { Ctx } from '../context.ts'
import { answerEnds } from '../schedule/business-day.ts'
import { closedDays } from '../schedule/closure-queries.ts'
import { nearestOpen } from '../schedule/queries.ts'
import { note } from '../store/journal.ts'
import { queue } from '../store/outbox.ts'
import type { BookingRow } from '../store/schema.ts'
import { admit, faultsIn, type NotAdmitted } from './admit.ts'
import { BookInput, IdempotencyKey } from './input.ts'
import { linkLetter } from './link.ts'
import { activeBookingOf, bookingByKey } from './queries.ts'
import { bookingWrites, type Keys } from './write/insert.ts'
import { bumpRevision, expecting, isOutOfRoom, withSeatRecount } from './write/seats.ts'

/** How an application came in, and under which key a repetition is recognised. */
export type Door = { channel: BookingRow['channel']; key: unknown }

/**
 * Booked: the booking's id; `again` where the same key and input had booked it before. Refused as by `admit`, or `twice`,
 * or `changed` where the session changed three times meanwhile.
 */
export type Booked = Ok<{ booking: string; again: boolean }> | NotAdmitted

/** The letter and the line of what came of an application. */
const MADE = {
  booked: { kind: 'booked', act: 'booking.made' },
  requested: { kind: 'requested', act: 'booking.requested' },
  waiting: { kind: 'waiting', act: 'booking.waits' },
} as const
const ENTERED = { kind: 'entered', act: 'booking.entered' } as const

/** What somebody else's commit may have changed since it was read: look and decide afresh. */
const RETRYABLE = ['still_true', 'booking_once', 'booking_key_once', 'booking_number_once']

/** Looks, decides and writes once; null where somebody else's commit came between. */
async function attempt(ctx: Ctx, input: BookInput, channel: Door['channel'], keys: Keys): Promise<Booked | null> {
  const used = await bookingByKey(ctx, keys.idempotency)
  const other = used ? undefined : await activeBookingOf(ctx, input.session, personKey(input))
  // It may have been made between the two readings, by the same button pressed twice.
  const made = used ?? (other?.idempotency_hash === keys.idempotency ? other : undefined)
  if (made && made.input_hash !== keys.input) return refused('invalid', { errors: { key: 'key' as const } })
  if (made) return ok({ booking: made.id, again: true })
  if (other) {
    if (other.email !== null) await ctx.store.commit(linkLetter(ctx, other))
    return refused('twice', { nearest: [] })
  }
  const admitted = await admit(ctx, input)
  if (!admitted.ok) return admitted
  const { session, slot, status } = admitted
  const place = { session: session.id, slot: slot?.id ?? null }
  const limit = (slot ?? session).closes_at
  const offer_expires_at =
    status === 'requested'
      ? answerEnds(ctx.config.approvalDays, ctx.clock.now(), limit, await closedDays(ctx, session.prefecture))
      : null
  const { kind, act } = status === 'waiting' && session.acceptance === 'lottery' ? ENTERED : MADE[status]

  const id = newId(ctx.clock.now())
  const done = await ctx.store.commit(
    ...withSeatRecount(
      ctx,
      place,
      expecting(ctx, 'session', session),
      ...(status === 'waiting' || session.waiting > 0 ? [bumpRevision(ctx, session)] : []),
      ...(await bookingWrites(ctx, id, session, input, channel, keys, { slot: place.slot, status, offer_expires_at })),
      queue(ctx, { kind, subject: id, sequence: 0, locale: input.locale }),
      note(ctx, act, id, { session: session.id, seats: input.seats, format: input.format, channel }),
    ),
  )
  if (done.ok) return ok({ booking: id, again: false })
  if (isOutOfRoom(done)) {
    if (input.waitlist) return null
    return refused('full', { nearest: await nearestOpen(ctx, session, input.seats) })
  }
  if (!RETRYABLE.includes(done.broke)) throw new Error(`booking broke ${done.broke}`)
  return null
}

/**
 * Seats one party in a session, or with `waitlist` lets it wait, or says why not. Open to everybody. The key is looked up
 * before any other rule, so a repetition finds its booking however the session stands by then, and once more before a
 * refusal; only a booking that was made uses the key up.
 */
export async function book(ctx: Ctx, given: unknown, door: Door): Promise<Booked> {
  const parsed = BookInput.safeParse(given)
  const key = IdempotencyKey.safeParse(door.key)
  if (!parsed.success || !key.success) {
    const errors = {
      ...(parsed.success ? {} : await faultsIn(ctx, given, parsed.error)),
      ...(key.success ? {} : { key: 'key' as const }),
    }
    return refused('invalid', { errors })
  }
  const input = parsed.data
  const keys = { idempotency: await sha256(key.data), input: await sha256(JSON.stringify(input)) }

  for (let tries = 0; tries < 3; tries++) {
    const done = await attempt(ctx, input, door.channel, keys)
    if (!done) continue
    // What refuses it may be this very submission, sent twice at once and seated by the other.
    if (done.ok || done.why === 'invalid' || !(await bookingByKey(ctx, keys.idempotency))) return done
  }
  return refused('changed', { nearest: [] })
}
