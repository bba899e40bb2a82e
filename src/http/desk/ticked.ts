import { type Context, Hono } from 'hono'
import { TickedPage, type TickedRow, type TickedView } from '../../../templates/desk/ticked/page.tsx'
import { many } from '../../../templates/fields.tsx'
import { page } from '../../../templates/layout.tsx'
import { canManage, requireDesk } from '../../base/actor.ts'
import { fingerprint, shownIn } from '../../base/fingerprint.ts'
import { NotFound } from '../../base/outcome.ts'
import { TICKED_AT_ONCE, TICKED_MOST, TOGETHER, type Together } from '../../base/vocabulary.ts'
import { staffActs } from '../../booking/acts-for.ts'
import { attend, attendanceOf } from '../../booking/attend.ts'
import type { Booking } from '../../booking/booking.ts'
import { placesTogether } from '../../booking/desk/together.ts'
import { move, movesTo } from '../../booking/move.ts'
import { bookingsWithIds, comingTwice } from '../../booking/queries.ts'
import { askTicked } from '../../booking/ticked/ask-ticked.ts'
import { tickedById } from '../../booking/ticked/queries.ts'
import { getsSms } from '../../mail/hears.ts'
import type { Session } from '../../schedule/session.ts'
import { moveFields } from '../../schedule/shown.ts'
import { seeOther } from '../answer.ts'
import type { Env } from '../env.ts'
import { known, requireKnown } from '../filter.ts'
import { formValues, oneOf, type Values } from '../forms.ts'
import { showsForm } from '../look.ts'
import { bookable } from './enter.ts'
import { deskView } from './view.ts'

/** Seconds after which the page of an act under way reloads itself. */
const EVERY = 3

/** The page on which the ticks were made, from a form or address. */
function backOf(back: string): string {
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
    const again = booking.status === as
    // People who came may have a record of the consultation. They are corrected alone.
    const came = as === 'absent' && booking.status === 'attended'
    return { booking, to: null, why: again ? 'again' : came ? 'came' : may ? null : 'closed', other: null }
  })
}

/** Whether a booking of another session may move to this one. */
const comesTo = (booking: Booking, to: Session) => booking.session.id !== to.id && movesTo(booking, to)

