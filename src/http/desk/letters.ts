import { type Context, Hono } from 'hono'
import {
  DeskLettersPage,
  LETTER_STATES,
  type LetterFilters,
  LetterGonePage,
  LetterPage,
  LettersPage,
  PersonLettersPage,
} from '../../../templates/desk/letters.tsx'
import { href } from '../../../templates/kit.tsx'
import { page } from '../../../templates/layout.tsx'
import { alertById } from '../../alerts/queries.ts'
import { requireAccount, requireReader } from '../../base/actor.ts'
import { searchable } from '../../base/input.ts'
import { addDays, civilDate } from '../../base/japan/civil.ts'
import { readDate } from '../../base/japan/read-date.ts'
import { BOOKING_LETTERS } from '../../base/letters.ts'
import { NotFound } from '../../base/outcome.ts'
import type { Booking } from '../../booking/booking.ts'
import { bookingById } from '../../booking/queries.ts'
import { type Config, isLoopback } from '../../config.ts'
import { interestById } from '../../interest/queries.ts'
import type { Letter } from '../../mail/letters.ts'
import { type DeskLetterLine, deskLetters, letterById, letters, lettersToPerson } from '../../mail/queries.ts'
import { isResendable, resend, withResend } from '../../mail/resend.ts'
import { type Use, write } from '../../mail/write.ts'
import { requestById } from '../../matching/queries.ts'
import { placesOf } from '../../messages/targets.ts'
import type { Account } from '../../people/account.ts'
import { noteReading } from '../../people/note-reading.ts'
import type { OutboxRow } from '../../store/schema.ts'
import { seeOther } from '../answer.ts'
import type { Env } from '../env.ts'
import { known, requireKnown } from '../filter.ts'
import { formValues, oneOf, pageNumber } from '../forms.ts'
import { openSearch, sealSearch } from '../search.ts'
import { htmlOf } from './messages/letter-html.ts'
import { deskView } from './view.ts'

/** The list has the letters of sessions of the last 60 days. */
const PAST_DAYS = 60

/** A search finds letters of sessions of the last 366 days. */
const SEARCHED_DAYS = 366

/** The sessions that messages among these letters are about, by booking. */
const placesTold = ({ var: { ctx } }: Context<Env>, lines: readonly DeskLetterLine[]) =>
  placesOf(
    ctx,
    lines.filter(({ kind }) => kind === 'message'),
  )

async function asked(c: Context<Env>): Promise<OutboxRow> {
  const found = await letterById(c.var.ctx, c.req.param('id') ?? '')
  if (!found) throw new NotFound('letter')
  return found
}

/** The letter alone, as a mail program shows it. */
async function bare(c: Context<Env>, found: OutboxRow, use: Use, staff: Account | null) {
  const letter = await write(c.var.ctx, found, use)
  return letter ? c.html(await htmlOf(c.var.ctx, letter)) : gone(c, found, staff)
}

function viewOf(c: Context<Env>, row: OutboxRow, letter: Letter) {
  const { subject, text, from, to, calendar, files } = letter
  const address = (one: Letter['to']) => (one.name === '' ? one.address : `${one.name} <${one.address}>`)
  const html = `${c.req.path}/html`
  const { frame } = c.var
  const addresses = { from: address(from), to: address(to) }
  return { frame, row, subject, text, html, ...addresses, calendar: calendar?.content ?? null, files }
}

/** The page instead of a letter whose link or address is gone, 410. */
function gone(c: Context<Env>, { kind }: OutboxRow, staff: Account | null) {
  return c.html(page(LetterGonePage({ frame: c.var.frame, staff, kind })), 410)
}

/** Whether this server shows its letters to everybody: in development, without mail, on this machine. */
export function showsLetters({ environment, smtpUrl, host }: Config): boolean {
  return environment !== 'production' && smtpUrl === null && isLoopback(host)
}

/**
 * `/desk/letters`, if `showsLetters`: the kept letters. Anybody who can open the page reads them all. Answers 404
 * under a foreign host name, by which a page of another site could reach this machine (DNS rebinding).
 */
export const keptLetterRoutes = new Hono<Env>()
  .use(async (c, next) => {
    if (!isLoopback(new URL(c.req.url).hostname)) throw new NotFound('page')
    await next()
  })
  .get('/', async (c) => c.html(page(LettersPage({ frame: c.var.frame, letters: await letters(c.var.ctx, 200) }))))
  .get('/:id', async (c) => {
    const found = await asked(c)
    const letter = await write(c.var.ctx, found, 'read')
    if (!letter) return gone(c, found, null)
    return c.html(page(LetterPage({ ...viewOf(c, found, letter), staff: null, booking: null, resendable: false })))
  })
  .get('/:id/html', async (c) => bare(c, await asked(c), 'read', null))

/** A letter of the actor's prefectures, about a booking, an interest, an alert or a request. Answers 404 for letters to sign in. */
async function readable(c: Context<Env>): Promise<{ found: OutboxRow; booking: Booking | undefined }> {
  const found = await asked(c)
  const booking = found.about === 'booking' ? await bookingById(c.var.ctx, found.subject) : undefined
  const interest = found.about === 'interest' ? await interestById(c.var.ctx, found.subject) : undefined
  const alert = found.about === 'alert' ? await alertById(c.var.ctx, found.subject) : undefined
  const request = found.about === 'request' ? await requestById(c.var.ctx, found.subject) : undefined
  const prefecture =
    booking?.session.prefecture ?? interest?.session_view.prefecture ?? alert?.prefecture ?? request?.prefecture
  if (prefecture === undefined) throw new NotFound('letter')
  requireReader(c.var.ctx.actor, prefecture)
  return { found, booking }
}

