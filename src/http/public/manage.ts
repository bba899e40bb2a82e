import { type Context, Hono } from 'hono'
import { page } from '../../../templates/layout.tsx'
import { CancelPage } from '../../../templates/public/booking/cancel.tsx'
import { DonePage } from '../../../templates/public/booking/done.tsx'
import { EmailPage } from '../../../templates/public/booking/email.tsx'
import { ErasedPage, ErasePage } from '../../../templates/public/booking/erase.tsx'
import { ManagePage } from '../../../templates/public/booking/manage.tsx'
import { MessagesPage, type MessagesSaid } from '../../../templates/public/booking/messages.tsx'
import { texts } from '../../../templates/text/index.ts'
import { fingerprint, shownIn } from '../../base/fingerprint.ts'
import { isPast } from '../../base/hours.ts'
import type { Faults } from '../../base/input.ts'
import { NotFound } from '../../base/outcome.ts'
import { askedAgain } from '../../base/questions.ts'
import { givenUp, inItsTime } from '../../base/standing.ts'
import { STATUS } from '../../base/vocabulary.ts'
import type { HolderRef } from '../../booking/access.ts'
import { amend } from '../../booking/amend.ts'
import { type Booking, meetingUrlOf } from '../../booking/booking.ts'
import { cancel } from '../../booking/cancel.ts'
import { confirmEmail } from '../../booking/email/confirm-email.ts'
import { emailChangeByToken, emailChangeOf } from '../../booking/email/email-change.ts'
import { tokenOf } from '../../booking/link.ts'
import { bookingById } from '../../booking/queries.ts'
import { bookingCalendar } from '../../calendar/feed.ts'
import { googleCalendarUrl, outlookCalendarUrl } from '../../calendar/links.ts'
import { hearsOf } from '../../mail/hears.ts'
import { stopMessages, wantMessages } from '../../messages/choose-messages.ts'
import { getsMessages } from '../../messages/queries.ts'
import { erase } from '../../retention/erase.ts'
import { askedOf } from '../../schedule/questions.ts'
import { bookingFields } from '../../schedule/shown.ts'
import { surveyState } from '../../survey/survey.ts'
import { accept } from '../../waitlist/accept.ts'
import { decline } from '../../waitlist/decline.ts'
import { seeOther, statusFor } from '../answer.ts'
import { conditional, lastModified, tagged } from '../conditional.ts'
import type { Env } from '../env.ts'
import { everyExtra, formValues, oneOf, type Values } from '../forms.ts'
import { showsForm } from '../look.ts'
import { withMeant } from '../meant.ts'
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

/** The code that reception reads: the desk's page of the booking. Other people who open it are asked to sign in. */
async function arrivalCode(c: Context<Env>, booking: Booking): Promise<string | null> {
  const { id, status, format } = booking
  if (status !== 'booked' || format !== 'onsite' || isPast(booking, c.var.ctx.clock.now())) return null
  return qrImage(`${c.var.ctx.config.publicUrl}/desk/bookings/${id}/arrive`)
}

type Told = {
  errors?: Faults
  values?: Values
  done?: string | null
  refusal?: 'closed' | 'unoffered' | 'changed' | 'twice' | 'full' | 'capped' | null
}

/** The page of a booking, with what an act did or why it was refused. */
export async function manage(c: Context<Env>, { booking, token }: Held, told: Told = {}) {
  const { ctx, frame } = c.var
  const { errors = {}, values = {}, done = null, refusal = null } = told
  if (refusal) c.set('refused', refusal)
  const acts = holderActs(c, booking)
  const survey = surveyState(booking, ctx.clock.now()) === 'open'
  const meeting = isPast(booking, ctx.clock.now()) ? null : meetingUrlOf(booking)
  const shown = await fingerprint(bookingFields(booking))
  const pending = (await emailChangeOf(ctx, booking.id))?.email ?? null
  const asked = askedAgain(await askedOf(ctx, booking.session), booking.extras)
  const qr = await arrivalCode(c, booking)
  const mailed = done !== null && booking.email !== null && (await hearsOf(ctx, booking)) === 'mail'
  const given = { asked, pending, qr, survey, meeting, done, mailed, refusal, errors, values, shown }
  const now = ctx.clock.now()
  const as = inItsTime(booking, booking.session, now)
  const view = { frame, booking: as, token, acts, ...given, ...links(c, booking) }
  const status = statusFor({ refusal, errors })
  return c.html(page(ManagePage(view)), status)
}

