import { type Context, Hono } from 'hono'
import { ProofPage } from '../../../templates/desk/proof/page.tsx'
import { SecurityPage } from '../../../templates/desk/security.tsx'
import { page } from '../../../templates/layout.tsx'
import { type Faults, searchable } from '../../base/input.ts'
import { hasFactor, needsFactor } from '../../people/account.ts'
import { addPasskey } from '../../people/add-passkey.ts'
import { askToSignIn } from '../../people/ask-to-sign-in.ts'
import { challenge } from '../../people/challenge.ts'
import { dropFactor } from '../../people/drop-factor.ts'
import { dropFeed } from '../../people/drop-feed.ts'
import { endPass } from '../../people/end-pass.ts'
import { makeFeed } from '../../people/make-feed.ts'
import { provePasskey } from '../../people/prove-passkey.ts'
import { proveTotp } from '../../people/prove-totp.ts'
import { passesOf, passkeysOf, staffFeeds } from '../../people/queries.ts'
import { recoveryLeft } from '../../people/recovery/codes.ts'
import { makeRecoveryCodes } from '../../people/recovery/make-codes.ts'
import { proveByRecoveryCode } from '../../people/recovery/prove-by-code.ts'
import { signIn } from '../../people/sign-in.ts'
import { newTotpSecret, totpUri } from '../../people/totp.ts'
import { seeOther, statusFor } from '../answer.ts'
import type { Env } from '../env.ts'
import { formValues, oneOf, type Values } from '../forms.ts'
import { showsForm } from '../look.ts'
import { keepKeys } from '../open.ts'
import { onwards } from '../proof.ts'
import { qrImage } from '../qr.ts'
import { dropPass, keepPass, lacks, remember, rememberedBy } from './pass.ts'

/** Pages to prove or set up a second factor. Also open to accounts that still lack it. */
export const FACTOR_PAGES = [
  '/desk/proof',
  '/desk/proof/passkey',
  '/desk/proof/passkey/challenge',
  '/desk/proof/again',
  '/desk/proof/letter',
  '/desk/security',
  '/desk/security/totp',
  '/desk/security/passkey',
  '/desk/security/passkey/challenge',
  '/desk/sign-out',
]

type Told = {
  wrong?: boolean
  secret?: string
  done?: string | undefined
  feed?: string | null
  codes?: string[] | null
  /** The form for a feed, as it was refused. */
  naming?: { values: Values; errors: Faults }
}

async function security(c: Context<Env>, told: Told = {}) {
  const { wrong = false, secret = newTotpSecret(), done, feed = null, codes = null } = told
  const { naming = { values: {}, errors: {} } } = told
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
    codes,
    naming,
    left: await recoveryLeft(ctx, account.id),
    feeds: await staffFeeds(ctx),
    qr: account.totp ? '' : await qrImage(uri),
    passes: await passesOf(ctx),
    passkeys: await passkeysOf(ctx, account.id),
    needed: needsFactor(ctx, account.role) && !hasFactor(account),
  }
  return c.html(page(SecurityPage(view)), statusFor({ errors: wrong ? { code: 'choice' } : naming.errors }))
}

/** The proof asked for again. `kept` is a form that was sent and waits for it; null if a page was asked for. */
function asking(c: Context<Env>, kept: Values | null, told: { wrong?: boolean; sent?: boolean } = {}) {
  const { wrong = false, sent = false } = told
  const { frame, pass } = c.var
  const view = { frame, pass, to: onwards(c.req.query('to')), kept, wrong, sent }
  return c.html(page(ProofPage(view)), wrong ? 422 : 200)
}

/** The fields of a form that waits for a proof, and the codes beside them. */
async function waiting(c: Context<Env>): Promise<{ code: string; recovery: string; kept: Values | null }> {
  const values = await formValues(c)
  const { proof_code: _, recovery: __, ...kept } = values
  const [code, recovery] = [oneOf(values, 'proof_code'), oneOf(values, 'recovery')]
  return { code, recovery, kept: c.req.query('form') === '1' ? kept : null }
}

/**
 * Proves who acts by a code of the authenticator app, or by a recovery code if one is given. An account without a second
 * factor needs a code of a letter.
 */
