import { type Context, Hono } from 'hono'
import { ArrivePage } from '../../../templates/desk/booking/arrive.tsx'
import { CancelPage } from '../../../templates/desk/booking/cancel.tsx'
import { MovePage } from '../../../templates/desk/booking/move.tsx'
import { BookingPage } from '../../../templates/desk/booking/page.tsx'
import { LetterPreviewPage } from '../../../templates/desk/letters.tsx'
import { page } from '../../../templates/layout.tsx'
import { canManage, requireReader } from '../../base/actor.ts'
import { type Faults, searchable } from '../../base/input.ts'
import { BOOKING_LETTERS } from '../../base/letters.ts'
import { NotFound } from '../../base/outcome.ts'
import { staffActs as actsOfStaff } from '../../booking/acts-for.ts'
import { annotate } from '../../booking/annotate.ts'
import { approve } from '../../booking/approve.ts'
import { attend } from '../../booking/attend.ts'
import { type Booking, wasText } from '../../booking/booking.ts'
import { cancel } from '../../booking/cancel.ts'
import { correct } from '../../booking/correct.ts'
import { formerAddress, withoutLink } from '../../booking/link.ts'
import { move } from '../../booking/move.ts'
import { bookingById, historyOf } from '../../booking/queries.ts'
import { sendOwnMeetingLink } from '../../booking/send-meeting-link.ts'
import { turnDown } from '../../booking/turn-down.ts'
import { letterOf } from '../../mail/letters.ts'
import { deskLetters } from '../../mail/queries.ts'
import { noteReading } from '../../people/note-reading.ts'
import { actsAbout } from '../../store/acts.ts'
import { promote } from '../../waitlist/promote.ts'
import { seeOther, statusFor } from '../answer.ts'
import type { Env } from '../env.ts'
import { formValues, oneOf, type Values } from '../forms.ts'
import { bookable } from './enter.ts'
import { deskView } from './view.ts'

async function asked(c: Context<Env>): Promise<Booking> {
  const booking = await bookingById(c.var.ctx, c.req.param('id') ?? '')
  if (!booking) throw new NotFound('booking')
  requireReader(c.var.ctx.actor, booking.session.prefecture)
  return booking
}

function staffActs(c: Context<Env>, booking: Booking) {
  return actsOfStaff(booking, c.var.ctx.clock.now())
}

/** The page of the ledger in the referrer, else the first page. */
function ledgerBefore(c: Context<Env>): string {
  const url = URL.parse(c.req.header('referer') ?? '')
  return url?.pathname === '/desk/bookings' ? `/desk/bookings${url.search}` : '/desk/bookings'
}

type Against = { errors?: Faults; values?: Values; refusal?: string | null }

async function shownOne(c: Context<Env>, { errors = {}, values, refusal = null }: Against = {}) {
  const { ctx } = c.var
  const booking = await asked(c)
  await noteReading(ctx, 'reading.booking', booking.id)
  const view = {
    ...deskView(c),
    booking,
    errors,
    refusal,
    done: c.req.query('done'),
    values: values ?? {},
    mayTend: canManage(ctx.actor, booking.session.prefecture),
    acts: staffActs(c, booking),
    history: await historyOf(ctx, actsAbout('booking'), booking.id),
    from: ledgerBefore(c),
    letters: (await deskLetters(ctx, { booking: booking.id })).letters,
  }
  if (refusal) c.set('refused', refusal)
  return c.html(page(BookingPage(view)), statusFor({ refusal, errors }))
}

/** Whether the desk ticked that the person knows already. */
const isTold = (values: Values) => oneOf(values, 'told') === 'true'

/** The booking of the path, and whether its holder knows already. */
async function staffRef(c: Context<Env>) {
  return { id: c.req.param('id') ?? '', told: isTold(await formValues(c)) }
}

type Outcome = { ok: true } | { ok: false; why: string; errors?: Faults }

