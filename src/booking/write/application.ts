import type { Instant } from '../../base/clock.ts'
import { newId } from '../../base/id.ts'
import { type Ok, ok, type Refused } from '../../base/outcome.ts'
import { personKey } from '../../base/person.ts'
import { isEntry } from '../../base/seating.ts'
import { noteCapped, withCapCount } from '../../caps/count.ts'
import type { Source } from '../../caps/source.ts'
import type { Ctx } from '../../context.ts'
import { forgetSession } from '../../schedule/remembered.ts'
import type { Session } from '../../schedule/session.ts'
import { expecting } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { queue } from '../../store/outbox.ts'
import { isCommitted } from '../../store/retry.ts'
import type { BookingRow } from '../../store/schema.ts'
import type { Write } from '../../store/store.ts'
import type { Keys } from '../../store/submission.ts'
import type { ExtrasColumns } from '../extras/check.ts'
import { activeBookingOf, bookingByKey } from '../queries.ts'
import { type Applicant, bookingWrites } from './insert.ts'
import { bumpRevision, isOutOfRoom, raisingExcess, withSeatRecount } from './seats.ts'

/** One party's parsed application, how it came in, and the hashes that recognise a repetition. */
export type Application = { input: Applicant; channel: BookingRow['channel']; keys: Keys }

/** The letter and the journal act of a new booking. */
const MADE = {
  booked: { kind: 'booked', act: 'booking.made' },
  requested: { kind: 'requested', act: 'booking.requested' },
  waiting: { kind: 'waiting', act: 'booking.waits' },
  entered: { kind: 'entered', act: 'booking.entered' },
} as const

/** The letter and the journal act of an application that becomes this: in a lottery it waits for the draw. */
export function madeAs(session: Session, status: 'booked' | 'requested' | 'waiting'): (typeof MADE)[keyof typeof MADE] {
  return MADE[isEntry({ status, session }) ? 'entered' : status]
}

/** The result of an application: its place and status, its letter and its journal act. */
export type Placed = Ok<{
  session: Session
  slot: string | null
  status: 'booked' | 'requested' | 'waiting'
  made: (typeof MADE)[keyof typeof MADE]
  /** When an unanswered request lapses; null for the others. */
  offer_expires_at: Instant | null
  /** The desk's memo. */
  note: string
  /** Whether the person agreed to short messages. */
  sms: boolean
  /** What its session asked, as it was read. */
  columns: ExtrasColumns
  /** Why the desk takes more people than there is room for; null if it does not. */
  over: string | null
  /** Whether the person is to be called, since no letter can tell them how it went. */
  call: boolean
}>

/** What the public and the desk decide differently. `R` is a refusal of the act. */
export type Policy<R extends Refused<string>> = {
  /** The sources whose caps it counts for; none for a desk. */
  sources: () => Promise<Source[]>
  /** Reads the session and decides where the party goes, or refuses. */
  place: () => Promise<Placed | R>
  /** The key was used before, for other input. */
  differs: () => R
  /** The person has this other active booking in the session. */
  twice: (other: BookingRow) => Promise<R>
  /** The last place went to somebody else between reading and writing. Returns null to retry. */
  outOfRoom: (placed: Placed) => Promise<R | null>
  /** A source has as much as its cap allows. */
  capped: () => R | null
}

/** Constraints that another commit can break between reading and writing: retry. */
const RETRYABLE = ['still_true', 'booking_once', 'booking_key_once', 'booking_number_once']

/** Whether an application repeats an earlier one: same key and input, same key only, or same person only. */
async function repeatOf(
  ctx: Ctx,
  { input, keys }: Application,
): Promise<{ kind: 'same' | 'twice'; booking: BookingRow } | { kind: 'differs' | 'none' }> {
  const used = await bookingByKey(ctx, keys.idempotency)
  const active = used ? undefined : await activeBookingOf(ctx, input.session, personKey(input))
  // The same button, pressed twice, may have made it between the two reads.
  const made = used ?? (active?.idempotency_hash === keys.idempotency ? active : undefined)
  if (made) return made.input_hash === keys.input ? { kind: 'same', booking: made } : { kind: 'differs' }
  return active ? { kind: 'twice', booking: active } : { kind: 'none' }
}

