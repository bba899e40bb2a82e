import { type Context, Hono } from 'hono'
import { page } from '../../../templates/layout.tsx'
import {
  ConsultDone,
  RequestErasedPage,
  RequestPage,
  RequestQuestion,
  type Shown,
} from '../../../templates/public/consult/request.tsx'
import { consultTexts } from '../../../templates/text/consult.ts'
import { fingerprint, shownIn } from '../../base/fingerprint.ts'
import { NotFound } from '../../base/outcome.ts'
import { isOpenRequest } from '../../base/vocabulary.ts'
import { entitlementOf, leadOf, requestByToken } from '../../matching/queries.ts'
import { requestFields } from '../../matching/request.ts'
import { requestView } from '../../matching/view.ts'
import { withdrawRequest } from '../../matching/withdraw-request.ts'
import { eraseRequest } from '../../retention/erase-request.ts'
import { seeOther, statusFor } from '../answer.ts'
import type { Env } from '../env.ts'
import { formValues } from '../forms.ts'
import { tokenIn } from '../token.ts'

type Act = 'withdraw' | 'erase'

/** The request whose link was opened. Throws `NotFound` for an unknown token. */
async function held(c: Context<Env>): Promise<Shown> {
  const { ctx, frame } = c.var
  const token = tokenIn(c)
  const row = await requestByToken(ctx, token)
  if (!row) throw new NotFound('request')
  const lead = await leadOf(ctx, row.id)
  const profile = lead && (frame.locale === 'en' && lead.profile_en !== '' ? lead.profile_en : lead.profile_ja)
  const expert = lead ? { name: lead.name, profile: profile ?? '' } : null
  return { frame, request: requestView(row, await entitlementOf(ctx, row)), token, expert }
}

/** The page of a request, with what an act did or why it was refused. */
async function show(c: Context<Env>, refused: 'closed' | 'changed' | null = null) {
  const shown = await held(c)
  if (refused) c.set('refused', refused)
  const refusal = refused && consultTexts(shown.frame.locale).page.refused[refused]
  const done = c.req.query('done') === 'withdrawn'
  return c.html(page(RequestPage({ ...shown, done, refusal })), statusFor({ refusal }))
}

/** Asks before an act. `changed`: the request is not as it was shown before. */
async function question(c: Context<Env>, act: Act, changed = false) {
  const view = await held(c)
  if (act === 'withdraw' && !isOpenRequest(view.request)) return show(c)
  if (changed) c.set('refused', 'changed')
  const shown = await fingerprint(requestFields(view.request))
  return c.html(page(RequestQuestion({ ...view, act, shown, changed })), statusFor({ refusal: changed }))
}

/**
 * `/c/:token`: the firm's request. Reading changes nothing. No cache keeps the page, and no other site gets its address.
 */
export const requestRoutes = new Hono<Env>()
  .use(async (c, next) => {
    c.header('Cache-Control', 'no-store')
    c.header('X-Robots-Tag', 'noindex')
    await next()
  })
  .get('/erased', (c) => c.html(page(RequestErasedPage({ frame: c.var.frame }))))
  .get('/:token', (c) => show(c))
  .get('/:token/done', async (c) => {
    const view = await held(c)
    if (view.request.state !== 'matching') return seeOther(c, `/c/${view.token}`)
    return c.html(page(ConsultDone(view)))
  })
  .get('/:token/withdraw', (c) => question(c, 'withdraw'))
  .post('/:token/withdraw', async (c) => {
    const { ctx, deps } = c.var
    const token = tokenIn(c)
    const done = await withdrawRequest(ctx, { token, shown: shownIn(await formValues(c)) })
    deps.nudge()
    if (done.ok) return seeOther(c, `/c/${token}?done=withdrawn`)
    return done.why === 'changed' ? question(c, 'withdraw', true) : show(c, done.why)
  })
  .get('/:token/erase', (c) => question(c, 'erase'))
  .post('/:token/erase', async (c) => {
    const done = await eraseRequest(c.var.ctx, { token: tokenIn(c), shown: shownIn(await formValues(c)) })
    c.var.deps.nudge()
    return done.ok ? seeOther(c, '/c/erased') : question(c, 'erase', true)
  })
