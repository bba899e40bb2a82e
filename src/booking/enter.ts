import * as z from 'zod'
import { requireDesk } from '../base/actor.ts'
import { IdempotencyKey } from '../base/fields.ts'
import { isAsShown, type Shown, shownIn } from '../base/fingerprint.ts'
import { type Faults, faultsOf, line, optional } from '../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { hasSeats } from '../base/seating.ts'
import type { Ctx } from '../context.ts'
import { actsFor } from '../schedule/acts-for.ts'
import { publicSessionById } from '../schedule/queries.ts'
import type { Session, Slot } from '../schedule/session.ts'
import { placeFields } from '../schedule/shown.ts'
import { actorText } from '../store/journal.ts'
import { retryOnConflict } from '../store/retry.ts'
import { keysOf } from '../store/submission.ts'
import { faultsAgainst, faultsIn } from './admit.ts'
import { checkExtras } from './extras/check.ts'
import { BookFields, hasKana, KANA_NEEDED, NoteInput } from './input.ts'
import { application, madeAs, type Placed, type Policy } from './write/application.ts'
import type { Applicant } from './write/insert.ts'

/** A booking as the desk enters it from the telephone, the counter or a letter. It may have no e-mail address. */
const EnterInput = BookFields.omit({ first: true, waitlist: true })
  .extend({
    email: optional(BookFields.shape.email),
    channel: z.enum(['phone', 'counter', 'mail'], 'choice').default('phone'),
    /** What to do without room: refuse, let them wait, or book beyond capacity for the reason `over`. */
    full: z.enum(['refuse', 'wait', 'over'], 'choice').default('refuse'),
    over: optional(line(200)),
    note: NoteInput,
    /** Whether to call a person without an e-mail, who does not know yet how it went. */
    call: z.boolean('choice').default(false),
    /** Whether a person without an e-mail agreed to short messages to their mobile telephone. */
    sms: z.boolean('choice').default(false),
  })
  .refine(hasKana, KANA_NEEDED)
type EnterInput = z.output<typeof EnterInput>

type NotEntered =
  | Refused<'invalid', { errors: Faults }>
  | Refused<'twice', { booking: string }>
  | Refused<'full' | 'closed' | 'changed'>

/**
 * Entered: booked, or waiting; `again` if the same form was sent before. Refuses `invalid` with the fault of each
 * field, or `full`. Refuses `twice` with the person's other booking in the session. Refuses `closed` if the session is
 * over, called off or booked elsewhere. Refuses `changed` if the key came with other input, if the place is not as
 * `shown`, or after three conflicts.
 */
export type Entered = Ok<{ booking: string; again: boolean }> | NotEntered

type Seat = { status: 'booked' | 'waiting'; over: boolean }

/** The place of a party, or null if there is no room and `full` is `refuse`. */
function seatIn(session: Session, slot: Slot | undefined, { seats, full }: EnterInput): Seat | null {
  if (session.acceptance === 'lottery' && session.draw === null) return { status: 'waiting', over: false }
  if (hasSeats((slot ?? session).remaining, seats)) return { status: 'booked', over: false }
  if (full === 'refuse') return null
  return full === 'over' ? { status: 'booked', over: true } : { status: 'waiting', over: false }
}

function faultsFor(session: Session, slot: Slot | undefined, input: EnterInput): Faults {
  const { seats, ...faults } = faultsAgainst(session, slot, applicantOf(input))
  const over = input.full === 'over'
  return {
    ...faults,
    ...(seats && !over && { seats }),
    ...(over && input.over === null && { over: 'required' as const }),
  }
}

/** The same input as from the public's form, without waiting list and early access. */
function applicantOf(input: EnterInput): Applicant {
  const { channel: _, full: __, over: ___, note: ____, call: _____, sms: ______, ...asked } = input
  return { ...asked, waitlist: false, first: null }
}

