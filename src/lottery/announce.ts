import { requireDesk } from '../base/actor.ts'
import type { Instant } from '../base/clock.ts'
import { isAsShown, type Shown, type ShownFields } from '../base/fingerprint.ts'
import type { CivilDate } from '../base/japan/civil.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { slotIn, wasText } from '../booking/booking.ts'
import { statusWrite } from '../booking/write/insert.ts'
import { notify } from '../booking/write/notify.ts'
import { isOutOfRoom, withSeatRecount } from '../booking/write/seats.ts'
import type { Ctx } from '../context.ts'
import { actsFor, isLotClosed } from '../schedule/acts-for.ts'
import { placeFor } from '../schedule/availability.ts'
import { answerEnds } from '../schedule/business-day.ts'
import { closedDays } from '../schedule/closure-queries.ts'
import { sessionById } from '../schedule/queries.ts'
import type { Session } from '../schedule/session.ts'
import { sessionFields } from '../schedule/shown.ts'
import { expecting, lockRow, unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { raised } from '../store/raised.ts'
import { isCommitted } from '../store/retry.ts'
import type { BookingRow } from '../store/schema.ts'
import { orThrow } from '../store/store.ts'
import { openUntilStart } from '../waitlist/offer-hours.ts'
import { forecast, type Result } from './forecast.ts'
import { type DrawnEntry, drawnEntries, undecidedEntry } from './queries.ts'

/**
 * Announced, with the number of winners and reserves (0 and `again` if announced before). Refused if it is not drawn,
 * off by now, or not as `shown`. Refused as `changed` with the number of letters that were `sent`, if it changed on the
 * way.
 */
export type Announced =
  | Ok<{ won: number; reserves: number; again: boolean }>
  | Refused<'closed'>
  | Refused<'changed', { sent: number }>

/** What a page shows before a draw is announced: the session, and who gets what. */
export function announceFields(session: Session, results: ReturnType<typeof forecast<DrawnEntry>>): ShownFields {
  return [...sessionFields(session), ...results.map(({ entry, result }) => [entry.id, result])]
}

/** What each entry gets, as it was shown, and the session that was shown with it. */
type Plan = { session: ShownFields; results: ReadonlyMap<string, Result>; told: readonly string[] }

/** The place that an entry gets, or null: it is a reserve. */
function placeIn(session: Session, entry: BookingRow, planned: Result | undefined, now: Instant) {
  if (planned?.kind === 'reserve') return null
  const wanted = planned?.kind === 'won' ? { ...entry, slot: planned.slot } : entry
  const place = placeFor(openUntilStart(session), wanted, now)
  return place.ok ? place : null
}

/** Whether an entry can still get what was shown, and the session is the one that was shown. */
function isAsPlanned(
  session: Session,
  plan: Plan,
  planned: Result | undefined,
  place: ReturnType<typeof placeIn>,
): boolean {
  const same = JSON.stringify(sessionFields(session)) === JSON.stringify(plan.session)
  return same && planned !== undefined && planned.kind === (place ? 'won' : 'reserve')
}

/**
 * Decides and notifies the next entry. Returns `again` if a concurrent commit won, null if no entry is left.
 * `changed`: it cannot get what the plan says.
 */
async function next(
  ctx: Ctx,
  id: string,
  plan: Plan,
  isClosed: (date: CivilDate) => boolean,
): Promise<'won' | 'reserve' | 'again' | 'changed' | null> {
  const session = await sessionById(ctx, id)
  const entry = await undecidedEntry(ctx, id)
  if (!session || !entry) return null
  const now = ctx.clock.now()
  const before = wasText({ ...entry, session, slot: slotIn(session, entry) })
  const planned = plan.results.get(entry.id)
  const place = placeIn(session, entry, planned, now)
  if (!isAsPlanned(session, plan, planned, place)) return 'changed'
  if (!place) {
    const done = await ctx.store.commit(
      lockRow(ctx, 'session', id),
      expecting(ctx, 'session', session),
      ...unchanged(ctx, 'booking', entry),
      ctx.store.db
        .updateTable('booking')
        .set({ drawn: 'reserve', ...raised(ctx) })
        .where('id', '=', entry.id),
      ...notify(ctx, entry, 'reserve', before, plan.told.includes(entry.id)),
      note(ctx, 'booking.reserve', entry.id, { session: id }),
    )
    return isCommitted(done) ? 'reserve' : 'again'
  }
  const offer_expires_at = answerEnds(ctx.config.confirmDays, now, session.starts_at, isClosed)
  const done = await ctx.store.commit(
    ...withSeatRecount(
      ctx,
      { session: id, slot: place.slot },
      expecting(ctx, 'session', session),
      ...unchanged(ctx, 'booking', entry),
      statusWrite(ctx, entry, 'offered', { slot: place.slot, offer_expires_at, drawn: 'won' }),
      ...notify(ctx, entry, 'won', before, plan.told.includes(entry.id)),
      note(ctx, 'booking.won', entry.id, { session: id }),
    ),
  )
  return !isOutOfRoom(done) && isCommitted(done) ? 'won' : 'again'
}

/**
 * Notifies all entries of their result, after a person checked the draw. In its order, entries that fit have a place
 * held until the deadline to confirm; the others are reserves. Each gets what the page showed, also if somebody
 * withdraws on the way. Stops if the session changes, or a place is gone. One commit an entry: it may be interrupted
 * anywhere, and nobody is notified twice. The entries in `told` need no call: their holders know already. For the desk
 * of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function announceDraw(
  ctx: Ctx,
  id: string,
  shown?: Shown,
  told: readonly string[] = [],
): Promise<Announced> {
  const session = await sessionById(ctx, id)
  if (!session) throw new NotFound('session')
  requireDesk(ctx.actor, session.prefecture)
  if (isLotClosed(session) && session.draw === 'announced') return ok({ won: 0, reserves: 0, again: true })
  if (!actsFor(session).has('announce')) return refused('closed')
  const results = forecast(session, await drawnEntries(ctx, id), ctx.clock.now())
  if (!(await isAsShown(shown, announceFields(session, results)))) return refused('changed', { sent: 0 })
  const plan: Plan = {
    session: sessionFields(session),
    results: new Map(results.map(({ entry, result }) => [entry.id, result])),
    told,
  }
  const isClosed = await closedDays(ctx, session.prefecture)
  const counts = { won: 0, reserve: 0 }
  for (;;) {
    const result = await next(ctx, id, plan, isClosed)
    if (result === null) break
    if (result === 'changed') return refused('changed', { sent: counts.won + counts.reserve })
    if (result !== 'again') counts[result]++
  }
  const now = ctx.clock.now()
  orThrow(
    await ctx.store.commit(
      ctx.store.db
        .updateTable('draw')
        .set({ announced_at: now })
        .where('session', '=', id)
        .where('announced_at', 'is', null),
      note(ctx, 'session.announced', id, { won: counts.won, reserves: counts.reserve }),
    ),
  )
  return ok({ won: counts.won, reserves: counts.reserve, again: false })
}
