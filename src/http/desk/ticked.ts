import { type Context, Hono } from 'hono'
import { TickedPage, type TickedRow, type TickedView, type Together } from '../../../templates/desk/ticked/page.tsx'
import { many } from '../../../templates/fields.tsx'
import { page } from '../../../templates/layout.tsx'
import { canManage, requireDesk } from '../../base/actor.ts'
import { fingerprint, shownIn } from '../../base/fingerprint.ts'
import { NotFound } from '../../base/outcome.ts'
import { TICKED_MOST } from '../../base/vocabulary.ts'
import { staffActs } from '../../booking/acts-for.ts'
import { attend, attendanceOf } from '../../booking/attend.ts'
import type { Booking } from '../../booking/booking.ts'
import { placesTogether } from '../../booking/desk/together.ts'
import { move, movesTo } from '../../booking/move.ts'
import { bookingsWithIds } from '../../booking/queries.ts'
import { getsSms } from '../../mail/hears.ts'
import type { Session } from '../../schedule/session.ts'
import { moveFields } from '../../schedule/shown.ts'
import type { Env } from '../env.ts'
import { known } from '../filter.ts'
import { formValues, oneOf, type Values } from '../forms.ts'
import { showsForm } from '../look.ts'
import { bookable } from './enter.ts'
import { deskView } from './view.ts'

const ACTS = ['absent', 'booked', 'move'] as const satisfies readonly Together[]

/** The page on which the ticks were made, from its form. */
function backOf(values: Values): string {
  const back = oneOf(values, 'back')
  return /^\/desk(?:\/bookings(?:\?[\w=&%.,-]*)?)?$/.test(back) ? back : '/desk/bookings'
}

/** The ticked bookings in the order of their sessions. Throws `Forbidden` for one of another desk. */
async function tickedOf(c: Context<Env>, ids: readonly string[]): Promise<Booking[]> {
  const { ctx } = c.var
  const found = await bookingsWithIds(ctx, ids)
  requireDesk(ctx.actor, ...found.map(({ session }) => session.prefecture))
  const time = ({ session, slot, number }: Booking) => `${slot?.starts_at ?? session.starts_at ?? ''} ${number}`
  return found.toSorted((a, b) => (time(a) < time(b) ? -1 : 1))
}

/** Whether attendance can be recorded of each, or taken back. */
function marked(bookings: readonly Booking[], as: 'absent' | 'booked', now: string): TickedRow[] {
  return bookings.map((booking) => {
    const may = staffActs(booking, now).has(as === 'booked' ? 'unmark' : as)
    return { booking, to: null, why: booking.status === as ? 'again' : may ? null : 'closed' }
  })
}

/** Where each of them would go in a session. */
function moved(bookings: readonly Booking[], to: Session, now: string): TickedRow[] {
  const whyNot = (booking: Booking) => {
    if (booking.session.id === to.id) return 'again'
    if (!staffActs(booking, now).has('move')) return 'closed'
    return movesTo(booking, to) ? null : 'choice'
  }
  const going = bookings.filter((booking) => whyNot(booking) === null)
  const places = new Map(placesTogether(to, going).map((place, i) => [going[i]?.id, place]))
  return bookings.map((booking) => {
    const place = places.get(booking.id) ?? null
    return { booking, to: place, why: whyNot(booking) ?? (place === null ? 'full' : null) }
  })
}

/** The fingerprint of what the look shows of one. */
const printOf = ({ booking, to }: TickedRow) => fingerprint(to ? moveFields(booking, to) : attendanceOf(booking))

/** The look: each booking, and what the act would make of it. */
async function lookAt(
  c: Context<Env>,
  act: Together,
  bookings: Booking[],
  values: Values,
): Promise<Partial<TickedView>> {
  const now = c.var.ctx.clock.now()
  if (act !== 'move') return { rows: marked(bookings, act, now) }
  const days = (await bookable(c)).filter(
    (day) => canManage(c.var.ctx.actor, day.prefecture) && bookings.some((booking) => movesTo(booking, day)),
  )
  const session = oneOf(values, 'session')
  const chosen = days.find((day) => day.id === session) ?? null
  const rows = chosen ? moved(bookings, chosen, now) : bookings.map((booking) => ({ booking, to: null, why: null }))
  return { rows, days, chosen, foreign: chosen === null && session !== '' }
}

type Outcome = { ok: boolean; why?: string; errors?: object }

/** Does the act for each, one after the other, each in a commit of its own. What was done before stays done. */
async function doneWith(c: Context<Env>, act: Together, bookings: Booking[], values: Values): Promise<TickedRow[]> {
  const { ctx } = c.var
  const shown = shownIn(values)
  const told = oneOf(values, 'told') === 'true'
  const places = new Map(many(values, 'place').map((place) => [place.split(' ')[0], place.split(' ')] as const))
  const run = (booking: Booking): Promise<Outcome> => {
    if (act !== 'move') return attend(ctx, booking.id, act, shown)
    const [, session = '', slot = '', format = ''] = places.get(booking.id) ?? []
    return move(ctx, { id: booking.id, shown, told }, { session, slot: slot || null, format })
  }
  const whys = new Map<string, string | null>()
  for (const booking of bookings) {
    const done = await run(booking)
    whys.set(booking.id, done.ok ? null : done.why === 'invalid' ? 'choice' : (done.why ?? 'other'))
  }
  const after = await tickedOf(
    c,
    bookings.map(({ id }) => id),
  )
  return after.map((booking) => ({ booking, to: null, why: whys.get(booking.id) ?? null }))
}

/** `/desk/bookings/ticked`: an act on several bookings, through a look, each by the act of one. */
export const tickedRoutes = new Hono<Env>().post('/ticked', async (c) => {
  const { ctx, deps } = c.var
  requireDesk(ctx.actor)
  const values = await formValues(c)
  const act = known(ACTS, oneOf(values, 'act')) ?? 'absent'
  const ids = [...new Set(many(values, 'ids'))]
  const refusal = ids.length === 0 ? 'none' : ids.length > TICKED_MOST ? 'many' : null
  const bookings = refusal === null ? await tickedOf(c, ids) : []
  if (refusal === null && bookings.length === 0) throw new NotFound('booking')
  const does = oneOf(values, 'step') === 'do' && !showsForm(c) && refusal === null
  const found = does
    ? { rows: await doneWith(c, act, bookings, values), done: true }
    : await lookAt(c, act, bookings, values)
  if (does) deps.nudge()
  const view: TickedView = {
    ...deskView(c),
    act,
    rows: [],
    texted: bookings.filter((booking) => getsSms(ctx, booking)).map(({ id }) => id),
    shown: [],
    back: backOf(values),
    days: [],
    chosen: null,
    foreign: false,
    done: false,
    refusal,
    most: TICKED_MOST,
    ...found,
  }
  for (const row of view.rows) if (row.why === null) view.shown.push(await printOf(row))
  if (refusal) c.set('refused', refusal)
  return c.html(page(TickedPage(view)), refusal || view.foreign ? 422 : 200)
})
