import { z } from 'zod'
import { requireDesk } from '../base/actor.ts'
import { type Instant, plusMinutes } from '../base/clock.ts'
import { wholeNumber } from '../base/fields.ts'
import { type Faults, faultsOf, line, optional } from '../base/input.ts'
import { type CivilDate, civilDate, instantAt, isCivilDate } from '../base/japan/civil.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { FORMATS } from '../base/vocabulary.ts'
import { isOutOfRoom, placesOf, withSeatRecount } from '../booking/write/seats.ts'
import type { Ctx } from '../context.ts'
import { earlyAccessUntil } from '../interest/interest.ts'
import { confirmedInterests } from '../interest/queries.ts'
import { sessionChange } from '../schedule/change-session.ts'
import { bookingClosesOn } from '../schedule/closure-queries.ts'
import { programmeOn, venueById } from '../schedule/place-queries.ts'
import { sessionById } from '../schedule/queries.ts'
import type { Session } from '../schedule/session.ts'
import { expecting } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'
import type { SessionRow } from '../store/schema.ts'

const time = optional(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'choice'))
const formats = z
  .preprocess((value) => (typeof value === 'string' ? value.split(',') : value), z.array(z.enum(FORMATS, 'choice')))
  .transform((given) => FORMATS.filter((format) => given.includes(format)))

/**
 * The day that a session gets, its hours `HH:MM` where they are known too, and whatever else is settled with them; what is
 * left out stays as it is.
 */
const SettleInput = z
  .object({
    date: optional(z.string().refine(isCivilDate, 'choice')),
    starts: time,
    ends: time,
    formats: optional(formats),
    venue: optional(line(64)),
    capacity: optional(wholeNumber(1, 99_999, 'number')),
  })
  .refine(({ starts, ends }) => starts !== null || ends === null, { message: 'required', path: ['starts'] })
  .refine(({ starts, ends }) => ends !== null || starts === null, { message: 'required', path: ['ends'] })
  .refine(({ starts, ends }) => starts === null || ends === null || starts < ends, {
    message: 'choice',
    path: ['ends'],
  })
type SettleInput = z.output<typeof SettleInput>

/**
 * Settled, with how many are told first (`again`: it was then already), or refused: faulty fields (a past day, or one of
 * another programme's year; hours where it is held in no way yet; a venue of another prefecture; no room for who is in it),
 * it has hours already or is off, or it changed three times meanwhile.
 */
export type Settled =
  | Ok<{ session: string; told: number; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed' | 'changed'>

type Hours = { starts_at: Instant; ends_at: Instant }

function hoursOn(date: CivilDate, { starts, ends }: SettleInput): Hours | null {
  return starts === null || ends === null
    ? null
    : { starts_at: instantAt(date, starts), ends_at: instantAt(date, ends) }
}

/** Whether the session is as asked for already; of its venue only one with hours is taken at its word. */
function isAs(session: Session, date: CivilDate, hours: Hours | null, input: SettleInput): boolean {
  const timed = hours === null || (session.starts_at === hours.starts_at && session.ends_at === hours.ends_at)
  const held = input.formats === null || input.formats.join() === session.formats.join()
  const seats = input.capacity === null || input.capacity === session.capacity
  const placed = input.venue === null || session.settled === 'time'
  return session.date === date && timed && held && seats && placed
}

async function faultsIn(ctx: Ctx, session: Session, date: CivilDate, input: SettleInput): Promise<Faults> {
  const faults: Faults = {}
  const now = ctx.clock.now()
  const hours = hoursOn(date, input)
  const past = hours === null ? date < civilDate(now) : hours.starts_at <= now
  if (past || (await programmeOn(ctx, date))?.id !== session.programme.id) faults.date = 'choice'
  const held = input.formats ?? session.formats
  if (held.length === 0 && (hours !== null || input.formats !== null)) faults.formats = 'required'
  const { venue } = input
  if (venue !== null && (await venueById(ctx, venue))?.prefecture !== session.prefecture) faults.venue = 'choice'
  return faults
}

/** When booking opens to everybody: at once where nobody books first. */
async function opensAt(
  ctx: Ctx,
  id: string,
  start: { date: CivilDate; starts_at: Instant },
  awaited: boolean,
): Promise<Instant> {
  const now = ctx.clock.now()
  if (!awaited) return now
  return earlyAccessUntil(now, plusMinutes(now, ctx.config.firstRightHours * 60), await bookingClosesOn(ctx, id, start))
}

/** The columns that are settled, and how many are told of it first. */
async function settling(
  ctx: Ctx,
  session: Session,
  date: CivilDate,
  input: SettleInput,
): Promise<{ set: Partial<SessionRow>; told: number }> {
  const { formats: held, venue, capacity } = input
  const others = {
    ...(held !== null && { formats: held.join(',') }),
    ...(venue !== null && { venue }),
    ...(capacity !== null && { capacity }),
  }
  const hours = hoursOn(date, input)
  if (hours === null) return { set: { date, ...others }, told: 0 }
  const told = (await confirmedInterests(ctx, session.id)).length
  const opens_at = await opensAt(ctx, session.id, { date, ...hours }, told > 0)
  return { set: { date, ...hours, opens_at, ...others }, told }
}

/**
 * Gives a session its date, or its date and hours with the formats, venue and capacity that come with them, in one step.
 * Once it has hours it is one like any other: who asked to be told and confirmed it is told by `tellSettled`, and books
 * first. For everybody else booking opens FIRST_RIGHT_HOURS later, half way to the end of booking where that is sooner, at
 * once where nobody had asked. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function setDate(ctx: Ctx, id: string, given: unknown): Promise<Settled> {
  return retryOnConflict(async () => {
    const session = await sessionById(ctx, id)
    if (!session) throw new NotFound('session')
    requireDesk(ctx.actor, session.prefecture)
    const parsed = SettleInput.safeParse(given)
    if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
    const input = parsed.data
    const date = input.date ?? session.date
    if (date === null) return refused('invalid', { errors: { date: 'required' as const } })
    const hours = hoursOn(date, input)
    if (isAs(session, date, hours, input)) return ok({ session: id, told: 0, again: true })
    if (session.status !== 'undecided') return refused('closed')
    const errors = await faultsIn(ctx, session, date, input)
    if (Object.keys(errors).length > 0) return refused('invalid', { errors })
    const { set, told } = await settling(ctx, session, date, input)
    const done = await ctx.store.commit(
      ...withSeatRecount(
        ctx,
        placesOf(session),
        expecting(ctx, 'session', session),
        sessionChange(ctx, session, set),
        note(ctx, hours === null ? 'session.dated' : 'session.settled', id, { interested: told }),
      ),
    )
    if (isOutOfRoom(done)) return refused('invalid', { errors: { capacity: 'seats' as const } })
    return isCommitted(done) ? ok({ session: id, told, again: false }) : null
  })
}
