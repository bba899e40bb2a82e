import { Hono } from 'hono'
import { CallPage } from '../../../templates/desk/call.tsx'
import { TodayPage } from '../../../templates/desk/today.tsx'
import { page } from '../../../templates/layout.tsx'
import { canManage, visiblePrefectures } from '../../base/actor.ts'
import { addDays, civilDate } from '../../base/japan/civil.ts'
import { linesOf, unrecorded } from '../../booking/ledger.ts'
import { markCalled } from '../../changes/mark-called.ts'
import { markUnreached } from '../../changes/mark-unreached.ts'
import { unmarkCalled } from '../../changes/unmark-called.ts'
import type { Ctx } from '../../context.ts'
import { isEmptyHouse, readSetup, type Setup } from '../../house/queries.ts'
import { drawsDue, missedDraws } from '../../lottery/queries.ts'
import { callOf, callsToMake } from '../../mail/call.ts'
import { failedLetters } from '../../mail/queries.ts'
import { noteReading } from '../../people/note-reading.ts'
import { endingProgramme, postponedSessions, unsettled } from '../../planning/queries.ts'
import { sessions } from '../../schedule/queries.ts'
import { freedPlaces } from '../../waitlist/freed.ts'
import { pending } from '../../waitlist/queries.ts'
import { seeOther } from '../answer.ts'
import type { Env } from '../env.ts'
import { formValues, oneOf } from '../forms.ts'
import { deskView, marksOf } from './view.ts'

/** Days back for which attendance that nobody recorded is shown, and lotteries without a result. */
const BACK = 14

/** Days ahead for which undecided items are shown. */
const AHEAD = 14

/** How far an empty house is set up, for the secretariat. Null if people can book. */
async function emptyHouse(ctx: Ctx, held: number): Promise<Setup | null> {
  const { actor } = ctx
  if (held > 0 || actor.kind !== 'staff' || actor.role !== 'secretariat') return null
  const setup = await readSetup(ctx)
  return isEmptyHouse(setup) ? setup : null
}

/** `/desk`: today and tomorrow on one page. */
export const todayRoutes = new Hono<Env>()
  .get('/', async (c) => {
    const { ctx, pass } = c.var
    // Experts have no use for the day of a desk.
    if (pass.account.role === 'expert') return seeOther(c, '/desk/security')
    const called = c.req.query('called')
    const today = civilDate(ctx.clock.now())
    const tomorrow = addDays(today, 1)
    const held = async (day: string) => {
      const filter = { from: day, to: day, prefectures: visiblePrefectures(ctx.actor) }
      return (await sessions(ctx, filter, { limit: 500 })).sessions
    }
    const here = [...(await held(today)), ...(await held(tomorrow))]
    const lines = await linesOf(ctx, { from: today, to: tomorrow })
    const past = await unrecorded(ctx, addDays(today, -BACK), today)
    const view = {
      ...deskView(c),
      today,
      sessions: here,
      tended: new Set(here.filter((one) => canManage(ctx.actor, one.prefecture)).map((one) => one.id)),
      lines,
      unrecorded: past,
      marks: await marksOf(c, [...lines, ...past.lines]),
      calls: await callsToMake(ctx),
      called: called === undefined ? null : await callOf(ctx, called),
      draws: await drawsDue(ctx, today),
      missed: await missedDraws(ctx, addDays(today, -BACK), today),
      pending: await pending(ctx),
      freed: await freedPlaces(ctx),
      ending: await endingProgramme(ctx),
      failed: await failedLetters(ctx, addDays(today, -7)),
      postponed: await postponedSessions(ctx, today),
      unsettled: await unsettled(ctx, today, addDays(today, AHEAD)),
      setup: await emptyHouse(ctx, here.length),
    }
    return c.html(page(TodayPage(view)))
  })
  .get('/calls/:id', async (c) => {
    const call = await callOf(c.var.ctx, c.req.param('id'))
    await noteReading(c.var.ctx, 'reading.booking', call.booking.id)
    const mayTend = canManage(c.var.ctx.actor, call.booking.session.prefecture)
    return c.html(page(CallPage({ ...deskView(c), call, mayTend })))
  })
  .post('/calls/:id', async (c) => {
    const id = c.req.param('id')
    await markCalled(c.var.ctx, id)
    return seeOther(c, `/desk?called=${id}`)
  })
  .post('/calls/:id/back', async (c) => {
    await unmarkCalled(c.var.ctx, c.req.param('id'))
    return seeOther(c, '/desk#calls')
  })
  .post('/calls/:id/unreached', async (c) => {
    const tries = Number(oneOf(await formValues(c), 'tries') || Number.NaN)
    await markUnreached(c.var.ctx, c.req.param('id'), Number.isInteger(tries) ? tries : -1)
    return seeOther(c, '/desk')
  })
