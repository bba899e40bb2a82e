import { type Context, Hono } from 'hono'
import { deskTexts } from '../../../templates/text/desk.ts'
import { dutiesOfAccount } from '../../advisers/queries.ts'
import { visiblePrefectures } from '../../base/actor.ts'
import { addDays, type CivilDate, civilDate, instantAt } from '../../base/japan/civil.ts'
import { NotFound } from '../../base/outcome.ts'
import { adviserCalendar, deskCalendar } from '../../calendar/feed.ts'
import { seatsAt } from '../../consultation/queries.ts'
import { actorOf } from '../../people/account.ts'
import { staffFeedByToken } from '../../people/queries.ts'
import { lastChange, sessions, sessionsWithIds } from '../../schedule/queries.ts'
import { conditional, lastModified, tagged } from '../conditional.ts'
import type { Env } from '../env.ts'

/** Days back and ahead. Past sessions stay for a while. */
const DAYS = { back: 60, ahead: 180 }

/** The times at which the owner of a feed advises, with the number of people. */
async function ownFeed(
  c: Context<Env>,
  { feed, account }: NonNullable<Awaited<ReturnType<typeof staffFeedByToken>>>,
  today: CivilDate,
) {
  const { ctx } = c.var
  const now = ctx.clock.now()
  const duties = await dutiesOfAccount(ctx, account.id, addDays(today, -DAYS.back), addDays(today, DAYS.ahead))
  const held = await sessionsWithIds(ctx, [...new Set(duties.map(({ session }) => session))])
  const sessionOf = new Map(held.map((one) => [one.id, one]))
  const people = await seatsAt(
    ctx,
    held.map(({ id }) => id),
  )
  const entries = duties.flatMap((duty) => {
    const session = sessionOf.get(duty.session)
    return session ? [{ ...duty, session, people: people.get(duty.slot ?? duty.session) ?? 0 }] : []
  })
  const body = await adviserCalendar(ctx, feed.name, entries, deskTexts(ctx.locale).feeds.booked)
  // A time that was taken away leaves no date behind, so the content alone says whether it changed.
  const answer = conditional(c, { ...(await tagged(body)), type: 'text/calendar; charset=utf-8', modified: now })
  answer.headers.set('Cache-Control', 'private, no-cache')
  return answer
}

/** `/desk/feeds/:secret.ics`: the sessions of a desk with the number of people booked, without personal data. */
export const feedRoutes = new Hono<Env>().get('/:file{[^/]+\\.ics}', async (c) => {
  const { ctx } = c.var
  const found = await staffFeedByToken(ctx, c.req.param('file').replace(/\.ics$/, ''))
  if (!found) throw new NotFound('feed')
  const now = ctx.clock.now()
  const today = civilDate(now)
  if (found.feed.own === 1) return ownFeed(c, found, today)
  // Read before the sessions, so that a change between the two is not taken for sent.
  const changed = await lastChange(ctx)
  const filter = {
    from: addDays(today, -DAYS.back),
    to: addDays(today, DAYS.ahead),
    prefectures: visiblePrefectures(actorOf(found.account, null)), // the present rights, not those when it was made
  }
  const held = (await sessions(ctx, filter, { limit: 5000 })).sessions
  const body = await deskCalendar(ctx, found.feed.name, held, deskTexts(ctx.locale).feeds.booked)
  const counted = held.map((session) => session.seats_changed_at)
  const modified = lastModified(now, instantAt(today, '00:00'), found.account.updated_at, changed, ...counted)
  const answer = conditional(c, { ...(await tagged(body)), type: 'text/calendar; charset=utf-8', modified })
  answer.headers.set('Cache-Control', 'private, no-cache')
  return answer
})