/** Where each of them would go in a session. Nobody is in it twice. */
async function moved({ var: { ctx } }: Context<Env>, bookings: readonly Booking[], to: Session): Promise<TickedRow[]> {
  const now = ctx.clock.now()
  const doubled = await comingTwice(ctx, bookings, to.id)
  const whyNot = (booking: Booking) => {
    if (booking.session.id === to.id) return 'again'
    if (!staffActs(booking, now).has('move')) return 'closed'
    if (!movesTo(booking, to)) return 'choice'
    return doubled.has(booking.id) ? 'twice' : null
  }
  const going = bookings.filter((booking) => whyNot(booking) === null)
  const places = new Map(placesTogether(to, going).map((place, i) => [going[i]?.id, place]))
  return bookings.map((booking) => {
    const place = places.get(booking.id) ?? null
    const other = doubled.get(booking.id) ?? null
    return { booking, to: place, why: whyNot(booking) ?? (place === null ? 'full' : null), other }
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
    (day) => canManage(c.var.ctx.actor, day.prefecture) && bookings.some((booking) => comesTo(booking, day)),
  )
  const session = oneOf(values, 'session')
  const chosen = days.find((day) => day.id === session) ?? null
  const rows = chosen
    ? await moved(c, bookings, chosen)
    : bookings.map((booking) => ({ booking, to: null, why: null, other: null }))
  return { rows, days, chosen, foreign: chosen === null && session !== '' }
}

/** Where each of them moves, from the form of the look. */
function placesIn(values: Values): Record<string, { session: string; slot: string | null; format: string }> {
  const places = many(values, 'place').map((place) => {
    const [booking = '', session = '', slot = '', format = ''] = place.split(' ')
    return [booking, { session, slot: slot || null, format }] as const
  })
  return Object.fromEntries(places)
}

type Outcome = { ok: boolean; why?: string; errors?: object }

/** Does the act for each, one after the other, each in a commit of its own. What was done before stays done. */
async function doneWith(c: Context<Env>, act: Together, bookings: Booking[], values: Values): Promise<TickedRow[]> {
  const { ctx } = c.var
  const shown = shownIn(values)
  const told = oneOf(values, 'told') === 'true'
  const places = placesIn(values)
  const run = (booking: Booking): Promise<Outcome> => {
    if (act !== 'move') return attend(ctx, booking.id, act, shown)
    return move(ctx, { id: booking.id, shown, told }, places[booking.id])
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
  const others = await othersIn(c, after, (id) => (whys.get(id) === 'twice' ? places[id]?.session : undefined))
  return after.map((booking) => {
    const { id } = booking
    return { booking, to: null, why: whys.get(id) ?? null, other: others.get(id) ?? null }
  })
}

/** Bookings of the same people in the session to which others were to move, by the ids of these. */
async function othersIn(
  { var: { ctx } }: Context<Env>,
  bookings: readonly Booking[],
  target: (id: string) => string | null | undefined,
): Promise<Map<string, Pick<Booking, 'id' | 'number'>>> {
  const others: [string, Pick<Booking, 'id' | 'number'>][] = []
  for (const session of new Set(bookings.map(({ id }) => target(id)))) {
    if (!session) continue
    const those = bookings.filter(({ id }) => target(id) === session)
    others.push(...(await comingTwice(ctx, those, session)))
  }
  return new Map(others)
}

type Part = Partial<TickedView> & Pick<TickedView, 'act' | 'back'>

/** A page of an act on ticked bookings. */
async function shownPage(c: Context<Env>, part: Part) {
  const nothing = { rows: [], shown: [], days: [], chosen: null, foreign: false, done: false, refusal: null, far: null }
  const { ctx } = c.var
  const texted = (part.rows ?? []).flatMap(({ booking }) => (getsSms(ctx, booking) ? [booking.id] : []))
  const view: TickedView = { ...deskView(c), ...nothing, texted, most: TICKED_MOST, ...part }
  for (const row of view.rows) if (row.why === null) view.shown.push(await printOf(row))
  if (view.refusal) c.set('refused', view.refusal)
  return c.html(page(TickedPage(view)), view.refusal || view.foreign ? 422 : 200)
}

/** Asks for what goes on without its page, and leads to how far it is. */
async function asked(c: Context<Env>, act: Together, ids: readonly string[], values: Values) {
  const { ctx, deps } = c.var
  const told = oneOf(values, 'told') === 'true'
  const done = await askTicked(ctx, { act, ids, told, places: placesIn(values), shown: shownIn(values) })
  deps.nudge()
  const back = backOf(oneOf(values, 'back'))
  if (!done.ok) return shownPage(c, { act, back, refusal: 'again' })
  return seeOther(c, `/desk/bookings/ticked/${done.ticked}?${new URLSearchParams({ back }).toString()}`)
}

/**
 * `/desk/bookings/ticked`: an act on several bookings, through a look, each by the act of one. Many of them go on without
 * the page, which shows how far they are.
 */
export const tickedRoutes = new Hono<Env>()
  .post('/ticked', async (c) => {
    const { ctx, deps } = c.var
    requireDesk(ctx.actor)
    const values = await formValues(c)
    const act = known(TOGETHER, oneOf(values, 'act')) ?? 'absent'
    const back = backOf(oneOf(values, 'back'))
    const ids = [...new Set(many(values, 'ids'))]
    const refusal = ids.length === 0 ? 'none' : ids.length > TICKED_MOST ? 'many' : null
    if (refusal !== null) return shownPage(c, { act, back, refusal })
    const does = oneOf(values, 'step') === 'do' && !showsForm(c)
    if (does && ids.length > TICKED_AT_ONCE) return asked(c, act, ids, values)
    const bookings = await tickedOf(c, ids)
    if (bookings.length === 0) throw new NotFound('booking')
    if (!does) return shownPage(c, { act, back, ...(await lookAt(c, act, bookings, values)) })
    const rows = await doneWith(c, act, bookings, values)
    deps.nudge()
    return shownPage(c, { act, back, rows, done: true })
  })
  .get('/ticked/:id', async (c) => {
    requireKnown(c, 'back', 'still', 'reload')
    const found = await tickedById(c.var.ctx, c.req.param('id'))
    if (!found) throw new NotFound('ticked')
    const { id, act, state, bookings } = found
    const back = backOf(c.req.query('back') ?? '')
    const whys = new Map(bookings.map(({ booking, state: at, why }) => [booking, at === 'waiting' ? at : why]))
    const those = await tickedOf(c, [...whys.keys()])
    const wanted = new Map(bookings.map(({ booking, session, why }) => [booking, why === 'twice' ? session : null]))
    const others = await othersIn(c, those, (of) => wanted.get(of))
    const rows = those.map((booking): TickedRow => {
      const why = whys.get(booking.id) ?? null
      const other = others.get(booking.id) ?? null
      return { booking, to: null, why: why === 'waiting' && state === 'stopped' ? 'left' : why, other }
    })
    if (rows.length === 0) throw new NotFound('ticked')
    const moves = state === 'waiting'
    const reloads = moves && c.req.query('still') !== '1'
    const again = new URLSearchParams({ back, reload: '1' }).toString()
    if (reloads) c.header('Refresh', `${EVERY}; url=/desk/bookings/ticked/${id}?${again}`)
    const over = bookings.filter((each) => each.state !== 'waiting').length
    const far = { id, state, over, all: bookings.length, reloads: moves ? reloads : null }
    return shownPage(c, { act, back, rows, done: true, far })
  })
