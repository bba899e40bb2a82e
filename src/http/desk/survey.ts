import { Hono } from 'hono'
import { SurveyFiguresPage } from '../../../templates/desk/survey.tsx'
import { page } from '../../../templates/layout.tsx'
import { requireReader, visiblePrefectures } from '../../base/actor.ts'
import { civilDate, isMonth, monthOf } from '../../base/japan/civil.ts'
import { NotFound } from '../../base/outcome.ts'
import { surveyComments, surveyFigures } from '../../survey/queries.ts'
import type { Env } from '../env.ts'
import { readablePrefecture, requireKnown } from '../filter.ts'
import { deskView } from './view.ts'

/** `/desk/survey`: the answers for one prefecture, or for all together. Without personal data. */
export const surveyFigureRoutes = new Hono<Env>().get('/', async (c) => {
  const { ctx } = c.var
  const codes = visiblePrefectures(ctx.actor)
  requireKnown(c, 'prefecture', 'month')
  const prefecture = readablePrefecture(c, c.req.query('prefecture')) ?? codes?.[0]
  // Only staff who read all prefectures see them together.
  requireReader(ctx.actor, prefecture ?? (codes === null ? '' : 'none'))
  const month = c.req.query('month') || undefined
  if (month !== undefined && !isMonth(month)) throw new NotFound('month')
  const filter = { ...(prefecture !== undefined && { prefecture }), ...(month !== undefined && { month }) }
  const view = {
    ...deskView(c),
    prefecture,
    month,
    thisMonth: monthOf(civilDate(ctx.clock.now())),
    found: await surveyFigures(ctx, filter),
    comments: await surveyComments(ctx, filter),
  }
  return c.html(page(SurveyFiguresPage(view)))
})
