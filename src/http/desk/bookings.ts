import { type Context, Hono } from 'hono'
import { ArrivePage } from '../../../templates/desk/booking/arrive.tsx'
import { CancelPage } from '../../../templates/desk/booking/cancel.tsx'
import { MovePage } from '../../../templates/desk/booking/move.tsx'
import { BookingPage } from '../../../templates/desk/booking/page.tsx'
import { EnterPage } from '../../../templates/desk/enter.tsx'
import { LedgerPage } from '../../../templates/desk/ledger.tsx'
import { LetterPreviewPage } from '../../../templates/desk/letters.tsx'
import { page } from '../../../templates/layout.tsx'
import { onlyReader, reach, tends } from '../../base/actor.ts'
import { type Faults, searchable } from '../../base/input.ts'
import { addDays, civilDate, isCivilDate } from '../../base/japan/civil.ts'
import { toKatakana } from '../../base/japan/kana.ts'
import { phoneDigits } from '../../base/japan/phone.ts'
import { isPrefectureCode } from '../../base/japan/prefecture.ts'
import { NotFound } from '../../base/outcome.ts'
import { seal, unseal } from '../../base/token.ts'
import { annotate } from '../../booking/annotate.ts'
import { approve } from '../../booking/approve.ts'
import { attend } from '../../booking/attend.ts'
import { type Booking, LIVE, wasText, withoutLink } from '../../booking/booking.ts'
import { cancel } from '../../booking/cancel.ts'
import { correct } from '../../booking/correct.ts'
import { enter } from '../../booking/enter.ts'
import { alike, LEDGER_PAGE, type LedgerFilter, type LedgerLine, ledger } from '../../booking/ledger.ts'
import { move } from '../../booking/move.ts'
import { promote } from '../../booking/promote.ts'
import { bookingById, historyOf } from '../../booking/queries.ts'
import { tellOwnMeeting } from '../../booking/tell-own-meeting.ts'
import { turnDown } from '../../booking/turn-down.ts'
import { BOOKING_LETTERS, letterOf } from '../../mail/letters.ts'
import { deskLetters } from '../../mail/queries.ts'
import { dropView } from '../../people/drop-view.ts'
import { keepView } from '../../people/keep-view.ts'
import { ledgerViews } from '../../people/queries.ts'
import { sessionById, sessions } from '../../schedule/queries.ts'
import { FORMATS, type Session } from '../../schedule/session.ts'
import type { Env } from '../env.ts'
import { formValues, oneOf, pageNumber, type Values } from '../forms.ts'

const STATUSES = ['booked', 'requested', 'waiting', 'offered', 'attended', 'absent', 'cancelled', 'lapsed'] as const
const CHANNELS = ['web', 'api', 'phone', 'counter', 'mail'] as const
const SORTS = ['date', 'made', 'company'] as const

/** How far ahead the desk enters bookings, in days. */
const AHEAD = 90

/** Reads the filters of the ledger; what is none of ours is passed over. Without days, the last week and the next sixty days. */
function filterOf(given: (name: string) => string, today: string): LedgerFilter {
  const text = searchable(given('text')).slice(0, 100) || undefined
  // Somebody looked for by name may come on any day, unless days were chosen.
  const days = (back: number, on: number) => ({ from: addDays(today, -back), to: addDays(today, on) })
  const [plain, wide] = [days(7, 60), days(366, 366)]
  const untouched = given('from') === plain.from && given('to') === plain.to
  const otherwise = text ? wide : plain
  const day = (name: 'from' | 'to') =>
    isCivilDate(given(name)) && !(text && untouched) ? given(name) : otherwise[name]
  const status = STATUSES.find((one) => one === given('status'))
  return {
    from: day('from'),
    to: day('to'),
    prefecture: isPrefectureCode(given('prefecture')) ? given('prefecture') : undefined,
    status: status && [status],
    channel: CHANNELS.find((one) => one === given('channel')),
    format: FORMATS.find((one) => one === given('format')),
    sort: SORTS.find((one) => one === given('sort')),
    text,
  }
}

/** The filters as they stand in an address: without what was searched for, which names people. */
function queryOf({ from, to, prefecture, status, channel, format, sort }: LedgerFilter, s?: string): string {
  const given = { from, to, prefecture, status: status?.[0], channel, format, sort, s }
  return new URLSearchParams(
    Object.entries(given).filter((pair): pair is [string, string] => Boolean(pair[1])),
  ).toString()
}

async function shown(c: Context<Env>, filter: LedgerFilter, nth: number) {
  const { ctx, frame, pass } = c.var
  const { lines, total } = await ledger(ctx, filter, nth)
  const pages = Math.max(1, Math.ceil(total / LEDGER_PAGE))
  const views = await ledgerViews(ctx)
  const query = queryOf(filter)
  const sealed = filter.text && (await seal(ctx.config.secrets[0] ?? '', filter.text))
  const paging = queryOf(filter, sealed)
  const view = { frame, staff: pass.account, filter, query, paging, lines, total, at: nth, pages, views }
  return c.html(page(LedgerPage(view)))
}

