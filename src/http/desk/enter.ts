import { type Context, Hono } from 'hono'
import { EnterPage, Known, type Taken } from '../../../templates/desk/enter.tsx'
import { many } from '../../../templates/fields.tsx'
import { page } from '../../../templates/layout.tsx'
import { canManage, requireDesk, requireReader, visiblePrefectures } from '../../base/actor.ts'
import { fingerprint } from '../../base/fingerprint.ts'
import { type Faults, searchable } from '../../base/input.ts'
import { addDays, civilDate } from '../../base/japan/civil.ts'
import { toKatakana } from '../../base/japan/kana.ts'
import { phoneDigits } from '../../base/japan/phone.ts'
import { narrowAddress } from '../../base/japan/width.ts'
import { NotFound } from '../../base/outcome.ts'
import { typedPersonKey } from '../../base/person.ts'
import type { Booking } from '../../booking/booking.ts'
import { firmOf } from '../../booking/desk/known.ts'
import { enter, faultsOfEntry } from '../../booking/enter.ts'
import { alike, type LedgerLine } from '../../booking/ledger.ts'
import { activeBookingOf, bookingById } from '../../booking/queries.ts'
import { ENTERED } from '../../schedule/acts-for.ts'
import { sessionById, sessions } from '../../schedule/queries.ts'
import { askedOf } from '../../schedule/questions.ts'
import type { Session } from '../../schedule/session.ts'
import { placeFields } from '../../schedule/shown.ts'
import { seeOther, statusFor } from '../answer.ts'
import type { Env } from '../env.ts'
import { extrasTyped, formValues, oneOf, type Values } from '../forms.ts'
import { showsForm } from '../look.ts'
import { withMeant } from '../meant.ts'
import { deskView } from './view.ts'

/** Days ahead for which the desk enters bookings. */
const AHEAD = 90

/** The sessions in which the desk may still enter bookings. */
export async function bookable(c: Context<Env>): Promise<Session[]> {
  const { ctx } = c.var
  const today = civilDate(ctx.clock.now())
  const filter = { from: today, to: addDays(today, AHEAD), prefectures: visiblePrefectures(ctx.actor), status: ENTERED }
  return (await sessions(ctx, filter, { limit: 200 })).sessions
}

/** `named`: the address names a session. `warned`: similar bookings were found that the page before did not show. */
type Entering = {
  values: Values
  errors?: Faults
  refusal?: string | null
  named?: boolean
  warned?: boolean
  entered?: Booking | null
}

async function entering(c: Context<Env>, told: Entering) {
  const { values, refusal = null, named = false, warned = false, entered = null } = told
  requireDesk(c.var.ctx.actor)
  const found = await bookable(c)
  const session = found.find((each) => each.id === oneOf(values, 'session')) ?? null
  const unchosen: Faults = { session: oneOf(values, 'session') === '' ? 'required' : 'choice' }
  const errors = told.errors ?? (named && session === null ? unchosen : {})
  const key = oneOf(values, 'key') || crypto.randomUUID()
  const slots = session && session.slots.length > 0 ? session.slots : [null]
  const shown: string[] = []
  if (session) for (const slot of slots) shown.push(await fingerprint(placeFields({ session, slot })))
  const view = {
    ...deskView(c),
    shown,
    asked: session ? await askedOf(c.var.ctx, session) : null,
    sessions: found,
    session,
    values: { ...values, key },
    errors,
    refusal,
    warned,
    entered,
    texts: c.var.ctx.config.smsUrl !== null,
    known: await knownAs(c, values),
    taken: await takenBy(c, values),
    firm: await firmOf(c.var.ctx, phoneDigits(oneOf(values, 'phone')) ?? '', civilDate(c.var.ctx.clock.now())),
  }
  if (refusal) c.set('refused', refusal)
  const status = statusFor({ refusal: refusal !== null || warned, errors })
  return c.html(page(EnterPage(view)), status)
}

/** Bookings of the same person, by the particulars typed so far. */
async function knownAs(c: Context<Env>, values: Values): Promise<LedgerLine[]> {
  const { ctx } = c.var
  const person = {
    phone_digits: phoneDigits(oneOf(values, 'phone')) ?? '',
    email: narrowAddress(searchable(oneOf(values, 'email'))).toLowerCase() || null,
    kana: toKatakana(searchable(oneOf(values, 'name_kana'))),
  }
  if (person.phone_digits === '' && person.email === null && person.kana === '') return []
  return alike(ctx, person, addDays(civilDate(ctx.clock.now()), -30))
}

/**
 * The booking that keeps a second one of the person out of the session, with what is the same. Null if there is none in
 * the actor's prefectures.
 */
async function takenBy(c: Context<Env>, values: Values): Promise<Taken | null> {
  const { ctx } = c.var
  const session = await sessionById(ctx, searchable(oneOf(values, 'session') || oneOf(values, 'shown_of')))
  const [email, phone] = [searchable(oneOf(values, 'email')).trim(), searchable(oneOf(values, 'phone'))]
  if (!session || (email === '' && phone === '') || !canManage(ctx.actor, session.prefecture)) return null
  const name_kana = searchable(oneOf(values, 'name_kana'))
  const key = typedPersonKey({ email, phone, name_kana, name: oneOf(values, 'name') })
  const found = await activeBookingOf(ctx, session.id, key)
  return found ? { by: email === '' ? 'phone' : 'mail', booking: found } : null
}

