import { takenKeys, wantedOf } from '../../advisers/free.ts'
import { type CivilDate, civilDate } from '../../base/japan/civil.ts'
import { venueIn, venueScope } from '../../base/japan/closure-scope.ts'
import { proposedClosure } from '../../base/japan/holiday.ts'
import type { Ctx } from '../../context.ts'
import { type Beside, besideAny, clashesOfRow, NOTHING_BESIDE } from '../../schedule/clashes.ts'
import { type Closures, closureOn, venueOf } from '../../schedule/closure.ts'
import { closures } from '../../schedule/closure-queries.ts'
import { venueById } from '../../schedule/place-queries.ts'
import { isActive } from '../../store/active.ts'
import { withinReach } from '../../store/reach.ts'
import type { ClosureRow, SessionRow } from '../../store/schema.ts'
import { type Planned, plannedOn } from '../queries.ts'
import { isAs } from '../series-input.ts'

type Reason = Pick<ClosureRow, 'reason_ja' | 'reason_en'>

/** What is to be decided of a day. `removed`: it is as if nobody had decided. */
export type Decision = Pick<ClosureRow, 'date' | 'scope'> & Reason & { state: 'confirmed' | 'lifted' | 'removed' }

/**
 * What a decision on a day does now. `closes` is the reason if the day is closed by it, else null. `followers` change,
 * `left` would but were booked or edited, or their adviser or room is taken. `reworded` only get the new reason.
 * `known` is the row as it is. `corrected`: somebody corrects that row.
 */
export type ClosureAhead = Beside & {
  known: ClosureRow | null
  corrected: boolean
  closes: Reason | null
  followers: Planned[]
  left: Planned[]
  reworded: Planned[]
}

/** Whether a closure may be removed. A holiday everywhere would be proposed again the next day. */
export function isRemovable({ date, scope }: Pick<ClosureRow, 'date' | 'scope'>): boolean {
  return scope !== 'all' || proposedClosure(date) === null
}

/** The reason for which the day is closed after a decision, or null. Without its row, the general one counts. */
function closingReason(decision: Decision, others: Closures, prefecture: string): Reason | null {
  const { date, scope, state, reason_ja, reason_en } = decision
  if (state === 'confirmed') return { reason_ja, reason_en }
  const isGeneral = scope === 'all' || (state === 'lifted' && venueIn(scope) === null)
  const general = isGeneral ? null : closureOn(others, date, prefecture)
  return general && { reason_ja: general.reason_ja, reason_en: general.reason_en }
}

/** The sessions of a day that a decision is about. */
async function plannedIn(ctx: Ctx, date: CivilDate, scope: string): Promise<Planned[]> {
  const venue = venueIn(scope)
  if (venue === null) return plannedOn(ctx, date, scope)
  return (await plannedOn(ctx, date, 'all')).filter((session) => venueOf(session) === venue)
}

/** What decisions on several days would do now, each day by itself and all together. */
export type ClosuresAhead = Omit<ClosureAhead, 'known' | 'corrected' | 'closes'> & {
  days: { decision: Decision; ahead: ClosureAhead }[]
}

/**
 * What decisions on several days would do now. `replaced` are closures that they correct: they count for none of
 * them. If one stays on its day, its removal leaves alone what the correction decides.
 */
export async function closuresAhead(
  ctx: Ctx,
  decisions: readonly Decision[],
  replaced: readonly ClosureRow[] = [],
): Promise<ClosuresAhead> {
  const days: ClosuresAhead['days'] = []
  for (const decision of decisions) {
    const corrections =
      replaced.length === 0 || decision.state !== 'removed'
        ? []
        : decisions.filter(({ date, state }) => date === decision.date && state !== 'removed')
    const scopes = corrections.map(({ scope }) => scope)
    days.push({ decision, ahead: await closureAhead(ctx, decision, { replaced, scopes }) })
  }
  const all = days.map(({ ahead }) => ahead)
  return {
    ...besideAny(all),
    days,
    followers: all.flatMap(({ followers }) => followers),
    left: all.flatMap(({ left }) => left),
    reworded: all.flatMap(({ reworded }) => reworded),
  }
}

/** The days whose closure gets another reason by a decision, as it is and as it becomes. A correction is none. */
export function replacedIn(days: ClosuresAhead['days']): { known: ClosureRow; decision: Decision }[] {
  return days.flatMap(({ decision, ahead: { known, corrected } }) => {
    const { state, reason_ja, reason_en } = decision
    if (known === null || corrected || state === 'removed' || isAs(known, { reason_ja, reason_en })) return []
    return [{ known, decision }]
  })
}

