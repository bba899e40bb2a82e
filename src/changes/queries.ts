import { chunks } from '../base/chunks.ts'
import type { Instant } from '../base/clock.ts'
import type { ShownFields } from '../base/fingerprint.ts'
import { type CivilDate, civilDate } from '../base/japan/civil.ts'
import { UNDELIVERED } from '../base/letters.ts'
import { IN_PERSON } from '../base/vocabulary.ts'
import { inScope, type Scope, type SessionIds } from '../booking/queries.ts'
import type { Ctx } from '../context.ts'
import type { Session } from '../schedule/session.ts'
import { DAY_COLUMNS, unlessPostponed } from '../schedule/status-filter.ts'
import type { DetailOf } from '../store/acts.ts'
import { expectSame } from '../store/expectation.ts'
import { withinReach } from '../store/reach.ts'
import type { BookingRow, OutboxRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'

/**
 * One row of the call list: the reason of the call, and how to reach the person. `attempts` counts calls that nobody
 * answered, the last of them at `updated_at`.
 */
export type Call = Pick<BookingRow, 'number' | 'company' | 'name' | 'name_kana' | 'phone' | 'session' | 'status'> &
  Pick<OutboxRow, 'id' | 'kind' | 'attempts' | 'created_at' | 'updated_at'> & {
    booking: string
    prefecture: string
    date: CivilDate | null
    /** Its former day if it is postponed; `date` is null then. */
    postponed_from: CivilDate | null
    title_ja: string
    /** Whether a letter was sent first, and refused by their mail server. */
    undelivered: boolean
    /** Whether the time of the booking has ended since the call was due, so that it tells nothing any more. */
    over: boolean
  }

/**
 * People without e-mail, or whose mail server refused the letter, who were not called yet about what happened. The oldest
 * first. Only of the prefectures that the actor may read. One query.
 */
export async function callList(ctx: Ctx): Promise<Call[]> {
  const found = await ctx.store.db
    .selectFrom('outbox')
    .innerJoin('booking', 'booking.id', 'outbox.subject')
    .innerJoin('session', 'session.id', 'booking.session')
    .leftJoin('slot', 'slot.id', 'booking.slot')
    .select(['outbox.id', 'outbox.kind', 'outbox.attempts', 'outbox.created_at', 'outbox.updated_at'])
    .select(['session.prefecture', 'session.title_ja', ...DAY_COLUMNS])
    .select(['booking.number', 'booking.company', 'booking.name', 'booking.name_kana', 'booking.phone'])
    .select(['booking.session', 'booking.status', 'booking.id as booking', 'outbox.dedupe_key'])
    .select((eb) => unlessPostponed(eb.fn.coalesce('slot.ends_at', 'session.ends_at')).as('ends_at'))
    .where('outbox.about', '=', 'booking')
    .where('outbox.channel', '=', 'phone')
    .where('outbox.state', '=', 'waiting')
    .where(withinReach(ctx, 'session.prefecture'))
    .orderBy('outbox.due_at')
    .orderBy('outbox.id')
    .execute()
  const now = ctx.clock.now()
  return found.map(({ dedupe_key, ends_at, ...call }) => {
    const { date, created_at } = call
    const over =
      ends_at === null
        ? date !== null && date < civilDate(now) && date >= civilDate(created_at)
        : ends_at <= now && created_at < ends_at
    return { ...call, undelivered: dedupe_key.startsWith(UNDELIVERED), over }
  })
}

/** A row of the call list, done or not, for the acts about it. Also if it became a short message. */
export async function callById(
  ctx: Ctx,
  id: string,
): Promise<(Pick<OutboxRow, 'kind'> & { booking: string; prefecture: string }) | undefined> {
  return ctx.store.db
    .selectFrom('outbox')
    .innerJoin('booking', 'booking.id', 'outbox.subject')
    .innerJoin('session', 'session.id', 'booking.session')
    .select(['outbox.kind', 'booking.id as booking', 'session.prefecture'])
    .where('outbox.id', '=', id)
    .where('outbox.about', '=', 'booking')
    .where('outbox.channel', 'in', ['phone', 'sms'])
    .executeTakeFirst()
}

/** A person whom a change of their session concerns. */
export type Concerned = Pick<
  BookingRow,
  'id' | 'number' | 'session' | 'status' | 'seats' | 'email' | 'company' | 'name' | 'phone' | 'locale' | 'revision'
> &
  Partial<Pick<BookingRow, 'status_before'>>

/** Whom each act on a session notifies. */
export const SCOPES = {
  'call-off': {},
  'hold-again': { of: ['cancelled'], lost: 'status_before' },
  reschedule: {},
  convert: { formats: IN_PERSON },
  'convert-back': { lost: 'format_before' },
  venue: { formats: ['onsite'] },
  meeting: { of: ['booked'], formats: ['online'] },
} as const satisfies Record<string, Scope>

/** Sessions per query: D1 takes a hundred values. */
const PART = 80

/** The people whom a change of these sessions concerns, by session and number. One query for up to 80 sessions. */
export async function concerned(ctx: Ctx, sessions: readonly string[], scope: Scope = {}): Promise<Concerned[]> {
  const found: Concerned[] = []
  for (const some of chunks([...sessions], PART)) {
    const those = inScope(ctx, some, scope)
      .select(['id', 'number', 'session', 'status', 'seats', 'email', 'company', 'name', 'phone', 'locale', 'revision'])
      .select('status_before')
      .orderBy('number')
    const bySession = Map.groupBy(await those.execute(), ({ session }) => session)
    found.push(...some.flatMap((session) => bySession.get(session) ?? []))
  }
  return found
}

/** How many of these people have no e-mail and are called. Not those in `told`: they know already. */
export function callsTo(parties: readonly Concerned[], told: readonly string[] = []): number {
  return parties.filter(({ id, email }) => email === null && !told.includes(id)).length
}

/** Breaks `still_true` unless an act on these sessions concerns the same bookings, each as it was read. */
export function expectSameConcerned(
  ctx: Ctx,
  sessions: string | SessionIds,
  scope: Scope,
  parties: readonly Concerned[],
): Write {
  return expectSame(ctx, inScope(ctx, sessions, scope).select(['id', 'revision']), parties)
}

/** The people concerned, as a page shows them before an act: their places, and letter or call for each. */
export function partyFields(parties: readonly Concerned[]): ShownFields {
  return parties.map(({ id, status, seats, email }) => [id, status, seats, email === null ? 'phone' : 'mail'])
}

/**
 * The starts that a session had before it was moved, each once, the oldest first. Without the start that it has now.
 * No query if nothing of it ever changed.
 */
export async function earlierStarts(ctx: Ctx, session: Session): Promise<Instant[]> {
  if (session.sequence === 0) return []
  const rows = await ctx.store.db
    .selectFrom('journal')
    .select('detail')
    .where('subject', '=', session.id)
    .where('act', '=', 'session.rescheduled')
    .orderBy('id')
    .execute()
  const starts = rows.map(({ detail }) => (JSON.parse(detail) as DetailOf<'session.rescheduled'>).from)
  return [...new Set(starts)].filter((start) => start !== session.starts_at)
}
