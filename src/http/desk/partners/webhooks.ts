import { type Context, Hono } from 'hono'
import { NewWebhookPage } from '../../../../templates/desk/webhooks/form.tsx'
import { WebhooksPage } from '../../../../templates/desk/webhooks/list.tsx'
import { DeleteWebhookPage, WebhookPage, type WebhookRefusal } from '../../../../templates/desk/webhooks/page.tsx'
import { page } from '../../../../templates/layout.tsx'
import { requireDesk } from '../../../base/actor.ts'
import { fingerprint } from '../../../base/fingerprint.ts'
import { newId } from '../../../base/id.ts'
import type { Faults } from '../../../base/input.ts'
import { addWebhook } from '../../../webhooks/add-webhook.ts'
import { deletedWebhookFields, deleteWebhook } from '../../../webhooks/delete-webhook.ts'
import { editWebhook } from '../../../webhooks/edit-webhook.ts'
import { pauseWebhook } from '../../../webhooks/pause-webhook.ts'
import { choices, deliveriesOf, keptWebhook, webhooks } from '../../../webhooks/queries.ts'
import { resumeWebhook } from '../../../webhooks/resume-webhook.ts'
import { rotateSecret } from '../../../webhooks/rotate-secret.ts'
import { sendAgain } from '../../../webhooks/send-again.ts'
import { showSecret } from '../../../webhooks/show-secret.ts'
import type { Webhook } from '../../../webhooks/webhook.ts'
import { seeOther, statusFor } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { formValues, oneOf, pageNumber, type Values } from '../../forms.ts'
import { showsForm } from '../../look.ts'
import { deskView, typedBeside } from '../view.ts'

const idOf = (c: Context<Env>) => c.req.param('id') ?? ''

async function adding(
  c: Context<Env>,
  values: Values,
  { errors = {}, refusal = null }: { errors?: Faults; refusal?: 'used' | 'changed' | null } = {},
) {
  requireDesk(c.var.ctx.actor)
  if (refusal) c.set('refused', refusal)
  const view = { ...deskView(c), ...(await choices(c.var.ctx)), values, errors, refusal }
  return c.html(page(NewWebhookPage(view)), statusFor({ refusal, errors }))
}

async function add(c: Context<Env>) {
  const { ctx } = c.var
  requireDesk(ctx.actor)
  const values = await formValues(c)
  if (showsForm(c)) return adding(c, values)
  const done = await addWebhook(ctx, values)
  if (done.ok) return seeOther(c, `/desk/webhooks/${done.webhook}?done=added`)
  if (done.why === 'invalid') return adding(c, values, { errors: done.errors })
  // Sent once more, deliberately, it is another webhook: the form gets another key.
  return adding(c, { ...values, key: newId(ctx.clock.now()) }, { refusal: done.why })
}

const valuesOf = ({ url, types, revision }: Webhook): Values => ({ url, types, revision: String(revision) })

type Shown = { values?: Values; errors?: Faults; refusal?: WebhookRefusal | null; secret?: string | null }

/** The page of a webhook: as it is, or with what was typed and why that was refused. */
async function shown(c: Context<Env>, { values, errors = {}, refusal = null, secret = null }: Shown = {}) {
  const { ctx } = c.var
  const { webhook } = await keptWebhook(ctx, idOf(c))
  const now = valuesOf(webhook)
  const typed = values && (refusal === 'changed' ? typedBeside(c, values, now) : values)
  const number = pageNumber(c.req.query('page') ?? '')
  const found = await deliveriesOf(ctx, webhook, number)
  if (refusal) c.set('refused', refusal)
  const view = { ...deskView(c), webhook, ...found, page: number, values: typed ?? now, errors, refusal, secret }
  return c.html(page(WebhookPage({ ...view, done: c.req.query('done') })), statusFor({ refusal, errors }))
}

async function edit(c: Context<Env>) {
  await keptWebhook(c.var.ctx, idOf(c))
  const values = await formValues(c)
  if (showsForm(c)) return shown(c, { values })
  const done = await editWebhook(c.var.ctx, idOf(c), values)
  if (done.ok) return seeOther(c, `/desk/webhooks/${idOf(c)}?done=saved`)
  return shown(c, { values, ...(done.why === 'invalid' ? { errors: done.errors } : { refusal: done.why }) })
}

/** Runs an act that is one button, and leads back to the page. */
async function pressed(
  c: Context<Env>,
  said: 'rotated' | 'paused' | 'resumed' | 'again',
  act: () => Promise<{ ok: true } | { ok: false; why: WebhookRefusal }>,
) {
  const done = await act()
  if (!done.ok) return shown(c, { refusal: done.why })
  c.var.deps.nudge()
  return seeOther(c, `/desk/webhooks/${idOf(c)}?done=${said}`)
}

async function asksToDelete(c: Context<Env>, refusal: 'changed' | null = null) {
  const { webhook } = await keptWebhook(c.var.ctx, idOf(c))
  if (refusal) c.set('refused', refusal)
  const seen = await fingerprint(deletedWebhookFields(webhook))
  const view = { ...deskView(c), webhook, shown: seen, changed: refusal !== null }
  return c.html(page(DeleteWebhookPage(view)), statusFor({ refusal }))
}

/** `/desk/webhooks`: what other systems hear of sessions. For desks and the secretariat. */
export const webhookRoutes = new Hono<Env>()
  .get('/', async (c) => {
    const { ctx } = c.var
    const found = await webhooks(ctx)
    const { none } = await choices(ctx)
    const view = { ...deskView(c), webhooks: found, none, done: c.req.query('done') }
    return c.html(page(WebhooksPage(view)))
  })
  .get('/new', (c) => adding(c, { key: newId(c.var.ctx.clock.now()) }))
  .post('/new', (c) => add(c))
  .get('/:id', (c) => shown(c))
  .post('/:id', (c) => edit(c))
  .post('/:id/secret', async (c) => {
    const done = await showSecret(c.var.ctx, idOf(c))
    return shown(c, done.ok ? { secret: done.secret } : { refusal: done.why })
  })
  .post('/:id/rotate', (c) => pressed(c, 'rotated', () => rotateSecret(c.var.ctx, idOf(c))))
  .post('/:id/pause', (c) => pressed(c, 'paused', () => pauseWebhook(c.var.ctx, idOf(c))))
  .post('/:id/resume', (c) => pressed(c, 'resumed', () => resumeWebhook(c.var.ctx, idOf(c))))
  .post('/:id/again', async (c) => {
    const delivery = oneOf(await formValues(c), 'delivery')
    return pressed(c, 'again', () => sendAgain(c.var.ctx, idOf(c), delivery === '' ? 'all' : { delivery }))
  })
  .get('/:id/delete', (c) => asksToDelete(c))
  .post('/:id/delete', async (c) => {
    const values = await formValues(c)
    if (showsForm(c)) return asksToDelete(c)
    const done = await deleteWebhook(c.var.ctx, idOf(c), values)
    return done.ok ? seeOther(c, '/desk/webhooks?done=deleted') : asksToDelete(c, done.why)
  })