const to = (c: Context<Env>, path: string) => c.redirect(`${c.var.ctx.config.publicUrl}${path}`, 303)

async function asked(c: Context<Env>): Promise<Booking> {
  const booking = await bookingById(c.var.ctx, c.req.param('id') ?? '')
  if (!booking) throw new NotFound('booking')
  onlyReader(c.var.ctx.actor, booking.session.prefecture)
  return booking
}

/** The page of the ledger that somebody came from, else its first. */
function ledgerBefore(c: Context<Env>): string {
  const url = URL.parse(c.req.header('referer') ?? '')
  return url?.pathname === '/desk/bookings' ? `/desk/bookings${url.search}` : '/desk/bookings'
}

type Against = { errors?: Faults; values?: Values; refusal?: string | null }

async function shownOne(c: Context<Env>, { errors = {}, values, refusal = null }: Against = {}) {
  const { ctx, frame, pass } = c.var
  const booking = await asked(c)
  const view = {
    ...{ frame, staff: pass.account, booking, errors, refusal, done: c.req.query('done') },
    values: values ?? {},
    mayTend: tends(ctx.actor, booking.session.prefecture),
    live: LIVE.some((status) => status === booking.status),
    history: await historyOf(ctx, booking.id),
    from: ledgerBefore(c),
    letters: (await deskLetters(ctx, { booking: booking.id })).letters,
  }
  if (refusal) c.set('refused', refusal)
  return c.html(page(BookingPage(view)), refusal ? 409 : Object.keys(errors).length > 0 ? 422 : 200)
}

type Outcome = { ok: true } | { ok: false; why: string; errors?: Faults }

/** Shows the booking as it is after an act, or says at it why nothing came of it. */
async function answered(c: Context<Env>, done: Outcome, said: string, values?: Values) {
  c.var.deps.nudge()
  if (done.ok) return to(c, `/desk/bookings/${c.req.param('id')}?done=${said}`)
  if (done.errors) return shownOne(c, { errors: done.errors, ...(values && { values }) })
  return shownOne(c, { refusal: done.why, ...(values && { values }) })
}

/** The sessions that the desk may still enter bookings in. */
async function ahead(c: Context<Env>): Promise<Session[]> {
  const { ctx } = c.var
  const today = civilDate(ctx.clock.now())
  const status = ['not_yet_open', 'open', 'few', 'full', 'closed'] as const
  const filter = { from: today, to: addDays(today, AHEAD), prefectures: reach(ctx.actor), status }
  return (await sessions(ctx, filter, { limit: 200 })).sessions
}

type Entering = { values: Values; errors?: Faults; refusal?: string | null; known?: LedgerLine[] }

async function entering(c: Context<Env>, { values, errors = {}, refusal = null, known = [] }: Entering) {
  const { frame, pass } = c.var
  const found = await ahead(c)
  const session = found.find((each) => each.id === oneOf(values, 'session')) ?? null
  const key = oneOf(values, 'key') || crypto.randomUUID()
  const view = {
    frame,
    staff: pass.account,
    sessions: found,
    session,
    values: { ...values, key },
    errors,
    refusal,
    known,
  }
  if (refusal) c.set('refused', refusal)
  const status = refusal || known.length > 0 ? 409 : Object.keys(errors).length > 0 ? 422 : 200
  return c.html(page(EnterPage(view)), status)
}

/** Bookings that may be of the person whose particulars are being typed. */
async function knownAs(c: Context<Env>, values: Values): Promise<LedgerLine[]> {
  const { ctx } = c.var
  const person = {
    phone_digits: phoneDigits(oneOf(values, 'phone')) ?? '',
    email: searchable(oneOf(values, 'email')).toLowerCase() || null,
    kana: toKatakana(searchable(oneOf(values, 'name_kana'))),
  }
  if (person.phone_digits === '' && person.email === null && person.kana === '') return []
  return alike(ctx, person, addDays(civilDate(ctx.clock.now()), -30))
}