type Given = (name: string) => string

/** The filters of an address or a form. Throws `NotFound` for a kind or state that is none. */
function filterOf(c: Context<Env>, given: Given): LetterFilters {
  return {
    text: searchable(given('text')).slice(0, 100) || undefined,
    kind: known(BOOKING_LETTERS, given('kind')),
    state: known(LETTER_STATES, given('state')),
    date: readDate(given('date'), civilDate(c.var.ctx.clock.now())) ?? undefined,
  }
}

/** The filters as parameters of an address. The search text is personal data, and stands there encrypted. */
async function addressOf(c: Context<Env>, { text, kind, state, date }: LetterFilters) {
  return { kind, state, date, s: text && (await sealSearch(c.var.ctx, text)) }
}

async function listed(c: Context<Env>) {
  const { ctx } = c.var
  requireKnown(c, 'kind', 'state', 'date', 's', 'page', 'done')
  const sealed = c.req.query('s') ?? ''
  const text = (await openSearch(ctx, sealed)) ?? ''
  const given: Given = (name) => (name === 'text' ? text : (c.req.query(name) ?? ''))
  const filter = filterOf(c, given)
  const at = pageNumber(given('page'))
  const { date: day } = filter
  const since = addDays(day ?? civilDate(ctx.clock.now()), -(filter.text ? SEARCHED_DAYS : PAST_DAYS))
  await noteReading(ctx, 'reading.letters', requireAccount(ctx.actor))
  const found = await deskLetters(ctx, { ...filter, day, since }, at)
  const view = {
    ...deskView(c),
    filter,
    at,
    letters: await withResend(ctx, found.letters),
    places: await placesTold(c, found.letters),
    more: found.more,
    here: await addressOf(c, filter),
    expired: sealed !== '' && text === '',
    unread: given('date') !== '' && day === undefined,
    kept: ctx.config.smtpUrl === null,
    openly: showsLetters(ctx.config),
    done: c.req.query('done'),
  }
  return c.html(page(DeskLettersPage(view)))
}

/** What went to the person of a booking. */
async function toPerson(c: Context<Env>, person: string) {
  const { ctx } = c.var
  requireKnown(c, 'person', 'page', 'done')
  const booking = await bookingById(ctx, person)
  if (!booking) throw new NotFound('booking')
  requireReader(ctx.actor, booking.session.prefecture)
  await noteReading(ctx, 'reading.letters', booking.id)
  const at = pageNumber(c.req.query('page') ?? '')
  const { letters: found, more } = await lettersToPerson(ctx, booking, { page: at })
  const places = await placesTold(c, found)
  const lines = { letters: await withResend(ctx, found), places, more, at, here: { person } }
  return c.html(page(PersonLettersPage({ ...deskView(c), ...lines, booking, done: c.req.query('done') })))
}

/** The list that a button to send again was on, with what came of it. */
function listAgain(back: string, done: string): string {
  const isList = /^\/desk\/outbox(?:\?[\w=&%.,-]*)?$/.test(back) && back.length <= 1000
  const [path = '', query = ''] = (isList ? back : '/desk/outbox').split('?')
  const params = new URLSearchParams(query)
  params.set('done', done)
  return `${path}?${params.toString()}`
}

/** `/desk/outbox`: letters sent, letters that failed and why, those to one person, and sending again. */
export const letterRoutes = new Hono<Env>()
  .get('/', async (c) => {
    const person = c.req.query('person') ?? ''
    return person === '' ? listed(c) : toPerson(c, person)
  })
  .post('/', async (c) => {
    const values = await formValues(c)
    const given: Given = (name) => oneOf(values, name)
    const filter = filterOf(c, given)
    // What was typed as a date may be anything, so the address has only a mark for it.
    const date = given('date') === '' ? undefined : (filter.date ?? '?')
    return seeOther(c, href('/desk/outbox', { ...(await addressOf(c, filter)), date }))
  })
  .get('/:id', async (c) => {
    const { found, booking } = await readable(c)
    await noteReading(c.var.ctx, 'reading.letter', found.id)
    const letter = await write(c.var.ctx, found, 'show')
    if (!letter) return gone(c, found, c.var.pass.account)
    const resendable = await isResendable(c.var.ctx, found, booking)
    const view = { staff: c.var.pass.account, booking: found.about === 'booking' ? found.subject : null, resendable }
    return c.html(page(LetterPage({ ...viewOf(c, found, letter), ...view })))
  })
  .get('/:id/html', async (c) => {
    const { found } = await readable(c)
    await noteReading(c.var.ctx, 'reading.letter', found.id)
    return bare(c, found, 'show', c.var.pass.account)
  })
  .post('/:id/resend', async (c) => {
    const back = oneOf(await formValues(c), 'back')
    const done = await resend(c.var.ctx, c.req.param('id'))
    c.var.deps.nudge()
    return seeOther(c, listAgain(back, done.ok ? 'resent' : 'cannot'))
  })