/** The pages that ask before an act of the holder. */
const QUESTIONS = { cancel: CancelPage, decline: CancelPage, erase: ErasePage }

/** Asks before an act, or shows the booking if the act is not possible. `changed`: it is not as it was shown before. */
async function question(c: Context<Env>, act: keyof typeof QUESTIONS, changed = false) {
  const held = await heldBooking(c)
  const refusal = changed ? ('changed' as const) : null
  if (!holderActs(c, held.booking).has(act)) return manage(c, held, { refusal })
  if (refusal) c.set('refused', refusal)
  const shown = await fingerprint(bookingFields(held.booking))
  return c.html(page(QUESTIONS[act]({ frame: c.var.frame, ...held, shown, changed })), statusFor({ refusal }))
}

/** The page on which the holder of a booking chooses whether messages come. */
async function messagesPage(c: Context<Env>, { booking, token }: Held, said: MessagesSaid | null = null) {
  if (said === 'changed') c.set('refused', said)
  const view = { frame: c.var.frame, token, gets: await getsMessages(c.var.ctx, booking.id), said }
  return c.html(page(MessagesPage(view)), statusFor({ refusal: said === 'changed' }))
}

/** The booking as its holder addresses it in a form, with what the form showed. */
async function formRef(c: Context<Env>): Promise<HolderRef> {
  return { token: tokenIn(c), shown: shownIn(await formValues(c)) }
}

/** Runs the act of a button, and shows the booking after it. */
async function answering(c: Context<Env>, act: typeof cancel | typeof accept | typeof decline) {
  const { ctx, deps } = c.var
  const { booking, token } = await heldBooking(c)
  const done = await act(ctx, await formRef(c))
  deps.nudge()
  if (!done.ok) {
    if (done.why === 'changed' && act === cancel) return question(c, 'cancel', true)
    if (done.why === 'changed' && act === decline) return question(c, 'decline', true)
    const held = await heldBooking(c)
    const { status } = held.booking
    const unoffered = done.why === 'closed' && act !== cancel && status !== 'offered' && STATUS[status].live
    return manage(c, held, { refusal: unoffered ? 'unoffered' : done.why })
  }
  if (act === accept) return seeOther(c, `/b/${token}?done=accepted`)
  return seeOther(c, done.again ? `/b/${token}` : `/b/${token}?done=${givenUp(booking)}`)
}

