import { type Context, Hono } from 'hono'
import { page } from '../../../templates/layout.tsx'
import { ConsultConfirm, ConsultSent } from '../../../templates/public/consult/confirm.tsx'
import { ConsultClosed, ConsultForm } from '../../../templates/public/consult/form.tsx'
import { consultTexts } from '../../../templates/text/consult.ts'
import type { What } from '../../../templates/text/spoken.ts'
import { type Faults, searchable } from '../../base/input.ts'
import { civilDate } from '../../base/japan/civil.ts'
import { meantAddress } from '../../base/mail-domain.ts'
import { isAnonymous } from '../../base/person.ts'
import { sha256 } from '../../base/token.ts'
import { bookingByToken } from '../../booking/queries.ts'
import type { Config } from '../../config.ts'
import { applyingIn } from '../../matching/applying.ts'
import { type Asked, ask } from '../../matching/ask.ts'
import { askFaults, wishFaults } from '../../matching/faults.ts'
import { AskInput } from '../../matching/input.ts'
import { requestById, requestByKey } from '../../matching/queries.ts'
import { requestToken } from '../../matching/request.ts'
import { secretariatDesk } from '../../people/queries.ts'
import { refusedStatus, seeOther } from '../answer.ts'
import { askingOf, bookingValues } from '../consult/asking.ts'
import type { Env } from '../env.ts'
import { formValues, oneOf, type Values } from '../forms.ts'
import { showsForm } from '../look.ts'
import { rateLimit } from '../middleware.ts'
import { cleanToken } from '../token.ts'

type Against = { errors?: Faults; refusal?: { why: string; what: What } | null }

/** The form with what was typed, what is wrong with it, or why it was refused. */
async function form(c: Context<Env>, values: Values, { errors = {}, refusal = null }: Against = {}) {
  const { ctx, frame } = c.var
  const applying = await applyingIn(ctx)
  c.header('Cache-Control', 'private, no-cache') // for Back (docs/decisions/0009)
  if (refusal) c.set('refused', refusal.why)
  if (!applying) return c.html(page(ConsultClosed({ frame })), refusal ? 409 : 200)
  const { programme, until } = applying
  const view = {
    frame,
    values,
    errors,
    refusal: refusal?.what ?? null,
    desk: refusal ? await secretariatDesk(ctx) : undefined,
    offer: { visits: programme.visits, until },
  }
  const status = refusal ? refusedStatus(c, refusal.why) : Object.keys(errors).length > 0 ? 422 : 200
  return c.html(page(ConsultForm(view)), status)
}

/** The form again, against a refusal. */
function refusedForm(c: Context<Env>, values: Values, done: Exclude<Asked, { ok: true }>) {
  if (done.why === 'invalid') {
    c.set('refused', 'invalid')
    return form(c, values, { errors: done.errors })
  }
  const { refused, usedUp } = consultTexts(c.var.frame.locale).form
  const what = done.why === 'used_up' ? usedUp(done.used) : refused[done.why]
  return form(c, values, { refusal: { why: done.why, what } })
}

const today = (c: Context<Env>) => civilDate(c.var.ctx.clock.now())

/** The booking from whose page a firm came, as the link in the form says. */
async function bookingFrom(c: Context<Env>, values: Values) {
  const token = cleanToken(oneOf(values, 'from'))
  const booking = token === '' ? undefined : await bookingByToken(c.var.ctx, token)
  return booking && !isAnonymous(booking) ? booking : undefined
}

async function confirm(c: Context<Env>, sent: Values) {
  // The page has a key of its own.
  const { idempotency_key: _, ...values } = sent
  const { ctx, frame } = c.var
  const given = askingOf(values, today(c))
  const parsed = AskInput.safeParse(given)
  const errors = parsed.success ? wishFaults(ctx, parsed.data) : askFaults(ctx, given, parsed.error)
  if (!parsed.success || Object.keys(errors).length > 0) return form(c, values, { errors })
  if (!(await applyingIn(ctx))) return form(c, values)
  c.header('Cache-Control', 'no-store')
  const idempotencyKey = crypto.randomUUID()
  const view = {
    frame,
    values,
    input: parsed.data,
    meant: meantAddress(parsed.data.email),
    idempotencyKey,
    after: `/consult?sent=${await sha256(idempotencyKey)}`,
  }
  return c.html(page(ConsultConfirm(view)))
}

async function apply(c: Context<Env>, { idempotency_key: key, ...values }: Values) {
  const { ctx, deps } = c.var
  const booking = (await bookingFrom(c, values))?.id ?? null
  const done = await ask(ctx, askingOf(values, today(c)), { channel: 'web', key: [key].flat()[0], booking })
  deps.nudge()
  if (!done.ok) return refusedForm(c, values, done)
  const row = await requestById(ctx, done.request)
  const token = row && (await requestToken(ctx, row))
  if (!token) throw new Error('a request just made has no link')
  return seeOther(c, `/c/${token}/done`)
}

/**
 * `/consult`: form, confirm, done. The hidden field `step` names the next step. `from` is the token of a booking, whose
 * data of the firm is filled in. With `sent`, the hash of a confirm page's key, it says whether
 * that was sent (docs/decisions/0009).
 */
export function consultRoutes(config: Config) {
  return new Hono<Env>()
    .get('/', async (c) => {
      const { ctx, frame } = c.var
      const sent = c.req.query('sent')
      if (sent === undefined) return form(c, { locale: frame.locale })
      c.header('Cache-Control', 'no-store')
      const made = (await requestByKey(ctx, searchable(sent))) !== undefined
      return c.html(page(ConsultSent({ frame, made })))
    })
    .post('/', rateLimit(config, 60, 600), async (c) => {
      const { step, ...typed } = await formValues(c)
      if (showsForm(c)) return form(c, typed)
      if (step === 'ask') return apply(c, typed)
      if (step === 'edit') return form(c, typed)
      if (step !== 'from') return confirm(c, typed)
      c.header('Cache-Control', 'no-store')
      const booking = await bookingFrom(c, typed)
      return form(c, booking ? { ...bookingValues(booking), ...typed } : {})
    })
}
