import * as z from 'zod'
import { type Instant, plusMinutes } from '../base/clock.ts'
import { day, timeOfDay } from '../base/fields.ts'
import { settledHours } from '../base/hours.ts'
import { blankIsNull, type Faults } from '../base/input.ts'
import { type CivilDate, civilDate } from '../base/japan/civil.ts'
import { type Ok, type Refused, refused } from '../base/outcome.ts'
import { LIVE } from '../base/vocabulary.ts'
import { inScope } from '../booking/queries.ts'
import { notifyAll } from '../booking/write/notify.ts'
import type { Ctx } from '../context.ts'
import { tellMoved } from '../interest/follow-session.ts'
import { earlyAccessUntil } from '../interest/interest.ts'
import { isChangeable } from '../schedule/acts-for.ts'
import { sessionChange } from '../schedule/change-session.ts'
import { type Beside, BesideShape, besideDetail, clashesWith, NOTHING_BESIDE } from '../schedule/clashes.ts'
import { bookingClosesOn } from '../schedule/closure-queries.ts'
import { programmeOn } from '../schedule/place-queries.ts'
import { ReasonInput, reasonColumns, reasonOf } from '../schedule/reason.ts'
import { type Session, withDay } from '../schedule/session.ts'
import { expectNone } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import type { Write } from '../store/store.ts'
import { longerWrites } from '../waitlist/answer-time.ts'
import { changeSession, type Look } from './change-session.ts'
import { SCOPES } from './queries.ts'
import { shiftedBy, shiftMinutes } from './shift.ts'

/** The new day and start `HH:MM`. Without a start it keeps its time of day; without a day it is postponed. */
const RescheduleInput = ReasonInput.extend({
  date: z.preprocess(blankIsNull, day.nullable()),
  starts: z.preprocess(blankIsNull, timeOfDay.nullable()),
  ...BesideShape,
})
type RescheduleInput = z.output<typeof RescheduleInput>

/**
 * Rescheduled; `again` if it is there already. Refuses `invalid` for a past day or one of another programme's year,
 * with the fault of each field. Also for an end after midnight. Refuses `closed` if it is over or off, `undecided` without
 * hours. Refuses `begun` if the own time of somebody is over, or attendance is recorded. Refuses `changed` after three
 * attempts, `busy` if its adviser or room is taken then.
 */
