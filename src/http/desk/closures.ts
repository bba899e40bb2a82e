import { type Context, Hono } from 'hono'
import { ClosuresPage } from '../../../templates/desk/closures.tsx'
import { page } from '../../../templates/layout.tsx'
import { canManage, visiblePrefectures } from '../../base/actor.ts'
import type { Faults } from '../../base/input.ts'
import { addDays, civilDate } from '../../base/japan/civil.ts'
import { closeDay } from '../../planning/close-day.ts'
import type { Planned } from '../../planning/queries.ts'
import type { Clash } from '../../schedule/clashes.ts'
import { closures } from '../../schedule/closure-queries.ts'
import { statusFor } from '../answer.ts'
import type { Env } from '../env.ts'
import { formValues, type Values } from '../forms.ts'
import { showsForm } from '../look.ts'
import { deskView, foreignChoice } from './view.ts'

/** Days ahead for which closures are listed. */
const AHEAD = 400

type ClosureTold = { values?: Values; errors?: Faults; followed?: number | null; left?: Planned[]; clashes?: Clash[] }

async function closurePage(c: Context<Env>, told: ClosureTold = {}) {
  const { ctx, pass } = c.var
  const { values = {}, errors = {}, followed = null, left = [], clashes = [] } = told
  const today = civilDate(ctx.clock.now())
  const codes = visiblePrefectures(ctx.actor)
  const rows = [...(await closures(ctx, today, addDays(today, AHEAD))).values()].flat()
  const own = rows.filter(({ scope }) => scope === 'all' || codes === null || codes.includes(scope))
  const view = { ...deskView(c), closures: own.toSorted((a, b) => (a.date < b.date ? -1 : 1)) }
  const mayPlan = canManage(ctx.actor, ...pass.account.prefectures)
  return c.html(
    page(ClosuresPage({ ...view, values, errors, followed, left, clashes, mayPlan })),
    statusFor({ errors }),
  )
}

/** `/desk/closures`: the days on which a desk is closed. */
export const closureRoutes = new Hono<Env>()
  .get('/', (c) => closurePage(c))
  .post('/', async (c) => {
    const values = await formValues(c)
    if (showsForm(c)) return closurePage(c, { values })
    const errors = foreignChoice(c, 'scope', values.scope)
    if (errors) return closurePage(c, { values, errors })
    const done = await closeDay(c.var.ctx, values)
    if (done.ok) return closurePage(c, { followed: done.followed, left: done.left })
    // Others keep changing what is at that time: the same form may be sent again.
    if (done.why === 'changed') return closurePage(c, { values, errors: { beside: 'required' } })
    return closurePage(c, { values, errors: done.errors, clashes: done.clashes ?? [] })
  })
