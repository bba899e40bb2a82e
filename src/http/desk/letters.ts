import { type Context, Hono } from 'hono'
import {
  DeskLettersPage,
  LETTER_STATES,
  LetterGonePage,
  LetterPage,
  LettersPage,
} from '../../../templates/desk/letters.tsx'
import { page } from '../../../templates/layout.tsx'
import { canManage, requireReader } from '../../base/actor.ts'
import { addDays, civilDate } from '../../base/japan/civil.ts'
import { NotFound } from '../../base/outcome.ts'
import { bookingById } from '../../booking/queries.ts'
import { isLoopback } from '../../config.ts'
import { interestById } from '../../interest/queries.ts'
import type { Letter } from '../../mail/letters.ts'
import { deskLetters, letterById, letters } from '../../mail/queries.ts'
import { mayResend, resend } from '../../mail/resend.ts'
import { type Use, write } from '../../mail/write.ts'
import type { Account } from '../../people/account.ts'
import { noteReading } from '../../people/note-reading.ts'
import type { OutboxRow } from '../../store/schema.ts'
import { seeOther } from '../answer.ts'
import type { Env } from '../env.ts'
import { known, requireKnown } from '../filter.ts'
import { pageNumber } from '../forms.ts'
import { deskView } from './view.ts'

/** Letters are listed for sessions of the last so many days. */
const PAST_DAYS = 60

async function asked(c: Context<Env>): Promise<OutboxRow> {
  const found = await letterById(c.var.ctx, c.req.param('id') ?? '')
  if (!found) throw new NotFound('letter')
  return found
}

/** The letter alone, as a mail program shows it. */
async function bare(c: Context<Env>, found: OutboxRow, use: Use, staff: Account | null) {
  const letter = await write(c.var.ctx, found, use)
  return letter ? c.html(letter.html) : gone(c, found, staff)
}

function viewOf(c: Context<Env>, row: OutboxRow, { subject, text, from, to, calendar }: Letter) {
  const address = (one: Letter['to']) => (one.name === '' ? one.address : `${one.name} <${one.address}>`)
  const html = `/desk/letters/${c.req.param('id')}/html`
  const { frame } = c.var
  return { frame, row, subject, text, html, from: address(from), to: address(to), calendar: calendar?.content ?? null }
}

/** The page instead of a letter whose link or address is gone, 410. */
function gone(c: Context<Env>, { kind }: OutboxRow, staff: Account | null) {
  return c.html(page(LetterGonePage({ frame: c.var.frame, staff, kind })), 410)
}

/**
 * `/desk/letters` in development without mail: the kept letters. Anybody who can open the page reads them all. Answers 404
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

/** A letter of the actor's prefectures, about a booking or an interest. Answers 404 for letters to sign in. */
async function readable(c: Context<Env>): Promise<{ found: OutboxRow; prefecture: string; again: boolean }> {
  const found = await asked(c)
  const booking = found.about === 'booking' ? await bookingById(c.var.ctx, found.subject) : undefined
  const interest = found.about === 'interest' ? await interestById(c.var.ctx, found.subject) : undefined
  const prefecture = booking?.session.prefecture ?? interest?.session_view.prefecture
  if (prefecture === undefined) throw new NotFound('letter')
  requireReader(c.var.ctx.actor, prefecture)
  return { found, prefecture, again: mayResend(c.var.ctx, found, booking) }
}

/** `/desk/letters`: letters sent, letters that failed and why, and sending again. */
export const letterRoutes = new Hono<Env>()
  .get('/', async (c) => {
    const { ctx } = c.var
    requireKnown(c, 'state', 'page', 'done')
    const state = known(LETTER_STATES, c.req.query('state'))
    const at = pageNumber(c.req.query('page') ?? '')
    const found = await deskLetters(ctx, { state, since: addDays(civilDate(ctx.clock.now()), -PAST_DAYS) }, at)
    return c.html(page(DeskLettersPage({ ...deskView(c), state, at, ...found, done: c.req.query('done') })))
  })
  .get('/:id', async (c) => {
    const { found, prefecture, again } = await readable(c)
    await noteReading(c.var.ctx, 'reading.letter', found.id)
    const letter = await write(c.var.ctx, found, 'show')
    if (!letter) return gone(c, found, c.var.pass.account)
    const resendable = again && canManage(c.var.ctx.actor, prefecture)
    const view = { staff: c.var.pass.account, booking: found.about === 'booking' ? found.subject : null, resendable }
    return c.html(page(LetterPage({ ...viewOf(c, found, letter), ...view })))
  })
  .get('/:id/html', async (c) => bare(c, (await readable(c)).found, 'show', c.var.pass.account))
  .post('/:id/resend', async (c) => {
    const done = await resend(c.var.ctx, c.req.param('id'))
    c.var.deps.nudge()
    return seeOther(c, `/desk/letters?done=${done.ok ? 'resent' : 'cannot'}`)
  })