async function writes(
  ctx: Ctx,
  id: string,
  { input, channel, keys }: Application,
  placed: Placed,
  sources: readonly Source[],
): Promise<Write[]> {
  const { session, slot, status, made, offer_expires_at, over, call } = placed
  const place = { session: session.id, slot }
  const contended = status === 'waiting' || session.waiting > 0 || over !== null
  const detail = { session: session.id, seats: input.seats, format: input.format, channel }
  const sms = placed.sms ? (1 as const) : (0 as const)
  const as = { slot, status, offer_expires_at, note: placed.note, sms, columns: placed.columns }
  const by = call ? ('phone' as const) : ('mail' as const)
  const letter = { kind: made.kind, subject: id, sequence: 0, locale: input.locale, channel: by }
  return withSeatRecount(
    ctx,
    place,
    expecting(ctx, 'session', session),
    ...(contended ? [bumpRevision(ctx, session)] : []),
    ...(over === null ? [] : raisingExcess(ctx, place, input.seats)),
    ...withCapCount(ctx, sources, id, ...(await bookingWrites(ctx, id, session, input, channel, keys, as))),
    ...(input.email === null && !call ? [] : [queue(ctx, letter)]),
    note(ctx, made.act, id, detail),
    ...(over === null ? [] : [note(ctx, 'booking.over', id, { session: session.id, reason: over })]),
  )
}

/**
 * The first attempt, which looks nothing up (`ctx.atOnce`). A place in a session that nobody waits for goes straight to
 * the commit. There the key, the person, the room, the caps and the revision are judged by constraints. Returns the
 * booking. Returns null for all else, and if a constraint broke. Then `application` decides as if nothing had been tried.
 */
export async function applicationAtOnce(
  ctx: Ctx,
  asked: Application,
  { place, sources }: Pick<Policy<Refused<string>>, 'place' | 'sources'>,
): Promise<Ok<{ booking: string; again: boolean }> | null> {
  const placed = await place()
  if (!placed.ok || placed.status !== 'booked' || placed.session.waiting > 0) return null
  const id = newId(ctx.clock.now())
  const done = await ctx.store.commit(...(await writes(ctx, id, asked, placed, await sources())))
  if (done.ok) return ok({ booking: id, again: false })
  forgetSession(ctx, placed.session.id)
  return null
}

/**
 * One attempt: reads, decides, writes. Returns the booking, `again` if this application had made it before. Returns a
 * refusal of the policy, or null if a concurrent commit won. Throws if another constraint broke: a bug.
 */
export async function application<R extends Refused<string>>(
  ctx: Ctx,
  asked: Application,
  policy: Policy<R>,
): Promise<Ok<{ booking: string; again: boolean }> | R | null> {
  const repeat = await repeatOf(ctx, asked)
  if (repeat.kind === 'same') return ok({ booking: repeat.booking.id, again: true })
  if (repeat.kind === 'differs') return policy.differs()
  if (repeat.kind === 'twice') return policy.twice(repeat.booking)
  const placed = await policy.place()
  if (!placed.ok) return placed
  const id = newId(ctx.clock.now())
  const sources = await policy.sources()
  const done = await ctx.store.commit(...(await writes(ctx, id, asked, placed, sources)))
  if (!done.ok && done.broke === 'cap_kept') {
    const refused = { session: placed.session.id, seats: asked.input.seats }
    return (await noteCapped(ctx, sources, refused)) ? policy.capped() : null
  }
  if (isOutOfRoom(done)) return policy.outOfRoom(placed)
  return isCommitted(done, RETRYABLE) ? ok({ booking: id, again: false }) : null
}
