import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { consultTexts } from '../../../templates/text/consult.ts'
import { texts } from '../../../templates/text/index.ts'
import { fingerprint, shownIn } from '../../base/fingerprint.ts'
import { isLocale, type Locale } from '../../base/locale.ts'
import type { Ctx } from '../../context.ts'
import { type Asked, ask } from '../../matching/ask.ts'
import { entitlementOf, leadOf, requestById, requestByToken } from '../../matching/queries.ts'
import { requestFields, requestToken } from '../../matching/request.ts'
import { withdrawRequest } from '../../matching/withdraw-request.ts'
import type { RequestRow } from '../../store/schema.ts'
import { refusedStatus } from '../answer.ts'
import type { Env } from '../env.ts'
import { faultTexts, problem } from '../problem.ts'
import { bearerToken, jsonBody } from './json-body.ts'
import type { RequestShape } from './shapes.ts'

async function shapeOf(ctx: Ctx, row: RequestRow): Promise<RequestShape> {
  const entitled = await entitlementOf(ctx, row)
  const [allowed, used] = [entitled ? entitled.allowed + entitled.excess : 0, entitled?.used ?? 0]
  const lead = await leadOf(ctx, row.id)
  const token = await requestToken(ctx, row)
  return {
    id: row.id,
    number: row.number,
    status: row.state,
    visits: { allowed, used, left: Math.max(0, allowed - used) },
    expert: lead ? { name: lead.name, profile: { ja: lead.profile_ja, en: lead.profile_en } } : null,
    manage_url: token && `${ctx.config.publicUrl}/c/${token}`,
    shown: await fingerprint(requestFields(row)),
  }
}

async function told(c: Context<Env>, row: RequestRow | undefined, status: 200 | 201 = 200) {
  if (!row) throw new Error('a request just made or changed is not there')
  c.header('Cache-Control', 'no-store')
  return c.json({ request: await shapeOf(c.var.ctx, row) }, status)
}

/** The request of the bearer token. Answers 401 without a valid token, 403 with the token of another request. */
async function held(c: Context<Env>): Promise<{ row: RequestRow; token: string }> {
  const token = bearerToken(c)
  const row = token === undefined ? undefined : await requestByToken(c.var.ctx, token)
  if (token === undefined || !row) {
    c.header('WWW-Authenticate', 'Bearer')
    throw new HTTPException(401)
  }
  if (row.id !== c.req.param('id')) throw new HTTPException(403)
  return { row, token }
}

function refusal(c: Context<Env>, done: Exclude<Asked, { ok: true }>, locale: Locale) {
  const { refused, usedUp, labels } = consultTexts(locale).form
  if (done.why === 'invalid') {
    const { key, ...faults } = done.errors
    const said = faultTexts(locale, faults, labels)
    const errors = key === undefined ? said : { ...said, 'Idempotency-Key': texts(locale).apiKey }
    return problem(c, 422, 'invalid', { errors, locale })
  }
  if (done.why === 'used_up')
    return problem(c, 409, 'used_up', { locale, title: usedUp(done.used).what, used: done.used })
  return problem(c, refusedStatus(c, done.why), done.why, { locale, title: refused[done.why].what })
}

/** `POST /requests` applies for an expert. `GET /requests/:id` and `POST /requests/:id/withdraw` are for its firm. */
export const requestRoutes = new Hono<Env>()
  .post('/', async (c) => {
    const { ctx, deps } = c.var
    const given = await jsonBody(c)
    if (!given) return problem(c, 422, 'invalid', { errors: { body: texts(ctx.locale).apiBody } })
    const locale = typeof given.locale === 'string' && isLocale(given.locale) ? given.locale : ctx.locale
    const done = await ask(ctx, given, { channel: 'api', key: c.req.header('idempotency-key') })
    deps.nudge()
    if (!done.ok) return refusal(c, done, locale)
    return told(c, await requestById(ctx, done.request), done.again ? 200 : 201)
  })
  .get('/:id', async (c) => told(c, (await held(c)).row))
  .post('/:id/withdraw', async (c) => {
    const { ctx, deps } = c.var
    const { token } = await held(c)
    const done = await withdrawRequest(ctx, { token, shown: shownIn(await c.req.json().catch(() => null)) })
    deps.nudge()
    if (done.ok) return told(c, await requestById(ctx, done.request))
    return problem(c, 409, done.why, { title: consultTexts(ctx.locale).page.refused[done.why].what })
  })
