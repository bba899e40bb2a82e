import { type Context, Hono } from 'hono'
import { CopyFormPage, CopyLookPage } from '../../../../templates/desk/days/copy.tsx'
import { page } from '../../../../templates/layout.tsx'
import { requireDesk } from '../../../base/actor.ts'
import { fingerprint } from '../../../base/fingerprint.ts'
import { newId } from '../../../base/id.ts'
import type { Faults } from '../../../base/input.ts'
import { addDays, civilDate, weekday } from '../../../base/japan/civil.ts'
import { readDate } from '../../../base/japan/read-date.ts'
import { NotFound } from '../../../base/outcome.ts'
import { suspendedDates } from '../../../changes/suspended-dates.ts'
import { copyDays, copyFields, previewCopies } from '../../../planning/days/copy-days.ts'
import { undoCopies } from '../../../planning/days/undo-copies.ts'
import { plannedById } from '../../../planning/queries.ts'
import type { SessionRow } from '../../../store/schema.ts'
import { seeOther, statusFor } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { readablePrefecture, requireKnown } from '../../filter.ts'
import { formValues, oneOf, type Values } from '../../forms.ts'
import { showsForm } from '../../look.ts'
import { deskView, foreignChoice } from '../view.ts'

type Against = { errors?: Faults; refusal?: 'many' | 'used' | null }

/** What is copied: one session, or the week that the form names. */
type Source = SessionRow | null

function form(c: Context<Env>, source: Source, values: Values, { errors = {}, refusal = null }: Against = {}) {
  if (refusal) c.set('refused', refusal)
  const view = { ...deskView(c), source, values, errors, refusal }
  return c.html(page(CopyFormPage(view)), statusFor({ refusal, errors }))
}

const given = (source: Source, values: Values): Values => (source ? { ...values, sessions: source.id } : values)

async function look(
  c: Context<Env>,
  source: Source,
  values: Values,
  { errors = {}, changed = false }: { errors?: Faults; changed?: boolean } = {},
) {
  const found = await previewCopies(c.var.ctx, given(source, values))
  if (!found.ok) {
    return form(c, source, values, found.why === 'many' ? { refusal: 'many' } : { errors: found.errors })
  }
  if (changed) c.set('refused', 'changed')
  const shown = await fingerprint(copyFields(found.look))
  const made = found.look.copies.filter(({ fate }) => fate === 'new')
  const plans = made.map(({ session: { prefecture, formats, formats_before }, date }) => ({
    prefecture,
    formats: (formats_before ?? formats).split(','),
    dates: [date],
  }))
  const suspended = await suspendedDates(c.var.ctx, plans)
  const view = { ...deskView(c), source, values, errors, look: found.look, suspended, shown, changed }
  return c.html(page(CopyLookPage(view)), statusFor({ refusal: changed, errors }))
}

async function copied(c: Context<Env>, source: Source): Promise<Response> {
  const { ctx, deps } = c.var
  const values = await formValues(c)
  const step = oneOf(values, 'step')
  if (step === 'edit' || showsForm(c)) return form(c, source, values)
  const errors = foreignChoice(c, 'prefecture', oneOf(values, 'prefecture'))
  if (errors) return form(c, source, values, { errors })
  if (step !== 'do') return look(c, source, values)
  const done = await copyDays(ctx, given(source, values))
  deps.nudge()
  if (done.ok) {
    const first = await plannedById(ctx, done.session)
    return seeOther(c, `/desk/schedule?date=${first?.date ?? ''}&done=copied&copies=${done.session}`)
  }
  if (done.why === 'invalid') {
    const { beside } = done.errors
    return beside ? look(c, source, values, { errors: { beside } }) : form(c, source, values, { errors: done.errors })
  }
  if (done.why === 'changed' || done.why === 'nothing') return look(c, source, values, { changed: true })
  if (done.why === 'many') return form(c, source, values, { refusal: 'many' })
  // Sent once more, deliberately, these are other sessions: the form gets another key.
  return form(c, source, { ...values, key: newId(ctx.clock.now()) }, { refusal: 'used' })
}

async function session(c: Context<Env>): Promise<SessionRow> {
  const found = await plannedById(c.var.ctx, c.req.param('id') ?? '')
  if (!found) throw new NotFound('session')
  requireDesk(c.var.ctx.actor, found.prefecture)
  if (found.date === null || found.state === 'postponed') throw new NotFound('session')
  return found
}

/** `/desk/sessions/:id/copy`: copies one session to other dates, after a look. */
export const copySessionRoutes = new Hono<Env>()
  .get('/:id/copy', async (c) => form(c, await session(c), { key: newId(c.var.ctx.clock.now()) }))
  .post('/:id/copy', async (c) => copied(c, await session(c)))

/** `/desk/schedule/copy`: copies the sessions of a week to another one, after a look. */
export const copyWeekRoutes = new Hono<Env>()
  .get('/copy', (c) => {
    const { ctx } = c.var
    requireKnown(c, 'week', 'prefecture')
    requireDesk(ctx.actor)
    const now = ctx.clock.now()
    const day = readDate(c.req.query('week') ?? '', civilDate(now)) ?? civilDate(now)
    const week = addDays(day, -weekday(day))
    const prefecture = readablePrefecture(c, c.req.query('prefecture')) ?? ''
    return form(c, null, { key: newId(now), week, into: addDays(week, 7), prefecture })
  })
  .post('/copy/:first/undo', async (c) => {
    const done = await undoCopies(c.var.ctx, c.req.param('first'))
    c.var.deps.nudge()
    const said = done.ok ? (done.left === 0 ? 'uncopied' : 'some-left') : 'kept'
    return seeOther(c, `/desk/schedule?done=${said}`)
  })
  .post('/copy', (c) => {
    requireDesk(c.var.ctx.actor)
    return copied(c, null)
  })