/** The desk's place: until the session is over, without the public's deadlines; beyond capacity for a reason. */
async function deskPlace(ctx: Ctx, input: EnterInput, shown: Shown): Promise<Placed | NotEntered> {
  const session = await publicSessionById(ctx, input.session)
  if (!session) throw new NotFound('session')
  if (!actsFor(session).has('enter')) return refused('closed')
  const slot = session.slots.find(({ id }) => id === input.slot)
  if (!(await isAsShown(shown, placeFields({ session, slot: slot ?? null })))) return refused('changed')
  const { faults, columns } = await checkExtras(ctx, session, input, 'desk')
  const errors = { ...faultsFor(session, slot, input), ...faults }
  if (Object.keys(errors).length > 0) return refused('invalid', { errors })
  const seat = seatIn(session, slot, input)
  if (!seat) return refused('full')
  return ok({
    session,
    slot: slot?.id ?? null,
    status: seat.status,
    made: madeAs(session, seat.status),
    offer_expires_at: null,
    note: input.note,
    columns,
    over: seat.over ? input.over : null,
    call: input.email === null && input.call,
    sms: input.sms,
  })
}

/** The desk sees the person's other booking; if the room went meanwhile, the act retries. */
function deskPolicy(ctx: Ctx, input: EnterInput, shown: Shown): Policy<NotEntered> {
  return {
    sources: async () => [],
    place: () => deskPlace(ctx, input, shown),
    differs: () => refused('changed'),
    twice: async (other) => refused('twice', { booking: other.id }),
    outOfRoom: async () => null,
    capped: () => null,
  }
}

/** Every fault of an input that could not be parsed, also of what does not fit the session. */
async function unreadable(ctx: Ctx, given: unknown, error: z.ZodError): Promise<Faults> {
  const { full, over } = Object(given) as Record<string, unknown>
  const { seats, ...faults } = await faultsIn(ctx, given, error, 'desk')
  const own = faultsOf(error).seats
  const isOver = full === 'over'
  const silent = isOver && (typeof over !== 'string' || over.trim() === '')
  return {
    ...faults,
    ...(seats && (own || !isOver) && { seats }),
    ...(silent && { over: 'required' as const }),
  }
}

/**
 * The faults of an application that is being entered, all at once and without a place being taken. For the desk of its
 * prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function faultsOfEntry(ctx: Ctx, given: { session: unknown }): Promise<Faults> {
  const session = await publicSessionById(ctx, String(given.session))
  if (!session) throw new NotFound('session')
  requireDesk(ctx.actor, session.prefecture)
  const input = EnterInput.safeParse(given)
  if (!input.success) return unreadable(ctx, given, input.error)
  const slot = session.slots.find(({ id }) => id === input.data.slot)
  const { faults } = await checkExtras(ctx, session, input.data, 'desk')
  return { ...faultsFor(session, slot, input.data), ...faults }
}

/** The parsed input and key, or the fault of each field. */
async function read(
  ctx: Ctx,
  given: unknown,
  key: unknown,
): Promise<Ok<{ input: EnterInput; key: string }> | Refused<'invalid', { errors: Faults }>> {
  const input = EnterInput.safeParse(given)
  const known = IdempotencyKey.safeParse(key)
  if (input.success && known.success) return ok({ input: input.data, key: known.data })
  const errors = input.success ? {} : await unreadable(ctx, given, input.error)
  return refused('invalid', { errors: known.success ? errors : { ...errors, key: 'key' } })
}

/**
 * Enters a booking that came by telephone, at the counter or by letter. The public's deadlines do not apply. Capacity does,
 * unless the desk goes over it deliberately, for a reason that is recorded. Idempotent by `key`, which belongs
 * to the account. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function enter(ctx: Ctx, given: { session: unknown; shown?: Shown }, key: unknown): Promise<Entered> {
  const session = await publicSessionById(ctx, String(given.session))
  if (!session) throw new NotFound('session')
  requireDesk(ctx.actor, session.prefecture)
  const done = await read(ctx, given, key)
  if (!done.ok) return done
  const { input } = done
  const keys = await keysOf(done.key, input, { account: actorText(ctx.actor), act: 'booking.made' })
  const asked = { input: applicantOf(input), channel: input.channel, keys }
  return retryOnConflict(() => application(ctx, asked, deskPolicy(ctx, input, shownIn(given))))
}
