import { type Context, Hono } from 'hono'
import { page } from '../../../templates/layout.tsx'
import { ConfirmPage } from '../../../templates/public/book/confirm.tsx'
import { BookForm } from '../../../templates/public/book/form.tsx'
import { SentPage } from '../../../templates/public/book/sent.tsx'
import { fingerprint, shownIn } from '../../base/fingerprint.ts'
import { searchable } from '../../base/input.ts'
import { meantAddress } from '../../base/mail-domain.ts'
import { NotFound, refused } from '../../base/outcome.ts'
import { requiredOf } from '../../base/questions.ts'
import { isOpen, isRunning } from '../../base/seating.ts'
import { sha256 } from '../../base/token.ts'
import { type NotAdmitted, previewBooking, withEarlyAccess } from '../../booking/admit.ts'
import { book } from '../../booking/book.ts'
import { tokenOf } from '../../booking/link.ts'
import { bookingByKey, bookingJustMade } from '../../booking/queries.ts'
import { publicSessionById } from '../../schedule/queries.ts'
import { askedOf } from '../../schedule/questions.ts'
import { atOnce } from '../../schedule/remembered.ts'
import type { Session } from '../../schedule/session.ts'
import { applicationFields } from '../../schedule/shown.ts'
import { refusedStatus, seeOther } from '../answer.ts'
import type { Env } from '../env.ts'
import { applicationOf, formValues, oneOf, type Values } from '../forms.ts'
import { showsForm } from '../look.ts'

/** The form again, with the typed values and the refusal. `changed`: also, since the step before showed something else. */
async function form(c: Context<Env>, session: Session, values: Values, against?: NotAdmitted, changed = false) {
  const { frame } = c.var
  const asked = await askedOf(c.var.ctx, session)
  c.header('Cache-Control', 'private, no-cache') // for Back (docs/decisions/0009)
  if (against) c.set('refused', changed ? 'changed' : against.why)
  const errors = against?.why === 'invalid' ? against.errors : {}
  const other = against && against.why !== 'invalid' && against.why !== 'unknown' ? against : null
  const refusal = other?.why ?? (changed ? 'changed' : null)
  const view = { frame, session, asked, values, errors, refusal, nearest: other?.nearest ?? [] }
  return c.html(page(BookForm(view)), against === undefined ? 200 : refusal ? refusedStatus(c, refusal) : 422)
}

async function sessionAsked(c: Context<Env>, ctx = c.var.ctx): Promise<Session> {
  const session = await publicSessionById(ctx, c.req.param('id') ?? '')
  if (!session) throw new NotFound('session')
  return session
}

/** The confirm step. `changed`: the session is not as the step before showed it, so it is shown once more. */
async function confirm(
  c: Context<Env>,
  session: Session,
  { idempotency_key: key, ...values }: Values,
  changed = false,
) {
  const done = await previewBooking(c.var.ctx, applicationOf(values, session.id))
  if (!done.ok) return form(c, session, values, done, changed)
  c.header('Cache-Control', 'no-store')
  // The kana appear as they will be stored, everything else as typed.
  const read = { ...values, name_kana: done.input.name_kana }
  const waits = done.status === 'waiting' && session.acceptance !== 'lottery'
  if (changed) c.set('refused', 'changed')
  const idempotencyKey = (changed && [key].flat()[0]) || crypto.randomUUID()
  const view = {
    frame: c.var.frame,
    session: done.session,
    slot: done.slot,
    waits,
    values: read,
    asked: done.asked,
    extras: done.extras,
    meant: meantAddress(done.input.email),
    idempotencyKey,
    after: `/sessions/${session.id}/book?sent=${await sha256(idempotencyKey)}`,
    shown: await fingerprint(
      applicationFields({ ...done, format: done.input.format, required: requiredOf(done.asked) }),
    ),
    changed,
  }
  return c.html(page(ConfirmPage(view)), changed ? 409 : 200)
}

async function seat(c: Context<Env>, session: Session, values: Values) {
  const { ctx, deps } = c.var
  const { idempotency_key: key, ...rest } = values
  const origin = { channel: 'web', key, shown: shownIn(values) } as const
  const done = await book(ctx, applicationOf(rest, session.id), origin)
  deps.nudge()
  if (!done.ok && done.why === 'changed') {
    return confirm(c, (await publicSessionById(ctx, session.id)) ?? session, values, true)
  }
  if (!done.ok) return form(c, (await publicSessionById(ctx, session.id)) ?? session, values, done)
  const booking = await bookingJustMade(ctx, done.booking)
  const token = booking && (await tokenOf(ctx, booking))
  if (!token) throw new Error('a booking just made has no link')
  return seeOther(c, `/b/${token}/done`)
}

/**
 * `/sessions/:id/book`: form, confirm, done at one address. The hidden field `step` names the next step. With `sent`, the
 * hash of a confirm page's key, it says whether that was sent (docs/decisions/0009).
 */
export const bookRoutes = new Hono<Env>()
  .get('/:id/book', async (c) => {
    const { ctx, frame } = c.var
    const first = c.req.query('first') ?? null
    const session = await withEarlyAccess(ctx, await sessionAsked(c), first)
    const sent = c.req.query('sent')
    if (sent !== undefined) {
      c.header('Cache-Control', 'no-store')
      const made = (await bookingByKey(ctx, searchable(sent))) !== undefined
      return c.html(page(SentPage({ frame, session, made })))
    }
    const waits = c.req.query('waitlist') === 'true'
    if (waits ? !isRunning(session) : !isOpen(session)) {
      return seeOther(c, `/sessions/${session.id}`)
    }
    const slot = c.req.query('slot')
    // A time that the day no longer has: the page says so at its field.
    const isGone = slot !== undefined && slot !== '' && !session.slots.some(({ id }) => id === slot)
    if (isGone && session.slots.length === 0) throw new NotFound('page')
    const kept = { ...(slot && { slot }), ...(waits && { waitlist: 'true' }), ...(first && { first }) }
    const values = { locale: frame.locale, ...kept }
    return isGone
      ? form(c, session, values, refused('invalid', { errors: { slot: 'choice' as const } }))
      : form(c, session, values)
  })
  .post('/:id/book', async (c) => {
    const values = await formValues(c)
    const step = oneOf(values, 'step')
    const { step: _, ...typed } = values
    if (step === 'book' && !showsForm(c)) return seat(c, await sessionAsked(c, atOnce(c.var.ctx)), typed)
    const session = await withEarlyAccess(c.var.ctx, await sessionAsked(c), oneOf(values, 'first') || null)
    if (step === 'edit' || showsForm(c)) return form(c, session, fitted(typed, session))
    return confirm(c, session, typed)
  })

/** Values typed for another session, without those that only the other session has. */
function fitted(values: Values, session: Session): Values {
  const { idempotency_key: _, slot, format, ...rest } = values
  return {
    ...rest,
    ...(slot !== undefined && session.slots.some((one) => one.id === slot) && { slot }),
    ...(format !== undefined && session.formats.some((one) => one === format) && { format }),
  }
}