async function proven(c: Context<Env>, code: string, recovery: string): Promise<boolean> {
  const { ctx, pass } = c.var
  if (recovery !== '') {
    const done = await proveByRecoveryCode(ctx, pass.id, recovery)
    if (done.ok) keepPass(c, done.token)
    return done.ok
  }
  if (hasFactor(pass.account)) {
    const done = await proveTotp(ctx, pass.id, code)
    if (done.ok) keepPass(c, done.token)
    return done.ok
  }
  const { email } = pass.account
  const done = await signIn(ctx, { email, code }, c.req.header('user-agent') ?? '', rememberedBy(c))
  if (!done.ok) return false
  await endPass(ctx, pass.id)
  keepPass(c, done.token)
  remember(c, done.memory)
  return true
}

/**
 * `/desk/proof` asks for the second factor after sign-in, and again when an act needs a fresh proof. `/desk/security`
 * shows the account's factors and signed-in browsers.
 */
export const securityRoutes = new Hono<Env>()
  .get('/proof', (c) => asking(c, null))
  .post('/proof/letter', async (c) => {
    const { ctx, deps, pass } = c.var
    const { kept } = await waiting(c)
    // A letter is no proof for an account that has a factor.
    if (hasFactor(pass.account)) return asking(c, kept)
    if (showsForm(c)) return asking(c, kept, { sent: true })
    await askToSignIn(ctx, { email: pass.account.email })
    deps.nudge()
    return asking(c, kept, { sent: true })
  })
  .post('/proof/again', async (c) => {
    const { code, recovery, kept } = await waiting(c)
    if (showsForm(c) || !(await proven(c, code, recovery))) return asking(c, kept, { wrong: true, sent: true })
    const to = onwards(c.req.query('to'))
    // 307 makes the browser send the same form there, with all that was typed.
    return kept === null ? seeOther(c, to) : c.redirect(`${c.var.ctx.config.publicUrl}${to}`, 307)
  })
  .post('/proof', async (c) => {
    const values = await formValues(c)
    const { ctx, frame, pass } = c.var
    const to = onwards(oneOf(values, 'to'))
    const done = showsForm(c) ? null : await proveTotp(ctx, pass.id, oneOf(values, 'code'))
    if (!done?.ok) return c.html(page(ProofPage({ frame, pass, to, kept: null, wrong: true, sent: false })), 422)
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
    if (lacks(c.var.ctx, c.var.pass) === 'proof') return seeOther(c, '/desk/proof')
    return security(c, { done: c.req.query('done') })
  })
  .post('/security/totp', async (c) => {
    const values = await formValues(c)
    const secret = oneOf(values, 'secret')
    if (!/^[A-Z2-7]{32}$/.test(secret)) return seeOther(c, '/desk/security')
    const done = showsForm(c) ? null : await proveTotp(c.var.ctx, c.var.pass.id, oneOf(values, 'code'), secret)
    if (!done?.ok) return security(c, { wrong: true, secret })
    keepPass(c, done.token)
    return seeOther(c, '/desk/security?done=totp')
  })
  .post('/security/passkey/challenge', async (c) => {
    return c.json((await challenge(c.var.ctx, c.var.pass, 'add')).options)
  })
  .post('/security/passkey', async (c) => {
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
  .post('/security/codes', async (c) => {
    if (showsForm(c)) return security(c)
    const done = await makeRecoveryCodes(c.var.ctx, c.var.pass.id)
    return done.ok ? security(c, { codes: done.codes }) : seeOther(c, '/desk/security?done=first')
  })
  .post('/security/feeds', async (c) => {
    const { ctx } = c.var
    const values = await formValues(c)
    if (showsForm(c)) return security(c, { naming: { values, errors: {} } })
    const done = await makeFeed(ctx, values)
    if (!done.ok) return security(c, { naming: { values, errors: done.errors } })
    return security(c, { feed: `${ctx.config.publicUrl}/desk/feeds/${done.token}.ics` })
  })
  .post('/security/feeds/:id/drop', async (c) => {
    await dropFeed(c.var.ctx, c.req.param('id'))
    return seeOther(c, '/desk/security?done=feed')
  })
  .post('/security/end', async (c) => {
    await endPass(c.var.ctx, searchable(oneOf(await formValues(c), 'pass')))
    return seeOther(c, '/desk/security?done=ended')
  })
  .post('/security/keys', async (c) => {
    const on = oneOf(await formValues(c), 'keys') === 'on'
    if (!showsForm(c)) keepKeys(c, on)
    return seeOther(c, `/desk/security?done=${on ? 'keys' : 'noKeys'}`)
  })
  .post('/sign-out', async (c) => {
    await endPass(c.var.ctx, c.var.pass.id)
    dropPass(c)
    return seeOther(c, '/desk/sign-in')
  })