/** The new address whose link was opened. Throws `NotFound` for an unknown token. */
async function emailAsked(c: Context<Env>) {
  const token = tokenIn(c)
  const change = await emailChangeByToken(c.var.ctx, token)
  if (!change) throw new NotFound('email change')
  const booking = await bookingById(c.var.ctx, change.booking)
  const isOver = c.var.ctx.clock.now() >= change.expires_at || !booking || !holderActs(c, booking).has('amend')
  return { frame: c.var.frame, token, email: change.email, isOver }
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
    const { status, session } = booking
    const stands = status === 'waiting' || STATUS[status].holds
    if (!stands || session.former !== null || isPast(booking, c.var.ctx.clock.now())) {
      return seeOther(c, `/b/${token}`)
    }
    const qr = await arrivalCode(c, booking)
    const mailed = (await hearsOf(c.var.ctx, booking)) === 'mail'
    return c.html(page(DonePage({ frame: c.var.frame, booking, token, qr, mailed, ...links(c, booking) })))
  })
  .get('/:token/booking.ics', async (c) => {
    const { booking } = await heldBooking(c)
    const as = inItsTime(booking, booking.session, c.var.ctx.clock.now())
    const file = await bookingCalendar({ ...c.var.ctx, locale: booking.locale }, as, 'PUBLISH')
    const answer = conditional(c, {
      ...(await tagged(file)),
      type: 'text/calendar; charset=utf-8',
      modified: lastModified(c.var.ctx.clock.now(), booking.updated_at, booking.session.updated_at),
      headers: { 'Content-Disposition': `attachment; filename="${booking.number}.ics"` },
    })
    answer.headers.set('Cache-Control', 'no-store')
    return answer
  })
  .get('/email/:token', async (c) => {
    const { isOver, ...asked } = await emailAsked(c)
    const { closed } = texts(c.var.frame.locale).emailChange.refused
    return c.html(page(EmailPage({ ...asked, refusal: isOver ? closed : null })), isOver ? 410 : 200)
  })
  .post('/email/:token', async (c) => {
    const { ctx, deps, frame } = c.var
    const { isOver: _, ...asked } = await emailAsked(c)
    const done = await confirmEmail(ctx, asked.token)
    deps.nudge()
    if (!done.ok) {
      c.set('refused', done.why)
      return c.html(page(EmailPage({ ...asked, refusal: texts(frame.locale).emailChange.refused[done.why] })), 409)
    }
    const booking = await bookingById(ctx, done.booking)
    const token = booking && (await tokenOf(ctx, booking))
    if (!token) throw new Error('a booking just changed has no link')
    return seeOther(c, `/b/${token}?done=readdressed`)
  })
  .get('/:token/messages', async (c) => messagesPage(c, await heldBooking(c)))
  // Also a mail program asks this to stop, without a page (RFC 8058).
  .post('/:token/messages', async (c) => {
    const wants = oneOf(await formValues(c), 'messages') === 'want'
    const done = await (wants ? wantMessages : stopMessages)(c.var.ctx, { token: tokenIn(c) })
    return messagesPage(c, await heldBooking(c), done.ok ? (wants ? 'wanted' : 'stopped') : 'changed')
  })
  .get('/:token/decline', (c) => question(c, 'decline'))
  .post('/:token/decline', (c) => answering(c, decline))
  .post('/:token/accept', (c) => answering(c, accept))
  .get('/:token/cancel', (c) => question(c, 'cancel'))
  .post('/:token/cancel', (c) => answering(c, cancel))
  .get('/:token/erase', (c) => question(c, 'erase'))
  .post('/:token/erase', async (c) => {
    const { ctx, deps } = c.var
    const done = await erase(ctx, await formRef(c))
    deps.nudge()
    if (!done.ok && done.why === 'changed') return question(c, 'erase', true)
    if (!done.ok) return manage(c, await heldBooking(c), { refusal: done.why })
    return seeOther(c, '/b/erased')
  })
  .post('/:token/amend', async (c) => {
    const { ctx, deps } = c.var
    const token = tokenIn(c)
    const values = await formValues(c)
    const held = await heldBooking(c)
    if (showsForm(c)) return manage(c, held, { values })
    const slip = withMeant(values, held.booking.email)
    if (slip) return manage(c, held, { values: slip })
    const asked = askedAgain(await askedOf(ctx, held.booking.session), held.booking.extras)
    const given = oneOf(values, 'extras') === '1' ? { ...values, ...everyExtra(values, asked) } : values
    const { email: _, ...rest } = given
    const without = held.booking.email === null && oneOf(values, 'email').trim() === ''
    const done = await amend(ctx, { token, shown: shownIn(values) }, without ? rest : given)
    deps.nudge()
    if (done.ok)
      return seeOther(
        c,
        `/b/${token}?done=${done.same ? 'same' : done.asked ? 'email' : done.told ? 'amended' : 'saved'}`,
      )
    if (done.why === 'invalid') return manage(c, await heldBooking(c), { values, errors: done.errors })
    // The place that was typed belongs to what was shown before.
    const { seats: __, format: ___, ...person } = values
    return manage(c, await heldBooking(c), { values: done.why === 'changed' ? person : values, refusal: done.why })
  })
