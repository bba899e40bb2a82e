import { z } from 'zod'
import { type Instant, plusMinutes } from '../base/clock.ts'
import { blankIsNull, type Faults } from '../base/input.ts'
import { civilTime, instantAt, isCivilDate } from '../base/japan/civil.ts'
import { type Ok, type Refused, refused } from '../base/outcome.ts'
import { LIVE } from '../base/vocabulary.ts'
import { notifyAll } from '../booking/write/notify.ts'
import type { Ctx } from '../context.ts'
import { earlyAccessUntil } from '../interest/interest.ts'
import { sessionChange } from '../schedule/change-session.ts'
import { bookingClosesOn } from '../schedule/closure-queries.ts'
import { programmeOn } from '../schedule/place-queries.ts'
import { ReasonInput, reasonColumns } from '../schedule/reason.ts'
import type { Session } from '../schedule/session.ts'
import { note } from '../store/journal.ts'
import type { Write } from '../store/store.ts'
import { changeSession, isOver } from './change-session.ts'

/** The new day and start `HH:MM`, without which it keeps its time of day; without a day it is postponed to one not known yet. */
const RescheduleInput = ReasonInput.extend({
  date: z.preprocess(blankIsNull, z.string().refine(isCivilDate, 'choice').nullable()),
  starts: z.preprocess(
    blankIsNull,
    z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'choice')
      .nullable(),
  ),
})
type RescheduleInput = z.output<typeof RescheduleInput>

/**
 * Rescheduled (`again`: it is then already), or refused: faulty fields (a past day, or one of another programme's year),
 * it is over or called off, its hours are not settled yet, or it changed three times meanwhile.
 */
export type Rescheduled =
  | Ok<{ session: string; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed' | 'undecided' | 'changed'>

/** How many minutes a session with hours is put off; null where it is postponed to a day not known yet. */
function shiftOf(
  session: Session & { starts_at: string },
  { date, starts }: Pick<RescheduleInput, 'date' | 'starts'>,
): number | null {
  if (date === null) return null
  const to = instantAt(date, starts ?? civilTime(session.starts_at))
  return (Date.parse(to) - Date.parse(session.starts_at)) / 60_000
}

/** The slots moved by so many minutes, from the far end on, so that none comes upon the hours of another. */
function shifted(ctx: Ctx, { slots }: Session, minutes: number): Write[] {
  const inOrder = minutes > 0 ? slots.toReversed() : slots
  return inOrder.map(({ id, starts_at, ends_at }) =>
    ctx.store.db
      .updateTable('slot')
      .set({ starts_at: plusMinutes(starts_at, minutes), ends_at: plusMinutes(ends_at, minutes) })
      .where('id', '=', id),
  )
}

type Timed = Session & { starts_at: Instant; ends_at: Instant }

/** When booking opens to everybody: who books first must not do so until it closes, where that is sooner now. */
async function opensAt(ctx: Ctx, session: Timed, { date, starts }: RescheduleInput): Promise<Instant> {
  const now = ctx.clock.now()
  const minutes = shiftOf(session, { date, starts })
  if (minutes === null || date === null || session.opens_at <= now) return session.opens_at
  const last = session.slots.at(-1)?.starts_at ?? session.starts_at
  return earlyAccessUntil(
    now,
    session.opens_at,
    await bookingClosesOn(ctx, session.id, { date, starts_at: plusMinutes(last, minutes) }),
  )
}

/** Offers and requests end when booking closes now, or where that is past already, when their time begins. */
async function endingSooner(ctx: Ctx, session: Timed, { date, starts }: RescheduleInput): Promise<Write[]> {
  const minutes = shiftOf(session, { date, starts })
  if (minutes === null || date === null) return []
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

function writes(ctx: Ctx, session: Timed, input: RescheduleInput, opens_at: Instant, sooner: Write[]): Write[] {
  const minutes = shiftOf(session, input)
  const [kind, act] =
    minutes === null ? (['postponed', 'session.postponed'] as const) : (['rescheduled', 'session.rescheduled'] as const)
  const set =
    minutes === null || input.date === null
      ? { state: 'postponed' as const }
      : {
          state: 'published' as const,
          date: input.date,
          starts_at: plusMinutes(session.starts_at, minutes),
          ends_at: plusMinutes(session.ends_at, minutes),
        }
  return [
    ...notifyAll(ctx, session, { of: LIVE, set: {}, kind, act: `booking.${kind}` }),
    ...(minutes ? shifted(ctx, session, minutes) : []),
    ...sooner,
    sessionChange(ctx, session, { ...set, opens_at, ...reasonColumns(input) }),
    note(ctx, act, session.id, { from: session.starts_at, minutes }),
  ]
}

/**
 * Puts a session on another day or time of day, its slots with it, or postpones it (延期), for a reason. Who has applied
 * keeps their place or turn, and each is told once in the same commit. For the desk of its prefecture. A second time is
 * harmless. Throws `NotFound`, `Forbidden`.
 */
export async function reschedule(ctx: Ctx, id: string, given: unknown): Promise<Rescheduled> {
  return changeSession(ctx, id, RescheduleInput, given, async (session, input) => {
    if (isOver(session)) return refused('closed')
    const { starts_at, ends_at } = session
    if (starts_at === null || ends_at === null) return refused('undecided')
    const timed = { ...session, starts_at, ends_at }
    const { date } = input
    const minutes = shiftOf(timed, input)
    const again = minutes === null ? session.status === 'postponed' : minutes === 0 && session.status !== 'postponed'
    if (again) return 'again'
    const past = minutes !== null && plusMinutes(starts_at, minutes) <= ctx.clock.now()
    if (past || (date !== null && (await programmeOn(ctx, date))?.id !== session.programme.id)) {
      return refused('invalid', { errors: { date: 'choice' as const } })
    }
    const opens = await opensAt(ctx, timed, input)
    return writes(ctx, timed, input, opens, await endingSooner(ctx, timed, input))
  })
}