/** `/desk/bookings`: the ledger, a form for the telephone, and each booking with what the desk does to it. */
export const bookingDoors = new Hono<Env>()
  .get('/', async (c) => {
    const { ctx } = c.var
    const text = (await unseal(ctx.config.secrets, c.req.query('s') ?? '')) ?? ''
    const filter = filterOf((name) => (name === 'text' ? text : (c.req.query(name) ?? '')), civilDate(ctx.clock.now()))
    return shown(c, filter, pageNumber(c.req.query('page') ?? ''))
  })
  // What is searched for names people: an address carries it sealed.
  .post('/', async (c) => {
    const { ctx } = c.var
    const values = await formValues(c)
    const filter = filterOf((name) => oneOf(values, name), civilDate(ctx.clock.now()))
    const sealed = filter.text && (await seal(ctx.config.secrets[0] ?? '', filter.text))
    return to(c, `/desk/bookings?${queryOf(filter, sealed)}`)
  })
  .post('/views', async (c) => {
    const values = await formValues(c)
    await keepView(c.var.ctx, values)
    return to(c, `/desk/bookings?${oneOf(values, 'query').replaceAll(/[^\w=&%.,-]/g, '')}`)
  })
  .post('/views/:id/drop', async (c) => {
    await dropView(c.var.ctx, c.req.param('id'))
    return to(c, '/desk/bookings')
  })
  .get('/new', (c) => {
    const { session = '', slot = '' } = c.req.query()
    return entering(c, { values: { session, slot, seats: '1', full: 'refuse' } })
  })
  .get('/places', async (c) => {
    const session = await sessionById(c.var.ctx, searchable(c.req.query('session') ?? ''))
    if (!session) throw new NotFound('session')
    onlyReader(c.var.ctx.actor, session.prefecture)
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
    if (oneOf(values, 'step') === 'session') return entering(c, { values })
    const { key, step: _, sure: __, topics, ...typed } = values
    const given = {
      ...typed,
      session: oneOf(values, 'session'),
      consent: oneOf(values, 'consent') === 'true',
      topics: topics === undefined ? [] : [topics].flat(),
      locale: oneOf(values, 'locale') || 'ja',
    }
    if (oneOf(values, 'sure') !== 'true') {
      const known = await knownAs(c, values)
      if (known.length > 0) return entering(c, { values, known })
    }
    const done = await enter(ctx, given, key)
    deps.nudge()
    if (done.ok) return to(c, `/desk/bookings/${done.booking}?done=entered`)
    if (done.why === 'invalid') return entering(c, { values, errors: done.errors })
    // The key may have entered somebody else already: what is sent next has another.
    return entering(c, { values: { ...values, key: '' }, refusal: done.why })
  })
  .get('/:id', (c) => shownOne(c))
  .get('/:id/cancel', async (c) => {
    const { frame, pass } = c.var
    return c.html(page(CancelPage({ frame, staff: pass.account, booking: await asked(c) })))
  })
  .post('/:id/cancel', async (c) => answered(c, await cancel(c.var.ctx, { id: c.req.param('id') }), 'cancelled'))
  .get('/:id/move', async (c) => {
    const { frame, pass } = c.var
    const booking = await asked(c)
    const days = (await ahead(c)).filter((each) => each.kind === booking.session.kind)
    const other = searchable(c.req.query('session') ?? booking.session.id)
    const session = days.find((each) => each.id === other) ?? booking.session
    return c.html(page(MovePage({ frame, staff: pass.account, booking, days, session, refusal: null })))
  })
  .post('/:id/move', async (c) => {
    const values = await formValues(c)
    const [session = '', slot = ''] = oneOf(values, 'place').split(' ')
    const given = { session, slot: slot || null, format: oneOf(values, 'format') }
    return answered(c, await move(c.var.ctx, { id: c.req.param('id') }, given), 'moved')
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
    if (done.ok && oneOf(values, 'back') === 'today') return to(c, '/desk')
    return answered(c, done, as)
  })
  .post('/:id/approve', async (c) => answered(c, await approve(c.var.ctx, c.req.param('id')), 'approved'))
  .post('/:id/turn-down', async (c) => answered(c, await turnDown(c.var.ctx, c.req.param('id')), 'turned_down'))
  .post('/:id/promote', async (c) => answered(c, await promote(c.var.ctx, c.req.param('id')), 'promoted'))
  .post('/:id/meeting', async (c) => {
    const values = await formValues(c)
    return answered(c, await tellOwnMeeting(c.var.ctx, c.req.param('id'), values), 'meeting', values)
  })
  .get('/:id/letter', async (c) => {
    const { ctx, frame, pass } = c.var
    const booking = await asked(c)
    const kind = BOOKING_LETTERS.find((each) => each === c.req.query('kind')) ?? 'booked'
    const row = { id: 'preview', kind, locale: booking.locale, was: wasText(booking) }
    const letter = await letterOf(ctx, row, withoutLink({ ...booking, email: booking.email ?? 'preview@example.jp' }))
    const view = { frame, staff: pass.account, booking, kind, kinds: BOOKING_LETTERS, letter }
    return c.html(page(LetterPreviewPage(view)))
  })
  .get('/:id/arrive', async (c) => {
    const { frame, pass } = c.var
    return c.html(page(ArrivePage({ frame, staff: pass.account, booking: await asked(c) })))
  })