/** Redirects to the booking after an act, or shows its page with the refusal. */
async function answered(c: Context<Env>, done: Outcome, said: string, values?: Values) {
  c.var.deps.nudge()
  if (done.ok) return seeOther(c, `/desk/bookings/${c.req.param('id')}?done=${said}`)
  if (done.errors) return shownOne(c, { errors: done.errors, ...(values && { values }) })
  return shownOne(c, { refusal: done.why, ...(values && { values }) })
}

/** `/desk/bookings/:id`: one booking and the acts of the desk on it. */
export const bookingRoutes = new Hono<Env>()
  .get('/:id', (c) => shownOne(c))
  .get('/:id/cancel', async (c) => {
    return c.html(page(CancelPage({ ...deskView(c), booking: await asked(c) })))
  })
  .post('/:id/cancel', async (c) => answered(c, await cancel(c.var.ctx, await staffRef(c)), 'cancelled'))
  .get('/:id/move', async (c) => {
    const booking = await asked(c)
    const days = (await bookable(c)).filter((each) => each.kind === booking.session.kind)
    const other = searchable(c.req.query('session') ?? booking.session.id)
    const session = days.find((each) => each.id === other) ?? booking.session
    return c.html(page(MovePage({ ...deskView(c), booking, days, session })))
  })
  .post('/:id/move', async (c) => {
    const values = await formValues(c)
    const [session = '', slot = ''] = oneOf(values, 'place').split(' ')
    const given = { session, slot: slot || null, format: oneOf(values, 'format') }
    return answered(c, await move(c.var.ctx, { id: c.req.param('id'), told: isTold(values) }, given), 'moved')
  })
  .post('/:id/note', async (c) => {
    const values = await formValues(c)
    return answered(c, await annotate(c.var.ctx, c.req.param('id'), values), 'noted', values)
  })
  .post('/:id/correct', async (c) => {
    const values = await formValues(c)
    return answered(c, await correct(c.var.ctx, c.req.param('id'), values), 'corrected', values)
  })
  .post('/:id/attend', async (c) => {
    const values = await formValues(c)
    const as = oneOf(values, 'as') === 'absent' ? 'absent' : 'attended'
    const done = await attend(c.var.ctx, c.req.param('id'), as)
    if (done.ok && oneOf(values, 'back') === 'today') return seeOther(c, '/desk')
    return answered(c, done, as)
  })
  .post('/:id/approve', async (c) => {
    const { id, told } = await staffRef(c)
    return answered(c, await approve(c.var.ctx, id, told), 'approved')
  })
  .post('/:id/turn-down', async (c) => {
    const { id, told } = await staffRef(c)
    return answered(c, await turnDown(c.var.ctx, id, told), 'turned_down')
  })
  .post('/:id/promote', async (c) => {
    const { id, told } = await staffRef(c)
    return answered(c, await promote(c.var.ctx, id, told), 'promoted')
  })
  .post('/:id/meeting', async (c) => {
    const values = await formValues(c)
    return answered(c, await sendOwnMeetingLink(c.var.ctx, c.req.param('id'), values), 'meeting', values)
  })
  .get('/:id/letter', async (c) => {
    const { ctx } = c.var
    const booking = await asked(c)
    const kind = BOOKING_LETTERS.find((each) => each === c.req.query('kind')) ?? 'booked'
    const row = {
      id: 'preview',
      kind,
      locale: booking.locale,
      before: kind === 'corrected' ? formerAddress('former@example.jp') : wasText(booking),
    }
    const letter = await letterOf(ctx, row, withoutLink({ ...booking, email: booking.email ?? 'preview@example.jp' }))
    const view = { ...deskView(c), booking, kind, kinds: BOOKING_LETTERS, letter }
    return c.html(page(LetterPreviewPage(view)))
  })
  .get('/:id/arrive', async (c) => {
    const booking = await asked(c)
    return c.html(page(ArrivePage({ ...deskView(c), booking, acts: staffActs(c, booking) })))
  })
