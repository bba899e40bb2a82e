import { hmac } from '../../src/base/token.ts'
import { book } from '../../src/booking/book.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { tick } from '../../src/clockwork.ts'
import type { Ctx } from '../../src/context.ts'
import { type Delivered, deliver } from '../../src/mail/deliver.ts'
import type { Mailer } from '../../src/mail/mailer.ts'
import type { OutboxRow } from '../../src/store/schema.ts'
import { application, freshKey, type World, world } from '../world.ts'

/** A world whose letters wait to be sent. The mailer knows the server. */
export function mailWorld(options: Parameters<typeof world>[0] = {}): Promise<World> {
  const env = {
    SMTP_URL: 'smtp://mail.invalid',
    MAIL_FROM: 'テレワーク窓口 <noreply@madoguchi.example>',
    ...options.env,
  }
  return world({ ...options, env })
}

/** Books through the real act; returns the booking's id and its token. */
export async function booked(w: World, changes: Record<string, unknown> = {}): Promise<{ id: string; token: string }> {
  const done = await book(w.ctx, application(changes), { channel: 'web', key: freshKey() })
  if (!done.ok) throw new Error(`not booked: ${JSON.stringify(done)}`)
  return { id: done.booking, token: await hmac(w.ctx.config.secrets[0] ?? '', `${done.booking}.1`) }
}

/** Cancels through the real act. */
export async function cancelled(w: World, { token }: { token: string }): Promise<void> {
  const done = await cancel(w.ctx, { token })
  if (!done.ok) throw new Error(`not cancelled: ${done.why}`)
}

/** One tick of the clockwork, then one round of the sender. */
export async function tickAndSend(ctx: Ctx, mailer: Mailer, owner: string): Promise<Delivered> {
  await tick(ctx)
  return deliver(ctx, mailer, owner)
}

/** The outbox in the order letters leave. */
export function outbox(w: World): Promise<OutboxRow[]> {
  return w.ctx.store.db
    .selectFrom('outbox')
    .selectAll()
    .orderBy('sequence')
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}
