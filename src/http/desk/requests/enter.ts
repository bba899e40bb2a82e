import { type Context, Hono } from 'hono'
import { EnterRequestPage } from '../../../../templates/desk/requests/enter.tsx'
import { RequestsPage } from '../../../../templates/desk/requests/list.tsx'
import { page } from '../../../../templates/layout.tsx'
import { consultTexts } from '../../../../templates/text/consult.ts'
import type { What } from '../../../../templates/text/spoken.ts'
import { canManage, requireDesk, visiblePrefectures } from '../../../base/actor.ts'
import type { Faults } from '../../../base/input.ts'
import { civilDate } from '../../../base/japan/civil.ts'
import { isAnonymous } from '../../../base/person.ts'
import { bookingById } from '../../../booking/queries.ts'
import { enterRequest, type RequestEntered } from '../../../matching/enter-request.ts'
import { latestRequests, requestById } from '../../../matching/queries.ts'
import { seeOther, statusFor } from '../../answer.ts'
import { askingOf, bookingValues } from '../../consult/asking.ts'
import type { Env } from '../../env.ts'
import { requireKnown } from '../../filter.ts'
import { formValues, oneOf, type Values } from '../../forms.ts'
import { showsForm } from '../../look.ts'
import { withMeant } from '../../meant.ts'
import { deskView, foreignChoice } from '../view.ts'

type Against = { errors?: Faults; refusal?: { why: string; what: What } | null; entered?: string | null }

function form(c: Context<Env>, values: Values, { errors = {}, refusal = null, entered = null }: Against = {}) {
  if (refusal) c.set('refused', refusal.why)
  const view = {
    ...deskView(c),
    values: { ...values, key: oneOf(values, 'key') || crypto.randomUUID() },
    errors,
    refusal: refusal?.what ?? null,
    entered,
    only: visiblePrefectures(c.var.ctx.actor),
  }
  return c.html(page(EnterRequestPage(view)), statusFor({ refusal, errors }))
}

/** A booking of the actor's prefectures, whose firm asks for an expert now. */
async function bookingAsked(c: Context<Env>, id: string) {
  const booking = id === '' ? undefined : await bookingById(c.var.ctx, id)
  const isOwn = booking && canManage(c.var.ctx.actor, booking.session.prefecture) && !isAnonymous(booking)
  return isOwn ? booking : undefined
}

/** What the form begins with: the desk's only prefecture, and what a booking says of its firm. */
async function beginning(c: Context<Env>): Promise<Values> {
  const booking = await bookingAsked(c, c.req.query('booking') ?? '')
  const [only, ...others] = visiblePrefectures(c.var.ctx.actor) ?? []
  const prefecture: Values = only !== undefined && others.length === 0 ? { prefecture: only } : {}
  return {
    locale: booking?.locale ?? 'ja',
    ...prefecture,
    ...(booking && { ...bookingValues(booking), booking: booking.id }),
  }
}

function whyNot(c: Context<Env>, done: Exclude<RequestEntered, { ok: true }>): Against {
  const { enter } = consultTexts(c.var.frame.locale)
  if (done.why === 'invalid') {
    const { key, ...errors } = done.errors
    if (key === undefined || Object.keys(errors).length > 0) return { errors }
    return { refusal: { why: 'changed', what: enter.refused.changed } }
  }
  if (done.why === 'twice') return { refusal: { why: done.why, what: enter.twice(done.number) } }
  if (done.why === 'used_up') return { refusal: { why: done.why, what: enter.usedUp(done.used) } }
  return { refusal: { why: done.why, what: enter.refused[done.why] } }
}

/** The form again. A key that was used before goes: what was typed is another request. */
function refusedForm(c: Context<Env>, { key, ...typed }: Values, done: Exclude<RequestEntered, { ok: true }>) {
  const used = done.why === 'invalid' && done.errors.key !== undefined
  return form(c, used || key === undefined ? typed : { ...typed, key }, whyNot(c, done))
}

/**
 * `/desk/requests`: the newest requests. `/desk/requests/new`: the request of a firm that called or came. With `booking`,
 * what that says of the firm is filled in.
 */
export const enterRequestRoutes = new Hono<Env>()
  .get('/', async (c) => {
    requireKnown(c)
    requireDesk(c.var.ctx.actor)
    return c.html(page(RequestsPage({ ...deskView(c), requests: await latestRequests(c.var.ctx) })))
  })
  .get('/new', async (c) => {
    requireDesk(c.var.ctx.actor)
    const id = c.req.query('entered')
    const entered = id === undefined ? undefined : await requestById(c.var.ctx, id)
    const isOwn = entered && canManage(c.var.ctx.actor, entered.prefecture)
    return form(c, await beginning(c), { entered: isOwn ? entered.number : null })
  })
  .post('/new', async (c) => {
    const { ctx, deps } = c.var
    requireDesk(ctx.actor)
    const values = await formValues(c)
    if (showsForm(c)) return form(c, values)
    const slip = withMeant(values)
    if (slip) return form(c, slip)
    const foreign = foreignChoice(c, 'prefecture', values.prefecture)
    if (foreign) return form(c, values, { errors: foreign })
    const booking = (await bookingAsked(c, oneOf(values, 'booking')))?.id ?? null
    const given = askingOf(values, civilDate(ctx.clock.now()))
    const done = await enterRequest(ctx, given, { key: oneOf(values, 'key'), booking })
    deps.nudge()
    return done.ok ? seeOther(c, `/desk/requests/new?entered=${done.request}`) : refusedForm(c, values, done)
  })
