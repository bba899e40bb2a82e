import { requireSystem } from '../base/actor.ts'
import { chunks } from '../base/chunks.ts'
import { civilDate } from '../base/japan/civil.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { queue } from '../store/outbox.ts'
import { isCommitted } from '../store/retry.ts'
import { orThrow } from '../store/store.ts'
import { isWished } from './alert.ts'
import { type FreePlace, lookAtPlaces } from './places.ts'
import { AT_ONCE, alertsToTell, bookedBy, placesKnown, wishedPlaces } from './queries.ts'

/** People per commit, and people whose bookings are read at once. */
const BATCH = 25

/** The sessions that a letter names at most. */
const MOST_NAMED = 5

/** Queues the letters of some alerts, one a day at most. Each has the first places that freed since the last. */
async function tellSome(ctx: Ctx, news: { id: string; locale: 'ja' | 'en'; sessions: string[] }[]): Promise<boolean> {
  const now = ctx.clock.now()
  const today = civilDate(now)
  const done = await ctx.store.commit(
    ...news.flatMap(({ id, locale, sessions }) => [
      ctx.store.db
        .updateTable('alert')
        .set({ told_on: today, since: now, updated_at: now })
        .where('id', '=', id)
        .where('state', '=', 'confirmed'),
      queue(ctx, {
        kind: 'place_free',
        subject: id,
        sequence: 0,
        locale,
        dedupe_key: today,
        before: JSON.stringify({ sessions }),
      }),
    ]),
  )
  // Another process was faster with one of these: they are looked at again at the next tick.
  return isCommitted(done, ['outbox_once'])
}

/** What is news to each of these alerts. Not a session in which the person has a booking. */
async function newsFor(ctx: Ctx, alerts: Awaited<ReturnType<typeof alertsToTell>>, free: readonly FreePlace[]) {
  const wanted = alerts
    .map((alert) => ({
      alert,
      places: free.filter(({ session, since }) => since > alert.since && isWished(alert, session)),
    }))
    .filter(({ places }) => places.length > 0)
  const booked = await bookedBy(
    ctx,
    wanted.map(({ alert }) => alert.person_key),
  )
  return wanted.flatMap(({ alert: { id, locale, person_key }, places }) => {
    const sessions = places.map(({ session }) => session.id).filter((one) => !booked.get(person_key)?.has(one))
    return sessions.length === 0 ? [] : [{ id, locale, sessions: sessions.slice(0, MOST_NAMED) }]
  })
}

/**
 * Tells people with an alert of places that freed or were added since their last letter, once a day. Compares what pages show with what the last look noted. Holds no place for anybody. Does nothing while nobody
 * asks. It may be interrupted anywhere. For the clockwork, by day. Returns how many letters it queued.
 */
export async function tellAlerts(ctx: Ctx): Promise<Ok<{ told: number }>> {
  requireSystem(ctx.actor)
  // Read before the alerts: what somebody notes when confirming one must not be taken out.
  const known = await placesKnown(ctx)
  const wished = await wishedPlaces(ctx)
  if (wished.prefectures.length === 0 && known.size === 0) return ok({ told: 0 })
  const { free, writes } = await lookAtPlaces(ctx, wished, known, { all: true })
  if (writes.length > 0) orThrow(await ctx.store.commit(...writes))
  const today = civilDate(ctx.clock.now())
  let [told, after] = [0, '']
  for (let alerts = await alertsToTell(ctx, today, after); alerts.length > 0; ) {
    for (const part of chunks(alerts, BATCH)) {
      const news = await newsFor(ctx, part, free)
      if (news.length > 0 && (await tellSome(ctx, news))) told += news.length
    }
    after = alerts.at(-1)?.id ?? ''
    alerts = alerts.length < AT_ONCE ? [] : await alertsToTell(ctx, today, after)
  }
  return ok({ told })
}