/** The booking that was entered just now, for its notice. Null if it is none of this actor's. */
async function enteredJustNow(c: Context<Env>, id: string): Promise<Booking | null> {
  const booking = id === '' ? undefined : await bookingById(c.var.ctx, searchable(id))
  return booking && canManage(c.var.ctx.actor, booking.session.prefecture) ? booking : null
}

/** The form with the person of an earlier booking. What was typed about the booking itself stays. Throws `Forbidden`. */
async function withPersonOf(c: Context<Env>, values: Values): Promise<Values> {
  const { use: id, ...typed } = values
  const booking = await bookingById(c.var.ctx, searchable(oneOf({ id: id ?? '' }, 'id')))
  if (!booking) throw new NotFound('booking')
  requireReader(c.var.ctx.actor, booking.session.prefecture)
  const { company, name, name_kana, phone, email, prefecture, employees, industry, locale } = booking
  const person = { company, name, name_kana, phone, prefecture, industry: industry ?? '', locale }
  return { ...typed, ...person, email: email ?? '', employees: employees === null ? '' : String(employees) }
}

/** Whether the page before showed each of these bookings, or the desk is sure all the same. */
function hasSeen(values: Values, known: readonly LedgerLine[]): boolean {
  const seen = many(values, 'seen')
  return oneOf(values, 'sure') === 'true' || known.every(({ id }) => seen.includes(id))
}

/** `/desk/bookings/new`: the form for telephone and counter, and the requests of its script. */
export const enterRoutes = new Hono<Env>()
  .get('/new', async (c) => {
    const { session = '', slot = '', entered = '' } = c.req.query()
    const values = { session, slot, seats: '1', full: 'refuse' }
    const named = c.req.query('session') !== undefined
    return entering(c, { values, named, entered: await enteredJustNow(c, entered) })
  })
  .get('/places', async (c) => {
    const session = await sessionById(c.var.ctx, searchable(c.req.query('session') ?? ''))
    if (!session) throw new NotFound('session')
    requireReader(c.var.ctx.actor, session.prefecture)
    const slots = session.slots.map(({ id, remaining }) => ({ id, remaining }))
    return c.json({ remaining: session.remaining, slots })
  })
  // A part of the page, which the script puts beside the field.
  .post('/alike', async (c) => {
    const { ctx } = c.var
    const values = await formValues(c)
    const firm = await firmOf(ctx, phoneDigits(oneOf(values, 'phone')) ?? '', civilDate(ctx.clock.now()))
    return c.html(
      Known({ frame: c.var.frame, known: await knownAs(c, values), taken: await takenBy(c, values), firm }).toString(),
    )
  })
  .post('/new', async (c) => {
    const { ctx, deps } = c.var
    const { without, ...sent } = await formValues(c)
    // Another person of the firm whose address the session has already.
    const values: Values = without === 'email' ? { ...sent, email: '' } : sent
    if (oneOf(values, 'use') !== '') return entering(c, { values: await withPersonOf(c, values) })
    if (oneOf(values, 'step') === 'session' || showsForm(c)) return entering(c, { values })
    const chosen = await sessionById(ctx, searchable(oneOf(values, 'session')))
    if (!chosen || !canManage(ctx.actor, chosen.prefecture))
      return entering(c, { values, errors: { session: 'choice' } })
    const { key, step: _, sure: __, seen: ___, more, ...typed } = values
    // Another session may have been chosen without having its page shown.
    const { shown, shown_of: of, ...rest } = typed
    const seen = shown !== undefined && of === oneOf(values, 'session')
    const given = {
      ...rest,
      ...(seen && { shown }),
      session: oneOf(values, 'session'),
      consent: oneOf(values, 'consent') === 'true',
      call: oneOf(values, 'call') === 'true',
      sms: oneOf(values, 'sms') === 'true',
      topics: many(values, 'topics'),
      ...extrasTyped(values),
      locale: oneOf(values, 'locale') || 'ja',
    }
    // What is asked about, and what is wrong, is said in one round.
    const slip = withMeant(values)
    const warned = !hasSeen(values, await knownAs(c, values))
    if (slip || warned) return entering(c, { values: slip ?? values, warned, errors: await faultsOfEntry(ctx, given) })
    const done = await enter(ctx, given, key)
    deps.nudge()
    if (done.ok && more !== undefined) {
      return seeOther(c, `/desk/bookings/new?session=${chosen.id}&entered=${done.booking}#form`)
    }
    if (done.ok) return seeOther(c, `/desk/bookings/${done.booking}?done=entered`)
    if (done.why === 'invalid') return entering(c, { values, errors: done.errors })
    // The key may already belong to another person's booking. The next attempt gets a new key.
    return entering(c, { values: { ...values, key: '' }, refusal: done.why })
  })
