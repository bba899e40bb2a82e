import { type Context, Hono } from 'hono'
import { DayFormPage } from '../../../../templates/desk/days/form.tsx'
import { DayLookPage } from '../../../../templates/desk/days/look.tsx'
import { choosable } from '../../../../templates/desk/view.ts'
import { page } from '../../../../templates/layout.tsx'
import { requireDesk } from '../../../base/actor.ts'
import { fingerprint } from '../../../base/fingerprint.ts'
import { newId } from '../../../base/id.ts'
import type { Faults } from '../../../base/input.ts'
import { civilDate } from '../../../base/japan/civil.ts'
import { readDate } from '../../../base/japan/read-date.ts'
import { suspendedDates } from '../../../changes/suspended-dates.ts'
import { allDesks } from '../../../people/queries.ts'
import { addDay, dayFields, previewDay } from '../../../planning/days/add-day.ts'
import { latestIn } from '../../../planning/days/queries.ts'
import { deskIn } from '../../../planning/desks/queries.ts'
import { slotsIn } from '../../../planning/queries.ts'
import { offerColumns } from '../../../planning/series-input.ts'
import { venuesToChoose } from '../../../planning/venues/queries.ts'
import { seeOther, statusFor } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { readablePrefecture, requireKnown } from '../../filter.ts'
import { formValues, oneOf, type Values } from '../../forms.ts'
import { showsForm } from '../../look.ts'
import { hoursValues } from '../plan-session.ts'
import { offerValues } from '../series.ts'
import { deskView, foreignChoice } from '../view.ts'

type Against = { errors?: Faults; usual?: boolean; refusal?: 'used' | null }

async function form(c: Context<Env>, values: Values, against: Against = {}) {
  const { errors = {}, usual = false, refusal = null } = against
  const { ctx, pass } = c.var
  const codes = choosable(pass.account)
  const mayBe = (prefecture: string | null) => codes === null || (prefecture !== null && codes.includes(prefecture))
  const view = {
    ...deskView(c),
    values,
    errors,
    usual,
    refusal,
    venues: (await venuesToChoose(ctx)).filter(({ prefecture }) => mayBe(prefecture)),
    desks: (await allDesks(ctx)).filter(
      ({ kind, ended, prefectures }) => !ended && (kind !== 'local' || prefectures.some(mayBe)),
    ),
  }
  if (refusal) c.set('refused', refusal)
  return c.html(page(DayFormPage(view)), statusFor({ refusal, errors }))
}

/** Shows what the form would add, or the form again if it is faulty. */
async function look(c: Context<Env>, values: Values, against: { errors?: Faults; changed?: boolean } = {}) {
  const { errors = {}, changed = false } = against
  const found = await previewDay(c.var.ctx, values)
  if (!found.ok) return form(c, values, { errors: found.errors })
  if (changed) c.set('refused', 'changed')
  const shown = await fingerprint(dayFields(found))
  const { input } = found
  const suspended = await suspendedDates(c.var.ctx, [{ ...input, dates: [input.date] }])
  const view = { ...deskView(c), values, errors, look: found, suspended, columns: offerColumns(input), shown, changed }
  return c.html(page(DayLookPage(view)), statusFor({ refusal: changed, errors }))
}

/**
 * The details of the latest session of a prefecture, for a new one. Its desk only if the prefecture has none of its
 * own.
 */
async function usualIn(c: Context<Env>, prefecture: string): Promise<Values | null> {
  const { ctx } = c.var
  const latest = await latestIn(ctx, prefecture)
  if (!latest) return null
  const desk = (await deskIn(ctx, prefecture)) ? '' : latest.desk
  return { ...offerValues(latest), ...hoursValues(latest, await slotsIn(ctx, latest.id)), kind: latest.kind, desk }
}

/** `/desk/schedule/new`: adds one day beyond the series, after a look. */
export const addDayRoutes = new Hono<Env>()
  .get('/new', async (c) => {
    const { ctx, pass } = c.var
    requireKnown(c, 'date', 'prefecture')
    requireDesk(ctx.actor)
    const today = civilDate(ctx.clock.now())
    const [first = ''] = pass.account.prefectures
    const prefecture = readablePrefecture(c, c.req.query('prefecture')) ?? first
    const usual = await usualIn(c, prefecture)
    const empty = {
      kind: 'consultation',
      formats: ['onsite'],
      closes_shape: 'business_days',
      closes_count: '1',
      closes_at: '15:00',
      desk: '',
    }
    const given = { key: newId(ctx.clock.now()), prefecture }
    const date = readDate(c.req.query('date') ?? '', today) ?? ''
    return form(c, { ...(usual ?? empty), ...given, date }, { usual: usual !== null })
  })
  .post('/new', async (c) => {
    const { ctx, deps } = c.var
    requireDesk(ctx.actor)
    const values = await formValues(c)
    const step = oneOf(values, 'step')
    if (step === 'edit' || showsForm(c)) return form(c, values)
    const foreign = foreignChoice(c, 'prefecture', values.prefecture)
    if (foreign) return form(c, values, { errors: foreign })
    if (step !== 'do') return look(c, values)
    const done = await addDay(ctx, values)
    deps.nudge()
    if (done.ok) return seeOther(c, `/desk/sessions/${done.session}?done=added`)
    if (done.why === 'invalid') {
      const { beside } = done.errors
      return beside ? look(c, values, { errors: { beside } }) : form(c, values, { errors: done.errors })
    }
    if (done.why === 'changed') return look(c, values, { changed: true })
    // Sent once more, deliberately, it is another session: the form gets another key.
    return form(c, { ...values, key: newId(ctx.clock.now()) }, { refusal: done.why })
  })
