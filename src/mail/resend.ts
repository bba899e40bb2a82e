import { canManage, requireDesk } from '../base/actor.ts'
import { BOOKING_LETTERS, meaningOf } from '../base/letters.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Booking } from '../booking/booking.ts'
import { bookingById } from '../booking/queries.ts'
import type { Ctx } from '../context.ts'
import { expectSome } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { lockDelivery } from '../store/outbox.ts'
import { refusalFor } from '../store/retry.ts'
import type { OutboxRow } from '../store/schema.ts'
import { type DeskLetterLine, letterById } from './queries.ts'
import { wouldLeave, write } from './write.ts'

/** Queued again. Refuses `closed` if the letter is under way, overtaken or past, or if no mail is sent here. */
export type Resent = Ok<{ letter: string }> | Refused<'closed'>

/** Whether a letter was given up or sent, and its booking has not changed since. */
function mayResend(
  ctx: Ctx,
  row: Pick<OutboxRow, 'kind' | 'channel' | 'state' | 'sequence'>,
  booking: Pick<Booking, 'sequence'> | undefined,
): boolean {
  if (ctx.config.smtpUrl === null || row.channel !== 'mail' || !booking) return false
  if (meaningOf(row.kind).about !== 'booking') return false
  if (row.state === 'failed' && meaningOf(row.kind).change !== true) return true
  return (row.state === 'failed' || row.state === 'sent') && row.sequence === booking.sequence
}

/** Lines of a list, a hundred at most, each with whether `resend` would send it again for the actor. */
export async function withResend<Line extends DeskLetterLine>(
  ctx: Ctx,
  lines: readonly Line[],
): Promise<(Line & { again: boolean })[]> {
  const asked = lines.flatMap((line) => {
    const kind = BOOKING_LETTERS.find((one) => one === line.kind)
    const may = canManage(ctx.actor, line.prefecture) && mayResend(ctx, line, { sequence: line.current })
    return may && kind ? [{ ...line, kind, subject: line.booking }] : []
  })
  const leave = asked.length === 0 ? new Set() : await wouldLeave(ctx, asked)
  return lines.map((line) => ({ ...line, again: leave.has(line.id) }))
}

/** Whether `resend` would send a letter again for the actor, who may change its prefecture. */
export async function isResendable(ctx: Ctx, row: OutboxRow, booking: Booking | undefined): Promise<boolean> {
  if (!booking || !canManage(ctx.actor, booking.session.prefecture) || !mayResend(ctx, row, booking)) return false
  return (await write(ctx, row, 'send')) !== null
}

/**
 * Sends a letter again that was given up, or that somebody says never came. It is written from the current state, and its
 * attempts start from zero. For the desk of the booking's prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function resend(ctx: Ctx, id: string): Promise<Resent> {
  const row = await letterById(ctx, id)
  const booking = row?.about === 'booking' ? await bookingById(ctx, row.subject) : undefined
  if (!row || !booking) throw new NotFound('letter')
  requireDesk(ctx.actor, booking.session.prefecture)
  if (!mayResend(ctx, row, booking)) return refused('closed')
  // Nothing would leave of what is past: the letter stays as it was.
  if ((await write(ctx, row, 'send')) === null) return refused('closed')
  const { db } = ctx.store
  const now = ctx.clock.now()
  const asRead = db.selectFrom('outbox').select('id').where('id', '=', id)
  const done = await ctx.store.commit(
    lockDelivery(ctx, id),
    expectSome(ctx, asRead.where('state', '=', row.state).where('attempts', '=', row.attempts)),
    db
      .updateTable('outbox')
      .set({ state: 'waiting', due_at: now, attempts: 0, fault: null, updated_at: now })
      .where('id', '=', id),
    note(ctx, 'letter.resent', booking.id, { letter: id, kind: row.kind }),
  )
  return done.ok ? ok({ letter: id }) : refusalFor(done, { still_true: 'closed' })
}
