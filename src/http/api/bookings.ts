import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { texts } from '../../../templates/text/index.ts'
import { questionTexts } from '../../../templates/text/questions.ts'
import { type Shown, shownIn } from '../../base/fingerprint.ts'
import type { Faults } from '../../base/input.ts'
import { isLocale, type Locale } from '../../base/locale.ts'
import { ANSWERS, answerField } from '../../base/questions.ts'
import type { NotAdmitted } from '../../booking/admit.ts'
import { amend } from '../../booking/amend.ts'
import { book } from '../../booking/book.ts'
import type { Booking } from '../../booking/booking.ts'
import { cancel } from '../../booking/cancel.ts'
import { move } from '../../booking/move.ts'
import { bookingById, bookingByToken, bookingJustMade } from '../../booking/queries.ts'
import type { Ctx } from '../../context.ts'
import { publicSessionById } from '../../schedule/queries.ts'
import { questionsWithIds } from '../../schedule/questions.ts'
import type { ApiKeyRow } from '../../store/schema.ts'
import { accept } from '../../waitlist/accept.ts'
import { decline } from '../../waitlist/decline.ts'
import { refusedStatus } from '../answer.ts'
import type { Env } from '../env.ts'
import { faultTexts, problem } from '../problem.ts'
import { bearerToken, jsonBody } from './json-body.ts'
import { bookingShape, sessionShape } from './shapes.ts'

/** Field errors in words. The API sends the key in a header, so its error appears under the header's name. */
async function inWords(ctx: Ctx, locale: Locale, { key, ...faults }: Faults): Promise<Record<string, string>> {
  const ids = Object.keys(faults).flatMap((field) => (field.startsWith(ANSWERS) ? [field.slice(ANSWERS.length)] : []))
  const questions = ids.length === 0 ? [] : await questionsWithIds(ctx, ids)
  const labels = Object.fromEntries(questions.map((question) => [answerField(question), question.label[locale]]))
  const said = faultTexts(locale, faults, { companions: questionTexts(locale).companions, ...labels })
  return key === undefined ? said : { ...said, 'Idempotency-Key': texts(locale).apiKey }
}

/** What a client saw of its booking before an act without other input. A body is optional there. */
async function shownTo(c: Context<Env>): Promise<Shown> {
  return shownIn(await c.req.json().catch(() => null))
}

/** The booking of the bearer token. Answers 401 without a valid token, 403 with the token of another booking. */
async function held(c: Context<Env>): Promise<{ booking: Booking; token: string }> {
  const token = bearerToken(c)
  const booking = token && (await bookingByToken(c.var.ctx, token))
  if (!token || !booking) {
    c.header('WWW-Authenticate', 'Bearer')
    throw new HTTPException(401)
  }
  if (booking.id !== c.req.param('id')) throw new HTTPException(403)
  return { booking, token }
}

async function told(c: Context<Env>, booking: Booking | undefined, status: 200 | 201 = 200) {
  if (!booking) throw new Error('a booking just made or changed is not there')
  c.header('Cache-Control', 'no-store')
  return c.json({ booking: await bookingShape(c.var.ctx, booking) }, status)
}

async function refusal(c: Context<Env>, refused: NotAdmitted, locale: Locale) {
  if (refused.why === 'invalid')
    return problem(c, 422, 'invalid', { errors: await inWords(c.var.ctx, locale, refused.errors), locale })
  if (refused.why === 'unknown') return problem(c, 404, 'unknown', { locale })
  const nearest = refused.nearest.map((one) => sessionShape(one, c.var.ctx.config.publicUrl))
  return problem(c, refusedStatus(c, refused.why), refused.why, { nearest, locale })
}

/**
 * Whether a partner may book in a session: its key books, and the session is one of its desk. An unknown one is refused
 * later.
 */
async function mayBookFor(ctx: Ctx, { scope, desk }: ApiKeyRow, id: unknown): Promise<boolean> {
  if (scope !== 'book') return false
  const session = typeof id === 'string' ? await publicSessionById(ctx, id) : undefined
  return session === undefined || session.desk.id === desk
}

/** Runs an act that needs only the manage link, and answers with the booking after it. */
async function answering(c: Context<Env>, act: typeof cancel | typeof accept | typeof decline) {
  const { ctx, deps } = c.var
  const { token } = await held(c)
  const done = await act(ctx, { token, shown: await shownTo(c) })
  deps.nudge()
  return done.ok ? told(c, await bookingById(ctx, done.booking)) : problem(c, 409, done.why)
}

/** `POST /bookings`, `GET` and `PATCH /bookings/:id`, and the acts of its holder: `cancel`, `accept`, `decline`, `move`. */
export const bookingRoutes = new Hono<Env>()
  .post('/', async (c) => {
    const { ctx, deps } = c.var
    const given = await jsonBody(c)
    if (!given) return problem(c, 422, 'invalid', { errors: { body: texts(ctx.locale).apiBody } })
    const locale = typeof given.locale === 'string' && isLocale(given.locale) ? given.locale : ctx.locale
    const { shown, ...asked } = given
    const key = c.req.header('idempotency-key')
    const { partner } = c.var
    if (partner && !(await mayBookFor(ctx, partner, asked.session))) return problem(c, 403, 'forbidden', { locale })
    const origin = { channel: 'api' as const, key, shown: shownIn({ shown }), capped: !partner }
    const done = await book(ctx, asked, origin)
    deps.nudge()
    if (done.ok) return told(c, await bookingJustMade(ctx, done.booking), done.again ? 200 : 201)
    return refusal(c, done, locale)
  })
  .get('/:id', async (c) => told(c, (await held(c)).booking))
  .patch('/:id', async (c) => {
    const { ctx, deps } = c.var
    const { token } = await held(c)
    const given = await jsonBody(c)
    if (!given) return problem(c, 422, 'invalid', { errors: { body: texts(ctx.locale).apiBody } })
    const done = await amend(ctx, { token, shown: shownIn(given) }, given)
    deps.nudge()
    if (done.ok) return told(c, await bookingById(ctx, done.booking))
    if (done.why === 'invalid')
      return problem(c, 422, 'invalid', { errors: await inWords(ctx, ctx.locale, done.errors) })
    return problem(c, refusedStatus(c, done.why), done.why)
  })
  .post('/:id/cancel', (c) => answering(c, cancel))
  .post('/:id/accept', (c) => answering(c, accept))
  .post('/:id/decline', (c) => answering(c, decline))
  .post('/:id/move', async (c) => {
    const { ctx, deps } = c.var
    const { token } = await held(c)
    const given = await jsonBody(c)
    if (!given) return problem(c, 422, 'invalid', { errors: { body: texts(ctx.locale).apiBody } })
    const done = await move(ctx, { token, shown: shownIn(given) }, given)
    deps.nudge()
    return done.ok ? told(c, await bookingById(ctx, done.booking)) : refusal(c, done, ctx.locale)
  })
