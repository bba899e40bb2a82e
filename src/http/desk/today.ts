import { Hono } from 'hono'
import { TodayPage } from '../../../templates/desk/today.tsx'
import { page } from '../../../templates/layout.tsx'
import { reach } from '../../base/actor.ts'
import { addDays, civilDate } from '../../base/japan/civil.ts'
import { call } from '../../booking/call.ts'
import { linesOf } from '../../booking/ledger.ts'
import { callList, pending } from '../../booking/queries.ts'
import { failedLetters } from '../../mail/queries.ts'
import { sessions } from '../../schedule/queries.ts'
import type { Session } from '../../schedule/session.ts'
import type { Env } from '../env.ts'

/** How far ahead the desk is told of what is still undecided, in days. */
const AHEAD = 14

/** Whether somebody still has to settle when or where it takes place. */
function isUnsettled({ status, formats, venue }: Session): boolean {
  const running = status !== 'called_off' && status !== 'skipped' && status !== 'held' && status !== 'elsewhere'
  return running && (status === 'undecided' || (formats.includes('onsite') && (venue === null || venue.areaOnly)))
}

/** `/desk`: everything about today and tomorrow on one page. */
export const todayDoors = new Hono<Env>()
  .get('/', async (c) => {
    const { ctx, frame, pass } = c.var
    const today = civilDate(ctx.clock.now())
    const filter = { from: today, to: addDays(today, AHEAD), prefectures: reach(ctx.actor) }
    const { sessions: found } = await sessions(ctx, filter, { limit: 500 })
    const days = found.filter((one) => one.date !== null && one.date <= addDays(today, 1))
    const view = {
      ...{ frame, staff: pass.account, today },
      sessions: days,
      lines: await linesOf(
        ctx,
        days.map((one) => one.id),
      ),
      calls: await callList(ctx),
      pending: await pending(ctx),
      failed: await failedLetters(ctx, addDays(today, -7)),
      unsettled: found.filter(isUnsettled).slice(0, 10),
    }
    return c.html(page(TodayPage(view)))
  })
  .post('/calls/:id', async (c) => {
    await call(c.var.ctx, c.req.param('id'))
    return c.redirect(`${c.var.ctx.config.publicUrl}/desk`, 303)
  })
