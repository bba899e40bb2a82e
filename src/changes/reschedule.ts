import * as z from 'zod'
import { requireDesk } from '../base/actor.ts'
import { type Instant, plusMinutes } from '../base/clock.ts'
import { blankIsNull, type Faults, faultsOf } from '../base/input.ts'
import { type CivilDate, civilTime, instantAt, isCivilDate, isTimeOfDay } from '../base/japan/civil.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { LIVE } from '../base/vocabulary.ts'
import { notifyAll } from '../booking/write/notify.ts'
import { placesOf, withSeatRecount } from '../booking/write/seats.ts'
import type { Ctx } from '../context.ts'
import { earlyAccessUntil } from '../interest/interest.ts'
import { isChangeable } from '../schedule/acts-for.ts'
import { sessionChange } from '../schedule/change-session.ts'
import { bookingClosesOn } from '../schedule/closure-queries.ts'
import { programmeOn } from '../schedule/place-queries.ts'
import { sessionById } from '../schedule/queries.ts'
import { ReasonInput, reasonColumns } from '../schedule/reason.ts'
import type { Session } from '../schedule/session.ts'
import { expecting } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'
import type { Write } from '../store/store.ts'

/** The new day and start `HH:MM`. Without a start it keeps its time of day; without a day it is postponed. */
const RescheduleInput = ReasonInput.extend({
  date: z.preprocess(blankIsNull, z.string().refine(isCivilDate, 'choice').nullable()),
  starts: z.preprocess(blankIsNull, z.string().refine(isTimeOfDay, 'choice').nullable()),
})
type RescheduleInput = z.output<typeof RescheduleInput>

/**
 * Rescheduled; `again` if it is there already. Refuses `invalid` for a past day or one of another programme's year,
 * with the fault of each field. Refuses `closed` if it is over or off, `undecided` without hours, `changed` after three
 * attempts.
 */