export type Rescheduled =
  | Ok<{ session: string; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed' | 'undecided' | 'begun' | 'changed' | 'busy'>

type Timed = Session & { starts_at: Instant; ends_at: Instant }

type Move = { kind: 'move'; date: CivilDate; minutes: number }
/** The target of a session: a day and a shift in minutes (negative: earlier), or no known day. */
type Target = { kind: 'postpone' } | Move

function targetOf({ starts_at }: Timed, { date, starts }: RescheduleInput): Target {
  if (date === null) return { kind: 'postpone' }
  return { kind: 'move', date, minutes: shiftMinutes(starts_at, date, starts) }
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

/** Whether a session would still run after midnight. */
const endsNextDay = ({ ends_at }: Timed, { date, minutes }: Move) => civilDate(plusMinutes(ends_at, minutes)) !== date

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
function opensAt(now: Instant, session: Timed, minutes: number, closesAt: (starts_at: Instant) => Instant): Instant {
  if (session.opens_at <= now) return session.opens_at
  const last = session.slots.at(-1)?.starts_at ?? session.starts_at
  return earlyAccessUntil(now, session.opens_at, closesAt(plusMinutes(last, minutes)))
}

/** Offers and requests end when booking closes now, or, if that is past, when their time begins. */
function endingSooner(ctx: Ctx, session: Timed, minutes: number, closesAt: (starts_at: Instant) => Instant): Write[] {
  const places = session.slots.length > 0 ? session.slots : [{ id: null, starts_at: session.starts_at }]
  return places.map(({ id, starts_at }) => {
    const begins = plusMinutes(starts_at, minutes)
    const closes = closesAt(begins)
    const ends = session.acceptance === 'lottery' || closes <= ctx.clock.now() ? begins : closes
    return ctx.store.db
      .updateTable('booking')
      .set({ offer_expires_at: ends })
      .where('session', '=', session.id)
      .where('slot', id === null ? 'is' : '=', id)
      .where('status', 'in', ['offered', 'requested'])
      .where('offer_expires_at', '>', ends)
  })
}

/** A postponed session as it is on its new day, for the new time to answer offers and requests. */
function onNewDay(session: Timed, { date, minutes }: Move, closesAt: (starts_at: Instant) => Instant): Session {
  const begins = plusMinutes(session.starts_at, minutes)
  const slots = session.slots.map((slot) => {
    const starts_at = plusMinutes(slot.starts_at, minutes)
    return { ...slot, starts_at, closes_at: closesAt(starts_at) }
  })
  return {
    ...session,
    former: null,
    date,
    starts_at: begins,
    closes_at: closesAt(slots.at(-1)?.starts_at ?? begins),
    slots,
  }
}

/** The journal acts for the session and for each of its bookings. */
const DONE = { postponed: 'session.postponed', rescheduled: 'session.rescheduled' } as const
const TOLD = { postponed: 'booking.postponed', rescheduled: 'booking.rescheduled' } as const

/** The writes of a change of the session's day, with the letters and journal of all applicants. */
function writes(ctx: Ctx, session: Timed, target: Target, input: RescheduleInput, change: Write[]): Write[] {
  const kind = target.kind === 'postpone' ? ('postponed' as const) : ('rescheduled' as const)
  const minutes = target.kind === 'postpone' ? null : target.minutes
  return [
    ...notifyAll(ctx, session, { of: LIVE, set: {}, kind, act: TOLD[kind], why: reasonOf(input) }),
    ...change,
    note(ctx, DONE[kind], session.id, { from: session.starts_at, minutes, ...besideDetail(input) }),
  ]
}

function postponement(ctx: Ctx, session: Timed, input: RescheduleInput): Write[] {
  return [
    ...tellMoved(ctx, session, null, reasonOf(input)),
    sessionChange(ctx, session, { state: 'postponed', opens_at: session.opens_at, ...reasonColumns(input) }),
  ]
}

async function moveWrites(ctx: Ctx, session: Timed, target: Move, input: RescheduleInput): Promise<Write[]> {
  const { date, minutes } = target
  const closesAt = await bookingClosesOn(ctx, session.id, date)
  const opens_at = opensAt(ctx.clock.now(), session, minutes, closesAt)
  return [
    ...tellMoved(ctx, session, opens_at, reasonOf(input)),
    ...slotWrites(ctx, session, minutes),
    ...endingSooner(ctx, session, minutes, closesAt),
    ...(session.status === 'postponed' ? await longerWrites(ctx, onNewDay(session, target, closesAt)) : []),
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

/** What else its desk and its venue have at its new time. */
export async function clashesOnDay(
  ctx: Ctx,
  session: Session,
  { date, starts }: { date: CivilDate | null; starts: string | null },
): Promise<Beside> {
  const { starts_at, ends_at } = shiftedBy(session, date, starts)
  return date === null ? NOTHING_BESIDE : clashesWith(ctx, session, { date, starts_at, ends_at })
}

/** A query for those who had their time in a session already: a new day would take it from them. */
function served(ctx: Ctx, session: string) {
  const past = inScope(ctx, session, { past: true }).select('id')
  return ctx.store.db
    .selectFrom('booking')
    .select('id')
    .where('session', '=', session)
    .where((eb) => eb.or([eb('status', 'in', ['attended', 'absent']), eb('id', 'in', past)]))
}

/** The writes of the change, `again` if the session is there already, or the refusal. */
async function decide(ctx: Ctx, given: Session, input: RescheduleInput) {
  const session = withDay(given)
  const hours = settledHours(session)
  if (!isChangeable(session)) return refused('closed')
  if (hours === null) return refused('undecided')
  const timed = { ...session, ...hours }
  const target = targetOf(timed, input)
  if (isThere(session, target)) return 'again' as const
  if (target.kind === 'move' && !(await isPossible(ctx, timed, target))) {
    return refused('invalid', { errors: { date: 'choice' as const } })
  }
  if (target.kind === 'move' && endsNextDay(timed, target)) {
    return refused('invalid', { errors: { starts: 'midnight' as const } })
  }
  if (await served(ctx, session.id).executeTakeFirst()) return refused('begun')
  const change =
    target.kind === 'postpone' ? postponement(ctx, timed, input) : await moveWrites(ctx, timed, target, input)
  return [expectNone(ctx, served(ctx, session.id)), ...writes(ctx, timed, target, input, change)]
}

/**
 * Moves a session and its slots to another day or time of day, or postpones it (延期), for a reason. All applicants keep
 * their place or turn, and get one letter in the same commit. So do people who only know its date. While it is postponed
 * no offer or request ends; the new day gives them new time. For the desk of its prefecture. Idempotent. Throws
 * `NotFound`, `Forbidden`.
 */
export async function reschedule(ctx: Ctx, id: string, given: unknown): Promise<Rescheduled> {
  const look: Look<RescheduleInput> = {
    scope: SCOPES.reschedule,
    clashes: clashesOnDay,
    happens: ({ date }) => (date === null ? 'postponed' : 'rescheduled'),
  }
  return changeSession(ctx, id, RescheduleInput, given, look, (session, input) => decide(ctx, session, input))
}
