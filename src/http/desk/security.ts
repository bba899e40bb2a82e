import { type Context, Hono } from 'hono'
import { ProofPage, SecurityPage } from '../../../templates/desk/security.tsx'
import { page } from '../../../templates/layout.tsx'
import { searchable } from '../../base/input.ts'
import { hasFactor, needsFactor } from '../../people/account.ts'
import { addPasskey } from '../../people/add-passkey.ts'
import { challenge } from '../../people/challenge.ts'
import { dropFactor } from '../../people/drop-factor.ts'
import { dropFeed } from '../../people/drop-feed.ts'
import { endPass } from '../../people/end-pass.ts'
import { makeFeed } from '../../people/make-feed.ts'
import { provePasskey } from '../../people/prove-passkey.ts'
import { proveTotp } from '../../people/prove-totp.ts'
import { passesOf, passkeysOf, staffFeeds } from '../../people/queries.ts'
import { newTotpSecret, totpUri } from '../../people/totp.ts'
import { seeOther } from '../answer.ts'
import type { Env } from '../env.ts'
import { formValues, oneOf } from '../forms.ts'
import { qrImage } from '../qr.ts'
import { dropPass, keepPass, onwards } from './pass.ts'

/** Pages to prove or set up a second factor. Also open to accounts that still lack it. */
export const FACTOR_PAGES = [
  '/desk/proof',
  '/desk/proof/passkey',
  '/desk/proof/passkey/challenge',
  '/desk/security',
  '/desk/security/totp',
  '/desk/security/passkey',
  '/desk/security/passkey/challenge',
  '/desk/sign-out',
]

type Told = { wrong?: boolean; secret?: string; done?: string | undefined; feed?: string | null }

async function security(c: Context<Env>, told: Told = {}) {
  const { wrong = false, secret = newTotpSecret(), done, feed = null } = told
  const { ctx, frame, pass } = c.var
  const { account } = pass
  const uri = totpUri(secret, account.email, 'Madoguchi')
  const view = {
    frame,
    pass,
    wrong,
    secret,
    done,
    feed,
    feeds: await staffFeeds(ctx),
    qr: account.totp ? '' : await qrImage(uri),
    passes: await passesOf(ctx),
    passkeys: await passkeysOf(ctx, account.id),
    needed: needsFactor(ctx, account.role) && !hasFactor(account),
  }
  return c.html(page(SecurityPage(view)), wrong ? 422 : 200)
}

/** Factors may change only after proof. Otherwise setting up a new one would bypass the old one. */
const mayChange = (c: Context<Env>) => c.var.pass.proven || !hasFactor(c.var.pass.account)

/** `/desk/proof` asks for the second factor. `/desk/security` shows the account's factors and signed-in browsers. */
export const securityRoutes = new Hono<Env>()
  .get('/proof', (c) => {
    const view = { frame: c.var.frame, pass: c.var.pass, to: onwards(c.req.query('to')), wrong: false }
    return c.html(page(ProofPage(view)))
  })
  .post('/proof', async (c) => {
    const { ctx, frame, pass } = c.var
    const values = await formValues(c)
    const to = onwards(oneOf(values, 'to'))
    const done = await proveTotp(ctx, pass.id, oneOf(values, 'code'))
    if (!done.ok) return c.html(page(ProofPage({ frame, pass, to, wrong: true })), 422)
    keepPass(c, done.token)
    return seeOther(c, to)
  })
  .post('/proof/passkey/challenge', async (c) => c.json((await challenge(c.var.ctx, c.var.pass, 'prove')).options))
  .post('/proof/passkey', async (c) => {
    const done = await provePasskey(c.var.ctx, c.var.pass, await c.req.json().catch(() => null))
    if (done.ok) keepPass(c, done.token)
    return c.json({ ok: done.ok }, done.ok ? 200 : 422)
  })
  .get('/security', async (c) => {
    if (!mayChange(c)) return seeOther(c, '/desk/proof')
    return security(c, { done: c.req.query('done') })
  })
  .post('/security/totp', async (c) => {
    const values = await formValues(c)
    const secret = oneOf(values, 'secret')
    if (!mayChange(c) || !/^[A-Z2-7]{32}$/.test(secret)) return seeOther(c, '/desk/security')
    const done = await proveTotp(c.var.ctx, c.var.pass.id, oneOf(values, 'code'), secret)
    if (!done.ok) return security(c, { wrong: true, secret })
    keepPass(c, done.token)
    return seeOther(c, '/desk/security?done=totp')
  })
  .post('/security/passkey/challenge', async (c) => {
    if (!mayChange(c)) return seeOther(c, '/desk/proof')
    return c.json((await challenge(c.var.ctx, c.var.pass, 'add')).options)
  })
  .post('/security/passkey', async (c) => {
    if (!mayChange(c)) return seeOther(c, '/desk/proof')
    const agent = c.req.header('user-agent') ?? ''
    const done = await addPasskey(c.var.ctx, c.var.pass, await c.req.json().catch(() => null), agent)
    if (done.ok) keepPass(c, done.token)
    return c.json({ ok: done.ok }, done.ok ? 200 : 422)
  })
  .post('/security/drop', async (c) => {
    const passkey = searchable(oneOf(await formValues(c), 'passkey'))
    const done = await dropFactor(c.var.ctx, c.var.pass.id, passkey === '' ? null : passkey)
    return seeOther(c, `/desk/security?done=${done.ok ? 'dropped' : 'kept'}`)
  })
  .post('/security/feeds', async (c) => {
    const { ctx } = c.var
    const done = await makeFeed(ctx, await formValues(c))
    return security(c, done.ok ? { feed: `${ctx.config.publicUrl}/desk/feeds/${done.token}.ics` } : {})
  })
  .post('/security/feeds/:id/drop', async (c) => {
    await dropFeed(c.var.ctx, c.req.param('id'))
    return seeOther(c, '/desk/security?done=feed')
  })
  .post('/security/end', async (c) => {
    await endPass(c.var.ctx, searchable(oneOf(await formValues(c), 'pass')))
    return seeOther(c, '/desk/security?done=ended')
  })
  .post('/sign-out', async (c) => {
    await endPass(c.var.ctx, c.var.pass.id)
    dropPass(c)
    return seeOther(c, '/desk/sign-in')
  })