export type Rescheduled =
  | Ok<{ session: string; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed' | 'undecided' | 'changed'>

type Timed = Session & { starts_at: Instant; ends_at: Instant }

type Move = { kind: 'move'; date: CivilDate; minutes: number }
/** The target of a session: a day and a shift in minutes (negative: earlier), or no known day. */
type Target = { kind: 'postpone' } | Move

function targetOf({ starts_at }: Timed, { date, starts }: RescheduleInput): Target {
  if (date === null) return { kind: 'postpone' }
  const to = instantAt(date, starts ?? civilTime(starts_at))
  return { kind: 'move', date, minutes: (Date.parse(to) - Date.parse(starts_at)) / 60_000 }
}

/** Whether the session already has this target. A postponed session has no day. */
function isThere({ status }: Session, target: Target): boolean {
  if (target.kind === 'postpone') return status === 'postponed'
  return target.minutes === 0 && status !== 'postponed'
}

/** Whether a session may be held there: not in the past, and in the year of its own programme. */
async function isPossible(ctx: Ctx, session: Timed, { date, minutes }: Move): Promise<boolean> {
  if (plusMinutes(session.starts_at, minutes) <= ctx.clock.now()) return false
  return (await programmeOn(ctx, date))?.id === session.programme.id
}

/** The writes that shift the slots by `minutes`, farthest first, so that no slot collides with another's hours. */
function slotWrites(ctx: Ctx, { slots }: Session, minutes: number): Write[] {
  if (minutes === 0) return []
  const farthestFirst = minutes > 0 ? slots.toReversed() : slots
  return farthestFirst.map(({ id, starts_at, ends_at }) =>
    ctx.store.db
      .updateTable('slot')
      .set({ starts_at: plusMinutes(starts_at, minutes), ends_at: plusMinutes(ends_at, minutes) })
      .where('id', '=', id),
  )
}

/** When booking opens to everybody. If booking closes sooner now, early access ends sooner too. */
async function opensAt(ctx: Ctx, session: Timed, { date, minutes }: Move): Promise<Instant> {
  const now = ctx.clock.now()
  if (session.opens_at <= now) return session.opens_at
  const last = session.slots.at(-1)?.starts_at ?? session.starts_at
  const start = { date, starts_at: plusMinutes(last, minutes) }
  return earlyAccessUntil(now, session.opens_at, await bookingClosesOn(ctx, session.id, start))
}

/** Offers and requests end when booking closes now, or, if that is past, when their time begins. */
async function endingSooner(ctx: Ctx, session: Timed, { date, minutes }: Move): Promise<Write[]> {
  const places = session.slots.length > 0 ? session.slots : [{ id: null, starts_at: session.starts_at }]
  return Promise.all(
    places.map(async ({ id, starts_at }) => {
      const begins = plusMinutes(starts_at, minutes)
      const closes = await bookingClosesOn(ctx, session.id, { date, starts_at: begins })
      const ends = session.acceptance === 'lottery' || closes <= ctx.clock.now() ? begins : closes
      return ctx.store.db
        .updateTable('booking')
        .set({ offer_expires_at: ends })
        .where('session', '=', session.id)
        .where('slot', id === null ? 'is' : '=', id)
        .where('status', 'in', ['offered', 'requested'])
        .where('offer_expires_at', '>', ends)
    }),
  )
}

/** The journal acts for the session and for each of its bookings. */
const DONE = { postponed: 'session.postponed', rescheduled: 'session.rescheduled' } as const
const TOLD = { postponed: 'booking.postponed', rescheduled: 'booking.rescheduled' } as const

/** The writes around a change of the session's day: lock, letters and journal of all applicants. */
function writes(ctx: Ctx, session: Timed, target: Target, change: Write[]): Write[] {
  const kind = target.kind === 'postpone' ? ('postponed' as const) : ('rescheduled' as const)
  const minutes = target.kind === 'postpone' ? null : target.minutes
  return withSeatRecount(
    ctx,
    placesOf(session),
    expecting(ctx, 'session', session),
    ...notifyAll(ctx, session, { of: LIVE, set: {}, kind, act: TOLD[kind] }),
    ...change,
    note(ctx, DONE[kind], session.id, { from: session.starts_at, minutes }),
  )
}

function postponement(ctx: Ctx, session: Timed, input: RescheduleInput): Write[] {
  return [sessionChange(ctx, session, { state: 'postponed', opens_at: session.opens_at, ...reasonColumns(input) })]
}

async function moveWrites(ctx: Ctx, session: Timed, target: Move, input: RescheduleInput): Promise<Write[]> {
  const { date, minutes } = target
  const opens_at = await opensAt(ctx, session, target)
  return [
    ...slotWrites(ctx, session, minutes),
    ...(await endingSooner(ctx, session, target)),
    sessionChange(ctx, session, {
      state: 'published',
      date,
      starts_at: plusMinutes(session.starts_at, minutes),
      ends_at: plusMinutes(session.ends_at, minutes),
      opens_at,
      ...reasonColumns(input),
    }),
  ]
}

/** One attempt. Returns null if a concurrent commit won. */
async function attempt(ctx: Ctx, session: Session, input: RescheduleInput): Promise<Rescheduled | null> {
  const { id, starts_at, ends_at } = session
  if (!isChangeable(session)) return refused('closed')
  if (starts_at === null || ends_at === null) return refused('undecided')
  const timed = { ...session, starts_at, ends_at }
  const target = targetOf(timed, input)
  if (isThere(session, target)) return ok({ session: id, again: true })
  if (target.kind === 'move' && !(await isPossible(ctx, timed, target))) {
    return refused('invalid', { errors: { date: 'choice' as const } })
  }
  const change =
    target.kind === 'postpone' ? postponement(ctx, timed, input) : await moveWrites(ctx, timed, target, input)
  const done = await ctx.store.commit(...writes(ctx, timed, target, change))
  return isCommitted(done) ? ok({ session: id, again: false }) : null
}

/**
 * Moves a session and its slots to another day or time of day, or postpones it (延期), for a reason. All applicants keep
 * their place or turn, and get one letter in the same commit. For the desk of its prefecture. Idempotent. Throws
 * `NotFound`, `Forbidden`.
 */
export async function reschedule(ctx: Ctx, id: string, given: unknown): Promise<Rescheduled> {
  return retryOnConflict(async () => {
    const session = await sessionById(ctx, id)
    if (!session) throw new NotFound('session')
    requireDesk(ctx.actor, session.prefecture)
    const parsed = RescheduleInput.safeParse(given)
    if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
    return attempt(ctx, session, parsed.data)
  })
}
