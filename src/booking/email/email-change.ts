import { plusMinutes } from '../../base/clock.ts'
import { newId } from '../../base/id.ts'
import { ADDRESSED, CHANGES, READDRESSED } from '../../base/letters.ts'
import { standingLetter } from '../../base/standing.ts'
import { sha256, tokenColumns, tokenUnder } from '../../base/token.ts'
import { capLetter } from '../../caps/letter.ts'
import type { Ctx } from '../../context.ts'
import { queue } from '../../store/outbox.ts'
import type { EmailChangeRow } from '../../store/schema.ts'
import type { Write } from '../../store/store.ts'
import type { Booking } from '../booking.ts'
import { overtakeCalls } from '../write/notify.ts'

/** Hours for which the link to a new address works. */
const EMAIL_HOURS = 24

const linkText = (id: string) => `${id}.email`

/** The token of the link to a new address. Returns null if the secret it was made under is out of service. */
export async function emailChangeToken(
  ctx: Pick<Ctx, 'config'>,
  change: Pick<EmailChangeRow, 'id' | 'secret_id'>,
): Promise<string | null> {
  return tokenUnder(ctx.config.secrets, change.secret_id, linkText(change.id))
}

/** The new address whose link carries this token, also if its time is over, or undefined. */
export async function emailChangeByToken(ctx: Ctx, token: string): Promise<EmailChangeRow | undefined> {
  return ctx.store.db
    .selectFrom('email_change')
    .selectAll()
    .where('token_hash', '=', await sha256(token))
    .executeTakeFirst()
}

/** The new address of a booking that waits for its confirmation, or undefined. */
export async function emailChangeOf(ctx: Ctx, booking: string): Promise<EmailChangeRow | undefined> {
  return ctx.store.db
    .selectFrom('email_change')
    .selectAll()
    .where('booking', '=', booking)
    .where('expires_at', '>', ctx.clock.now())
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Whether two addresses are of one mailbox: they differ in case at most. Null is no address. */
export function isSameMailbox(one: string | null, other: string | null): boolean {
  return one?.toLowerCase() === other?.toLowerCase()
}

/** The writes that withdraw the question to a new address: its link leads nowhere, and its letter does not leave. */
export function withdrawEmailChange(ctx: Ctx, booking: string): Write[] {
  const { db } = ctx.store
  return [
    db.deleteFrom('email_change').where('booking', '=', booking),
    db
      .updateTable('outbox')
      .set({ state: 'superseded', updated_at: ctx.clock.now() })
      .where('about', '=', 'email_change')
      .where('subject', '=', booking)
      .where('kind', '=', 'confirm_email')
      .where('state', '=', 'waiting'),
  ]
}

/** The writes that turn the last unsent letter into a call. The booking has no address any more. */
function callsInstead(ctx: Ctx, booking: string): Write[] {
  const { db } = ctx.store
  const now = ctx.clock.now()
  const unsent = db
    .selectFrom('outbox as unsent')
    .select('unsent.id')
    .where('unsent.about', '=', 'booking')
    .where('unsent.subject', '=', booking)
    .where('unsent.channel', '=', 'mail')
    .where('unsent.state', '=', 'waiting')
    .where('unsent.kind', 'in', CHANGES)
  const last = unsent
    .orderBy('unsent.sequence', 'desc')
    .orderBy('unsent.created_at', 'desc')
    .orderBy('unsent.id', 'desc')
  return [
    ...overtakeCalls(ctx, [booking], unsent),
    db
      .updateTable('outbox')
      .set({ channel: 'phone', due_at: now, attempts: 0, fault: null, updated_at: now })
      .where('id', 'in', last.limit(1)),
  ]
}

/**
 * The letters after the e-mail address of a booking changed. The new one gets the state of the booking, and the calls
 * about it are off the call list. The old one gets no details. Null is no address: what its holder was not told yet is
 * a call. A question to another address is withdrawn. `change` names the change.
 */
export function readdressLetters(ctx: Ctx, booking: Booking, email: string | null, change: string): Write[] {
  const { id: subject, sequence, locale, email: left } = booking
  const dedupe_key = `${left === null ? ADDRESSED : READDRESSED} ${change}`
  const letter = { subject, sequence, locale, dedupe_key }
  return [
    ...withdrawEmailChange(ctx, subject),
    ...(email === null
      ? callsInstead(ctx, subject)
      : [...overtakeCalls(ctx, [subject]), queue(ctx, { ...letter, kind: standingLetter(booking) })]),
    ...(left === null ? [] : [queue(ctx, { ...letter, kind: 'left_email', before: JSON.stringify({ email: left }) })]),
  ]
}

/** The writes that ask a new address for its confirmation, instead of one asked before. The letter counts for its cap. */
export async function emailChangeWrites(ctx: Ctx, booking: Booking, email: string): Promise<Write[]> {
  const { db } = ctx.store
  const now = ctx.clock.now()
  const id = newId(now)
  const { locale, sequence } = booking
  const row = {
    id,
    booking: booking.id,
    email,
    ...(await tokenColumns(ctx.config.secrets, linkText(id))),
    expires_at: plusMinutes(now, EMAIL_HOURS * 60),
    created_at: now,
  }
  const letter = { kind: 'confirm_email' as const, subject: booking.id, sequence, locale, dedupe_key: id }
  return [
    ...withdrawEmailChange(ctx, booking.id),
    db.insertInto('email_change').values(row),
    ...(await capLetter(ctx, { email, session: booking.session.id }, letter)),
  ]
}
