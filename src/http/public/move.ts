import { type Context, Hono } from 'hono'
import { page } from '../../../templates/layout.tsx'
import { MoveConfirmPage, MovePage } from '../../../templates/public/move.tsx'
import { fingerprint, shownIn } from '../../base/fingerprint.ts'
import type { Faults } from '../../base/input.ts'
import { addDays, civilDate } from '../../base/japan/civil.ts'
import { ANSWERS } from '../../base/questions.ts'
import type { Booking } from '../../booking/booking.ts'
import { askedOnMove } from '../../booking/extras/move.ts'
import { move, previewMove } from '../../booking/move.ts'
import type { Refusal } from '../../booking/refusal.ts'
import { sessions } from '../../schedule/queries.ts'
import type { Session } from '../../schedule/session.ts'
import { moveFields } from '../../schedule/shown.ts'
import { seeOther, statusFor } from '../answer.ts'
import type { Env } from '../env.ts'
import { cursorIn } from '../filter.ts'
import { extrasTyped, formValues, oneOf, type Values } from '../forms.ts'
import { showsForm } from '../look.ts'
import { tokenIn } from '../token.ts'
import { type Held, heldBooking, holderActs } from './held.ts'
import { manage } from './manage.ts'

/** Days ahead that are offered for a move, and how many on one page. */
const AHEAD_DAYS = 90
const MOST_DAYS = 4

/**
 * Open days to move to: same kind and prefecture, first come. The first page begins with the present day. `next` is the
 * start of the next page, or null.
 */
async function daysFor(c: Context<Env>, booking: Booking): Promise<{ sessions: Session[]; next: string | null }> {
  const { ctx } = c.var
  const today = civilDate(ctx.clock.now())
  const { kind, prefecture, id } = booking.session
  const open = { status: ['open', 'few'] as const, acceptance: 'first_come' as const }
  const filter = { from: today, to: addDays(today, AHEAD_DAYS), kind, prefecture, ...open }
  const after = cursorIn(c.req.query('after')) ?? null
  const { sessions: found, next } = await sessions(ctx, filter, { limit: MOST_DAYS, after })
  const others = found.filter((one) => one.id !== id)
  return { sessions: after === null ? [booking.session, ...others] : others, next }
}

type Found = { to: Pick<Booking, 'session' | 'slot' | 'format'>; again: boolean }
type Told = { values?: Values; errors?: Faults; refusal?: Refusal | 'same' | null }

async function choose(c: Context<Env>, { booking, token }: Held, told: Told = {}) {
  const { values = {}, errors = {}, refusal = null } = told
  if (refusal && refusal !== 'same') c.set('refused', refusal)
  const days = await daysFor(c, booking)
  const view = { frame: c.var.frame, booking, token, ...days, values, errors, refusal }
  return c.html(page(MovePage(view)), refusal === 'same' ? 422 : statusFor({ refusal, errors }))
}

type Against = { changed?: boolean; values?: Values; errors?: Faults }

/**
 * Asks before the move, and for what the new session asks. `changed`: the booking or its new place is not as it was shown
 * before.
 */
async function confirm(
  c: Context<Env>,
  held: Held,
  to: Pick<Booking, 'session' | 'slot' | 'format'>,
  { changed = false, values = {}, errors = {} }: Against = {},
) {
  const refusal = changed ? ('changed' as const) : null
  if (refusal) c.set('refused', refusal)
  const shown = await fingerprint(moveFields(held.booking, to))
  const asked = await askedOnMove(c.var.ctx, held.booking, to.session)
  const view = { frame: c.var.frame, ...held, to, shown, changed, asked, values, errors }
  return c.html(page(MoveConfirmPage(view)), statusFor({ refusal, errors }))
}

/** Whether all faults are in answers to what the new session asks. */
function isAboutExtras(errors: Faults): boolean {
  return Object.keys(errors).every((field) => field.startsWith(ANSWERS) || field === 'companions')
}

/** The confirm step of a new place. The present place is said to be that, with the choice again. */
function looked(c: Context<Env>, held: Held, values: Values, found: Found, against: Against) {
  if (!found.again) return confirm(c, held, found.to, { ...against, values })
  return holderActs(c, held.booking).has('move') ? choose(c, held, { values, refusal: 'same' }) : manage(c, held)
}

/** `/b/:token/move`: choose, confirm, moved at one address. The hidden field `step` names the next step. */
export const moveRoutes = new Hono<Env>()
  .get('/:token/move', async (c) => {
    const held = await heldBooking(c)
    if (!holderActs(c, held.booking).has('move')) return seeOther(c, `/b/${held.token}`)
    return choose(c, held)
  })
  .post('/:token/move', async (c) => {
    c.header('Cache-Control', 'private, no-cache') // for Back (docs/decisions/0009)
    const token = tokenIn(c)
    const values = await formValues(c)
    const { ctx, deps } = c.var
    if (showsForm(c)) return choose(c, await heldBooking(c), { values })
    const [session = '', slot = null] = oneOf(values, 'place').split(' ')
    const { answers, companions } = extrasTyped(values)
    const asked = { session, slot, format: oneOf(values, 'format'), answers, companions }
    const moving = oneOf(values, 'step') === 'move'
    const ref = { token, shown: shownIn(values) }
    let done = moving ? await move(ctx, ref, asked) : await previewMove(ctx, ref, asked)
    if (moving) deps.nudge()
    if (done.ok && !('to' in done)) return seeOther(c, `/b/${token}?done=moved`)
    const changed = !done.ok && done.why === 'changed'
    const wrong = !done.ok && done.why === 'invalid' && isAboutExtras(done.errors) ? done.errors : {}
    if (changed || Object.keys(wrong).length > 0) done = await previewMove(ctx, ref, asked)
    const held = await heldBooking(c)
    if (done.ok && 'to' in done) return looked(c, held, values, done, { changed, errors: wrong })
    if (done.ok) return seeOther(c, `/b/${token}?done=moved`)
    if (!holderActs(c, held.booking).has('move')) return manage(c, held, { refusal: 'closed' })
    if (done.why === 'unknown') return choose(c, held, { values, errors: { slot: 'required' } })
    if (done.why === 'invalid') {
      const { session: chosen, ...errors } = done.errors
      return choose(c, held, { values, errors: chosen ? { slot: 'required', ...errors } : errors })
    }
    return choose(c, held, { values, refusal: done.why })
  })
