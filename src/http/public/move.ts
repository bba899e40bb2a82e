import { type Context, Hono } from 'hono'
import { page } from '../../../templates/layout.tsx'
import { MoveConfirmPage, MovePage } from '../../../templates/public/move.tsx'
import type { Faults } from '../../base/input.ts'
import { addDays, civilDate } from '../../base/japan/civil.ts'
import { NotFound } from '../../base/outcome.ts'
import { type Booking, isCancellable } from '../../booking/booking.ts'
import { move, previewMove } from '../../booking/move.ts'
import { bookingByToken } from '../../booking/queries.ts'
import type { Refusal } from '../../booking/refusal.ts'
import { sessions } from '../../schedule/queries.ts'
import type { Session } from '../../schedule/session.ts'
import type { Env } from '../env.ts'
import { formValues, oneOf, type Values } from '../forms.ts'

/** How far ahead days are offered to move to, and how many on one page. */
const AHEAD_DAYS = 90
const MOST_DAYS = 4

/** The open days of its kind and prefecture that are taken first come, its own before them on the first page; `next` is where the next page begins. */
async function daysFor(c: Context<Env>, booking: Booking): Promise<{ sessions: Session[]; next: string | null }> {
  const { ctx } = c.var
  const today = civilDate(ctx.clock.now())
  const { kind, prefecture, id } = booking.session
  const open = { status: ['open', 'few'] as const, acceptance: 'first_come' as const }
  const filter = { from: today, to: addDays(today, AHEAD_DAYS), kind, prefecture, ...open }
  const after = c.req.query('after') ?? null
  const { sessions: found, next } = await sessions(ctx, filter, { limit: MOST_DAYS, after })
  const others = found.filter((one) => one.id !== id)
  return { sessions: after === null ? [booking.session, ...others] : others, next }
}

async function held(c: Context<Env>): Promise<{ booking: Booking; token: string }> {
  const token = c.req.param('token') ?? ''
  const booking = await bookingByToken(c.var.ctx, token)
  if (!booking) throw new NotFound('booking')
  return { booking, token }
}

type Told = { values?: Values; errors?: Faults; refusal?: Refusal | null }

async function choose(c: Context<Env>, { values = {}, errors = {}, refusal = null }: Told = {}) {
  if (refusal) c.set('refused', refusal)
  const { booking, token } = await held(c)
  const days = await daysFor(c, booking)
  const view = { frame: c.var.frame, booking, token, ...days, values, errors, refusal }
  return c.html(page(MovePage(view)), refusal ? 409 : Object.keys(errors).length > 0 ? 422 : 200)
}

/** `/b/:token/move`: choose > confirm > moved, one address; the hidden field `step` says which comes next. */
export const moveDoors = new Hono<Env>()
  .get('/:token/move', async (c) => {
    const { ctx } = c.var
    const { booking, token } = await held(c)
    if (booking.status !== 'booked' || !isCancellable(booking, ctx.clock.now())) {
      return c.redirect(`${ctx.config.publicUrl}/b/${token}`, 303)
    }
    return choose(c)
  })
  .post('/:token/move', async (c) => {
    const { ctx, deps, frame } = c.var
    const { booking, token } = await held(c)
    const values = await formValues(c)
    const [session = '', slot = null] = oneOf(values, 'place').split(' ')
    const asked = { session, slot, format: oneOf(values, 'format') }
    const moving = oneOf(values, 'step') === 'move'
    const done = moving ? await move(ctx, { token }, asked) : await previewMove(ctx, { token }, asked)
    if (moving) deps.nudge()
    if (done.ok && 'to' in done) return c.html(page(MoveConfirmPage({ frame, booking, token, to: done.to })))
    if (done.ok) return c.redirect(`${ctx.config.publicUrl}/b/${token}?done=moved`, 303)
    if (done.why === 'unknown') return choose(c, { values, errors: { slot: 'required' } })
    if (done.why === 'invalid') {
      const { session: chosen, ...errors } = done.errors
      return choose(c, { values, errors: chosen ? { slot: 'required', ...errors } : errors })
    }
    return choose(c, { values, refusal: done.why })
  })
