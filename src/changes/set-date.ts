import * as z from 'zod'
import { isTaken } from '../advisers/busy.ts'
import { requireDesk } from '../base/actor.ts'
import type { Instant } from '../base/clock.ts'
import { day, timeOfDay, wholeNumber } from '../base/fields.ts'
import { isAsShown, shownIn } from '../base/fingerprint.ts'
import { type Faults, faultsOf, optional, word } from '../base/input.ts'
import { type CivilDate, civilDate, instantAt } from '../base/japan/civil.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { FORMATS } from '../base/vocabulary.ts'
import { isOutOfRoom } from '../booking/write/seats.ts'
import type { Ctx } from '../context.ts'
import { opensAt } from '../interest/first-right.ts'
import { confirmedInterests, expectSameInterests } from '../interest/queries.ts'
import { actsFor } from '../schedule/acts-for.ts'
import { sessionChange } from '../schedule/change-session.ts'
import {
  type Beside,
  BesideShape,
  besideDetail,
  type Clash,
  clashesWith,
  NOTHING_BESIDE,
  refusalOf,
} from '../schedule/clashes.ts'
import { programmeOn, venueById, venueOn } from '../schedule/place-queries.ts'
import { sessionById } from '../schedule/queries.ts'
import type { Session } from '../schedule/session.ts'
import { note } from '../store/journal.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'
import type { InterestRow, SessionRow } from '../store/schema.ts'
import { changeWrites, lookFields } from './change-session.ts'

const formats = z
  .preprocess((value) => (typeof value === 'string' ? value.split(',') : value), z.array(z.enum(FORMATS, 'choice')))
  .transform((given) => FORMATS.filter((format) => given.includes(format)))

/** The day that a session gets, its hours `HH:MM`, and what else is known. Omitted fields stay unchanged. */
const SettleInput = z
  .object({
    date: optional(day),
    starts: optional(timeOfDay),
    ends: optional(timeOfDay),
    formats: optional(formats),
    venue: optional(word(64)),
    capacity: optional(wholeNumber(1, 99_999, 'number')),
    ...BesideShape,
  })
  .refine(({ starts, ends }) => starts !== null || ends === null, { message: 'required', path: ['starts'] })
  .refine(({ starts, ends }) => ends !== null || starts === null, { message: 'required', path: ['ends'] })
  .refine(({ starts, ends }) => starts === null || ends === null || starts < ends, {
    message: 'choice',
    path: ['ends'],
  })
type SettleInput = z.output<typeof SettleInput>

/**
 * Settled, with how many people are notified first (`told`); `again` if nothing changes. Refuses `invalid` with the
 * fault of each field: a past day, hours without a format, too few seats. Also a date or venue outside its programme or
 * prefecture. Refuses `closed` if it has hours already or is off. Refuses
 * `changed` if it is not as `shown`, or after three attempts.
 */
