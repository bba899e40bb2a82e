import { type Context, Hono } from 'hono'
import { page } from '../../../templates/layout.tsx'
import { CancelPage } from '../../../templates/public/booking/cancel.tsx'
import { DonePage } from '../../../templates/public/booking/done.tsx'
import { ErasedPage, ErasePage } from '../../../templates/public/booking/erase.tsx'
import { ManagePage } from '../../../templates/public/booking/manage.tsx'
import type { Faults } from '../../base/input.ts'
import { STATUS } from '../../base/vocabulary.ts'
import { amend } from '../../booking/amend.ts'
import { type Booking, meetingUrlOf } from '../../booking/booking.ts'
import { cancel } from '../../booking/cancel.ts'
import { givenUp } from '../../booking/standing.ts'
import { bookingCalendar } from '../../calendar/feed.ts'
import { googleCalendarUrl, outlookCalendarUrl } from '../../calendar/links.ts'
import { erase } from '../../retention/erase.ts'
import { surveyState } from '../../survey/survey.ts'
import { accept } from '../../waitlist/accept.ts'
import { decline } from '../../waitlist/decline.ts'
import { seeOther, statusFor } from '../answer.ts'
import { conditional, tagged } from '../conditional.ts'
import type { Env } from '../env.ts'
import { formValues, type Values } from '../forms.ts'
import { qrImage } from '../qr.ts'
import { tokenIn } from '../token.ts'
import { type Held, heldBooking, holderActs } from './held.ts'

function links(c: Context<Env>, booking: Booking) {
  const { ctx } = c.var
  return {
    google: googleCalendarUrl(ctx, booking),
    outlook: outlookCalendarUrl(ctx, booking, 'live'),
    outlook365: outlookCalendarUrl(ctx, booking, 'office'),
  }
}

type Told = {
  errors?: Faults
  values?: Values
  done?: string | null
  refusal?: 'closed' | 'changed' | 'twice' | 'full' | null
}

function manage(c: Context<Env>, { booking, token }: Held, told: Told = {}) {
  const { ctx, frame } = c.var
  const { errors = {}, values = {}, done = null, refusal = null } = told
  if (refusal) c.set('refused', refusal)
  const acts = holderActs(c, booking)
  const survey = surveyState(booking, ctx.clock.now()) === 'open'
  const meeting = meetingUrlOf(booking)
  const view = { frame, booking, token, acts, survey, meeting, done, refusal, errors, values, ...links(c, booking) }
  const status = statusFor({ refusal, errors })
  return c.html(page(ManagePage(view)), status)
}

/** Runs the act of a button, and shows the booking after it. */
async function answering(c: Context<Env>, act: typeof cancel | typeof accept | typeof decline) {
  const { ctx, deps } = c.var
  const { booking, token } = await heldBooking(c)
  const done = await act(ctx, { token })
  deps.nudge()
  if (!done.ok) return manage(c, await heldBooking(c), { refusal: done.why })
  if (act === accept) return seeOther(c, `/b/${token}?done=accepted`)
  return seeOther(c, done.again ? `/b/${token}` : `/b/${token}?done=${givenUp(booking)}`)
}

/**
 * `/b/:token`: the holder's booking. Reading changes nothing. No cache keeps the page, and no other site gets its
 * address.
 */
export const manageRoutes = new Hono<Env>()
  .use(async (c, next) => {
    c.header('Cache-Control', 'no-store')
    c.header('X-Robots-Tag', 'noindex')
    await next()
  })
  .get('/erased', (c) => c.html(page(ErasedPage({ frame: c.var.frame }))))
  .get('/:token', async (c) => manage(c, await heldBooking(c), { done: c.req.query('done') ?? null }))
  .get('/:token/done', async (c) => {
    const { booking, token } = await heldBooking(c)
    const { status } = booking
    if (status !== 'waiting' && !STATUS[status].holds) {
      return seeOther(c, `/b/${token}`)
    }
    // The desk's page of the booking. Other people are asked to sign in.
    const arrive = `${c.var.ctx.config.publicUrl}/desk/bookings/${booking.id}/arrive`
    const qr = status === 'booked' && booking.format === 'onsite' ? await qrImage(arrive) : null
    return c.html(page(DonePage({ frame: c.var.frame, booking, token, qr, ...links(c, booking) })))
  })
  .get('/:token/booking.ics', async (c) => {
    const { booking } = await heldBooking(c)
    const file = await bookingCalendar({ ...c.var.ctx, locale: booking.locale }, booking, 'PUBLISH')
    const answer = conditional(c, {
      ...(await tagged(file)),
      type: 'text/calendar; charset=utf-8',
      modified: booking.updated_at > booking.session.updated_at ? booking.updated_at : booking.session.updated_at,
      headers: { 'Content-Disposition': `attachment; filename="${booking.number}.ics"` },
    })
    answer.headers.set('Cache-Control', 'no-store')
    return answer
  })
  .get('/:token/decline', async (c) => {
    const held = await heldBooking(c)
    if (!holderActs(c, held.booking).has('decline')) return manage(c, held)
    return c.html(page(CancelPage({ frame: c.var.frame, ...held })))
  })
  .post('/:token/decline', (c) => answering(c, decline))
  .post('/:token/accept', (c) => answering(c, accept))
  .get('/:token/cancel', async (c) => {
    const held = await heldBooking(c)
    if (!holderActs(c, held.booking).has('cancel')) return manage(c, held)
    return c.html(page(CancelPage({ frame: c.var.frame, ...held })))
  })
  .post('/:token/cancel', (c) => answering(c, cancel))
  .get('/:token/erase', async (c) => {
    const held = await heldBooking(c)
    if (!holderActs(c, held.booking).has('erase')) return manage(c, held)
    return c.html(page(ErasePage({ frame: c.var.frame, ...held })))
  })
  .post('/:token/erase', async (c) => {
    const { ctx, deps } = c.var
    const done = await erase(ctx, { token: tokenIn(c) })
    deps.nudge()
    if (!done.ok) return manage(c, await heldBooking(c), { refusal: done.why })
    return seeOther(c, '/b/erased')
  })
  .post('/:token/amend', async (c) => {
    const { ctx, deps } = c.var
    const token = tokenIn(c)
    const values = await formValues(c)
    const done = await amend(ctx, { token }, values)
    deps.nudge()
    if (done.ok) return seeOther(c, `/b/${token}?done=saved`)
    const told = done.why === 'invalid' ? { errors: done.errors } : { refusal: done.why }
    return manage(c, await heldBooking(c), { values, ...told })
  })