/** Whether a closure of this scope reaches a session. A prefecture with a row of its own goes its own way. */
function isReached(session: Planned, scope: string, decided: readonly ClosureRow[]): boolean {
  if (scope === 'all') return !decided.some((row) => row.scope === session.prefecture)
  const venue = venueIn(scope)
  return venue === null ? session.prefecture === scope : venueOf(session) === venue
}

/**
 * What a decision on a day would do now. Days that are over only count for deadlines. The rows `replaced` do not count,
 * and what `scopes` reach is left alone.
 */
async function closureAhead(
  ctx: Ctx,
  decision: Decision,
  { replaced, scopes }: { replaced: readonly ClosureRow[]; scopes: readonly string[] },
): Promise<ClosureAhead> {
  const { date, scope } = decision
  const rows = (await closures(ctx, date, date)).get(date) ?? []
  const decided = rows.filter(({ id }) => !replaced.some((one) => one.id === id))
  const others: Closures = new Map([[date, decided.filter((row) => row.scope !== scope)]])
  const venue = venueIn(scope)
  const prefecture = venue === null ? scope : ((await venueById(ctx, venue))?.prefecture ?? '')
  const closes = closingReason(decision, others, prefecture)
  // A prefecture that decided for itself stays as it decided.
  const own = scope === 'all' ? decided.map((closure) => closure.scope) : []
  const onDay = date < civilDate(ctx.clock.now()) ? [] : await plannedIn(ctx, date, scope)
  const shut = decided.flatMap((row) => (row.state === 'lifted' || venue !== null ? [] : [row.scope]))
  const isClosedOtherwise = (session: Planned) => {
    const at = venueOf(session)
    return closes === null && at !== null && shut.includes(venueScope(at))
  }
  const planned = onDay.filter(
    (session) =>
      !own.includes(session.prefecture) &&
      !isClosedOtherwise(session) &&
      !scopes.some((other) => isReached(session, other, decided)),
  )
  const from = closes ? 'published' : 'skipped'
  const concerned = planned.filter((session) => session.state === from && session.skipped_by !== 'series')
  const unedited = concerned.filter((session) => session.edited === 0 && session.bookings === 0)
  // Held again, a session needs its adviser and its room, who may be elsewhere by now.
  const wanted = closes
    ? new Map()
    : await wantedOf(
        ctx,
        unedited.map(({ id }) => id),
      )
  const elsewhere = await takenKeys(ctx, wanted)
  const followers = unedited.filter(({ id }) => !elsewhere.has(id))
  const beside: Beside[] = []
  if (!closes) for (const session of followers) beside.push(await clashesOfRow(ctx, session))
  return {
    ...(closes ? NOTHING_BESIDE : besideAny(beside)),
    known: rows.find((closure) => closure.scope === scope) ?? null,
    corrected: replaced.length > 0,
    closes,
    followers,
    left: concerned.filter((session) => !followers.includes(session)),
    reworded: planned.filter(
      (session) =>
        closes !== null &&
        session.skipped_by === 'closure' &&
        session.state === 'skipped' &&
        !isAs<SessionRow>(session, closes),
    ),
  }
}

/** A session held on a closed day, with the number of its bookings. */
export type HeldOnClosedDay = Pick<SessionRow, 'id' | 'prefecture' | 'title_ja' | 'title_en'> & {
  date: CivilDate
  /** The venue to which people come, or null. */
  venue: string | null
  bookings: number
}

/** The sessions that are held although their day is closed, from a date on, by date. Two queries. */
export async function heldOnClosedDays(ctx: Ctx, from: CivilDate): Promise<HeldOnClosedDay[]> {
  const closed = await closures(ctx, from, '9999-12-31')
  const rows = await ctx.store.db
    .selectFrom('session')
    .select(['session.id', 'session.date', 'session.prefecture', 'session.title_ja', 'session.title_en'])
    .select(['session.venue', 'session.formats'])
    .select((eb) =>
      eb
        .selectFrom('booking')
        .select(eb.fn.countAll<number | string>().as('live'))
        .whereRef('booking.session', '=', 'session.id')
        .where(isActive)
        .as('bookings'),
    )
    .where('session.state', '=', 'published')
    .where('session.date', '>=', from)
    .where(({ exists, selectFrom }) =>
      exists(selectFrom('closure').select('closure.id').whereRef('closure.date', '=', 'session.date')),
    )
    .where(withinReach(ctx, 'session.prefecture'))
    .orderBy('session.date')
    .orderBy('session.id')
    .execute()
  return rows.flatMap(({ date, bookings, venue, formats, ...session }) => {
    const at = venueOf({ venue, formats })
    const isClosed = date !== null && closureOn(closed, date, session.prefecture, at) !== null
    return isClosed ? [{ ...session, venue: at, date, bookings: Number(bookings) }] : []
  })
}