export type Settled =
  | Ok<{ session: string; told: number; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed' | 'changed' | 'busy'>

/** What a session gets: its date only, or its date and hours. */
type Settling = { date: CivilDate } | { date: CivilDate; starts_at: Instant; ends_at: Instant }
type Hours = Extract<Settling, { starts_at: Instant }>

const hasHours = (settling: Settling): settling is Hours => 'starts_at' in settling

function settlingOf(date: CivilDate, { starts, ends }: SettleInput): Settling {
  if (starts === null || ends === null) return { date }
  return { date, starts_at: instantAt(date, starts), ends_at: instantAt(date, ends) }
}

/** Whether the session is so already. A venue is compared only once the session has its hours. */
function isAs(session: Session, settling: Settling, input: SettleInput): boolean {
  const { formats: held, capacity, venue } = input
  if (session.date !== settling.date) return false
  if (hasHours(settling) && session.starts_at !== settling.starts_at) return false
  if (hasHours(settling) && session.ends_at !== settling.ends_at) return false
  if (held !== null && held.join() !== session.formats.join()) return false
  if (capacity !== null && capacity !== session.capacity) return false
  return venue === null || session.settled === 'time'
}

async function faultsIn(ctx: Ctx, session: Session, settling: Settling, input: SettleInput): Promise<Faults> {
  const faults: Faults = {}
  const now = ctx.clock.now()
  const { date } = settling
  const { formats: given, venue } = input
  const past = hasHours(settling) ? settling.starts_at <= now : date < civilDate(now)
  if (past || (await programmeOn(ctx, date))?.id !== session.programme.id) faults.date = 'choice'
  const held = given ?? session.formats
  if (held.length === 0 && (hasHours(settling) || given !== null)) faults.formats = 'required'
  const place = venue === null ? null : await venueById(ctx, venue)
  const isRetired = place !== null && place?.retired_at !== null && place?.id !== session.venue?.id
  if (place !== null && (place?.prefecture !== session.prefecture || isRetired)) faults.venue = 'choice'
  return faults
}

/** The columns that change, and how many people are notified first: nobody before there are hours. */
async function columns(
  ctx: Ctx,
  session: Session,
  settling: Settling,
  { formats: held, venue, capacity }: SettleInput,
): Promise<{ set: Partial<SessionRow>; told: number }> {
  const set = {
    ...settling,
    ...(held !== null && { formats: held.join(',') }),
    ...(venue !== null && { venue }),
    ...(capacity !== null && { capacity }),
  }
  if (!hasHours(settling)) return { set, told: 0 }
  const told = (await confirmedInterests(ctx, session.id)).length
  return { set: { ...set, opens_at: await opensAt(ctx, session.id, settling, told > 0) }, told }
}

const occasionOf = (settling: Settling) =>
  hasHours(settling) ? settling : { date: settling.date, starts_at: null, ends_at: null }

/** What a page shows before a session is settled: whom it tells, and what else is on that day. Null if not readable. */
export async function lookAtDate(
  ctx: Ctx,
  session: Session,
  given: unknown,
): Promise<Beside & { interested: Pick<InterestRow, 'id'>[]; settled: Session; errors: Faults }> {
  const parsed = SettleInput.safeParse(given)
  const none = { interested: [], ...NOTHING_BESIDE, settled: session }
  if (!parsed.success) return { ...none, errors: faultsOf(parsed.error) }
  const input = parsed.data
  const date = input.date ?? session.date
  if (date === null) return { ...none, errors: { date: 'required' } }
  const settling = settlingOf(date, input)
  const errors = await faultsIn(ctx, session, settling, input)
  const venue = input.venue === null ? session.venue : await venueOn(ctx, input.venue)
  const capacity = input.capacity ?? session.capacity
  const settled = { ...session, ...settling, formats: input.formats ?? session.formats, venue, capacity }
  const beside = await clashesWith(ctx, settled, occasionOf(settling))
  if (!hasHours(settling)) return { interested: [], ...beside, settled, errors }
  const interested = await confirmedInterests(ctx, session.id)
  const opens_at = await opensAt(ctx, session.id, settling, interested.length > 0)
  return { interested, ...beside, settled: { ...settled, opens_at }, errors }
}

/** What its page showed of a session to be settled. */
export function settleFields(
  session: Session,
  interested: readonly Pick<InterestRow, 'id'>[],
  clashes: Clash[],
  given: unknown,
) {
  return [...lookFields(session, [], clashes, given), interested.map(({ id }) => id).toSorted()]
}

/** One attempt. Returns null if a concurrent commit won. */
async function attempt(ctx: Ctx, session: Session, input: SettleInput, given: unknown): Promise<Settled | null> {
  const { id } = session
  const date = input.date ?? session.date
  if (date === null) return refused('invalid', { errors: { date: 'required' as const } })
  const settling = settlingOf(date, input)
  if (isAs(session, settling, input)) return ok({ session: id, told: 0, again: true })
  if (!actsFor(session).has('settle')) return refused('closed')
  const errors = await faultsIn(ctx, session, settling, input)
  if (Object.keys(errors).length > 0) return refused('invalid', { errors })
  const { set, told } = await columns(ctx, session, settling, input)
  const { interested, clashes, expectNoOther } = await lookAtDate(ctx, session, given)
  const unreasoned = refusalOf(given, clashes)
  if (unreasoned) return unreasoned
  const shown = shownIn(given)
  if (!(await isAsShown(shown, settleFields(session, interested, clashes, given)))) return refused('changed')
  const done = await ctx.store.commit(
    ...expectNoOther,
    ...changeWrites(
      ctx,
      session,
      ...(shown === undefined || !hasHours(settling) ? [] : [expectSameInterests(ctx, id, interested)]),
      sessionChange(ctx, session, set),
      note(ctx, hasHours(settling) ? 'session.settled' : 'session.dated', id, {
        interested: told,
        ...besideDetail(input),
      }),
    ),
  )
  if (isOutOfRoom(done)) return refused('invalid', { errors: { capacity: 'seats' as const } })
  if (isTaken(done)) return refused('busy')
  return isCommitted(done) ? ok({ session: id, told, again: false }) : null
}

/**
 * Gives a session its date, or its date and hours with formats, venue and capacity, in one step. With hours,
 * `notifySettled` notifies everybody who confirmed interest, and they book first. Booking opens to everybody
 * FIRST_RIGHT_HOURS later, but never later than the midpoint to its end. It opens at once if nobody had asked. For the
 * desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function setDate(ctx: Ctx, id: string, given: unknown): Promise<Settled> {
  return retryOnConflict(async () => {
    const session = await sessionById(ctx, id)
    if (!session) throw new NotFound('session')
    requireDesk(ctx.actor, session.prefecture)
    const parsed = SettleInput.safeParse(given)
    if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
    return attempt(ctx, session, parsed.data, given)
  })
}
