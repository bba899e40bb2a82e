import { type Context, Hono } from 'hono'
import { EnterPage } from '../../../templates/desk/enter.tsx'
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
import { enter } from '../../booking/enter.ts'
import { alike, type LedgerLine } from '../../booking/ledger.ts'
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

type Entering = { values: Values; errors?: Faults; refusal?: string | null; known?: LedgerLine[] }

async function entering(c: Context<Env>, { values, errors = {}, refusal = null, known = [] }: Entering) {
  requireDesk(c.var.ctx.actor)
  const found = await bookable(c)
  const session = found.find((each) => each.id === oneOf(values, 'session')) ?? null
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
    known,
  }
  if (refusal) c.set('refused', refusal)
  const status = statusFor({ refusal: refusal !== null || known.length > 0, errors })
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

/** `/desk/bookings/new`: the form for telephone and counter, and the requests of its script. */
export const enterRoutes = new Hono<Env>()
  .get('/new', (c) => {
    const { session = '', slot = '' } = c.req.query()
    return entering(c, { values: { session, slot, seats: '1', full: 'refuse' } })
  })
  .get('/places', async (c) => {
    const session = await sessionById(c.var.ctx, searchable(c.req.query('session') ?? ''))
    if (!session) throw new NotFound('session')
    requireReader(c.var.ctx.actor, session.prefecture)
    const slots = session.slots.map(({ id, remaining }) => ({ id, remaining }))
    return c.json({ remaining: session.remaining, slots })
  })
  .post('/alike', async (c) => {
    const lines = await knownAs(c, await formValues(c))
    return c.json(lines.map(({ id, number, company, name, date }) => ({ id, number, company, name, date })))
  })
  .post('/new', async (c) => {
    const { ctx, deps } = c.var
    const values = await formValues(c)
    if (oneOf(values, 'step') === 'session' || showsForm(c)) return entering(c, { values })
    const chosen = await sessionById(ctx, searchable(oneOf(values, 'session')))
    if (!chosen || !canManage(ctx.actor, chosen.prefecture))
      return entering(c, { values, errors: { session: 'choice' } })
    const { key, step: _, sure: __, ...typed } = values
    // Another session may have been chosen without having its page shown.
    const { shown, shown_of: of, ...rest } = typed
    const seen = shown !== undefined && of === oneOf(values, 'session')
    const given = {
      ...rest,
      ...(seen && { shown }),
      session: oneOf(values, 'session'),
      consent: oneOf(values, 'consent') === 'true',
      call: oneOf(values, 'call') === 'true',
      topics: many(values, 'topics'),
      ...extrasTyped(values),
      locale: oneOf(values, 'locale') || 'ja',
    }
    const slip = withMeant(values)
    if (slip) return entering(c, { values: slip })
    if (oneOf(values, 'sure') !== 'true') {
      const known = await knownAs(c, values)
      if (known.length > 0) return entering(c, { values, known })
    }
    const done = await enter(ctx, given, key)
    deps.nudge()
    if (done.ok) return seeOther(c, `/desk/bookings/${done.booking}?done=entered`)
    if (done.why === 'invalid') return entering(c, { values, errors: done.errors })
    // The key may already belong to another person's booking. The next attempt gets a new key.
    return entering(c, { values: { ...values, key: '' }, refusal: done.why })
  })
