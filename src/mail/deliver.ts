import { requireSystem } from '../base/actor.ts'
import { type Instant, plusMinutes } from '../base/clock.ts'
import { meaningOf } from '../base/letters.ts'
import { type SessionStatus, STATUS } from '../base/vocabulary.ts'
import type { Booking } from '../booking/booking.ts'
import { bookingById } from '../booking/queries.ts'
import type { Ctx } from '../context.ts'
import type { Interest } from '../interest/interest.ts'
import { interestById } from '../interest/queries.ts'
import type { OutboxRow } from '../store/schema.ts'
import { surveyState } from '../survey/survey.ts'
import { claim, freeLetters, release, supersede } from './claim.ts'
import { isAboutBooking, type Letter, letterOf } from './letters.ts'
import type { Mailer, Sent } from './mailer.ts'
import { write } from './write.ts'

/** Minutes to wait after the first, second, … failure; the last goes on. */
const PAUSES = [1, 5, 15, 60, 180]

/** A letter is given up two days after it was queued, but never before five attempts. */
const GIVE_UP = { afterMinutes: 2 * 24 * 60, afterAttempts: PAUSES.length }

type Outcome = Partial<OutboxRow> & { state: 'sent' | 'waiting' | 'failed' | 'superseded' }

/** The number of letters by outcome; `waiting` are those to be tried again. */
export type Delivered = Record<Outcome['state'], number>

/** The state of a letter after an attempt. A refusal of the recipient ends it; anything else delays it. */
function outcomeOf(row: OutboxRow, sent: Sent, now: Instant): Outcome {
  if (sent.ok) return { state: 'sent', sent_at: now, fault: null }
  const { fault, permanent } = sent
  const due = plusMinutes(now, PAUSES[Math.min(row.attempts, PAUSES.length) - 1] ?? 0)
  const tired = row.attempts >= GIVE_UP.afterAttempts && due > plusMinutes(row.created_at, GIVE_UP.afterMinutes)
  return permanent || tired ? { state: 'failed', fault } : { state: 'waiting', due_at: due, fault }
}

/** The statuses of a session that nobody can book any more, nor will. */
const OFF: readonly SessionStatus[] = ['called_off', 'skipped', 'held']

/** Whether what a letter says has been overtaken by what happened since it was queued. */
function isOvertaken(row: OutboxRow, booking: Booking, now: Instant): boolean {
  if (row.kind === 'survey') return surveyState(booking, now) !== 'open'
  if (row.kind === 'reminder') return booking.status !== 'booked' || booking.session.date !== row.dedupe_key
  return meaningOf(row.kind).promise === true && STATUS[booking.status].over
}

/** Whether a letter to an interest has nothing left to say or to ask. */
function isInVain(row: OutboxRow, { state, session_view: session }: Interest): boolean {
  if (state === 'ended' || OFF.includes(session.status)) return true
  return row.kind === 'settled' && (session.status === 'postponed' || session.settled !== 'time')
}

/** The letter as it is to be sent now. Returns null if it has been overtaken or has no recipient. */
async function current(ctx: Ctx, row: OutboxRow): Promise<Letter | null> {
  if (isAboutBooking(row)) {
    const booking = await bookingById({ ...ctx, locale: row.locale }, row.subject)
    return booking && !isOvertaken(row, booking, ctx.clock.now()) ? letterOf(ctx, row, booking) : null
  }
  const interest = row.about === 'interest' ? await interestById(ctx, row.subject) : undefined
  return interest && isInVain(row, interest) ? null : write(ctx, row)
}

/** Writes and sends one letter. The outcome is `superseded` if it has been overtaken or has no recipient. */
async function attempt(ctx: Ctx, mailer: Mailer, row: OutboxRow): Promise<Outcome> {
  const letter = await current(ctx, row)
  return letter ? outcomeOf(row, await mailer.send(letter), ctx.clock.now()) : { state: 'superseded' }
}

/** A letter that cannot be written is our fault. It must not stop the others, nor be lost before it is repaired. */
function unwritten(ctx: Ctx, row: OutboxRow, error: unknown): Outcome {
  const name = error instanceof Error ? error.name : 'unknown'
  return outcomeOf(row, { ok: false, permanent: false, fault: `could not be written: ${name}` }, ctx.clock.now())
}

/**
 * Sends up to `limit` due letters, one after the other, as `owner` (a name of this sender alone). Several senders may run
 * at once: each letter is claimed by compare-and-swap. A letter that was sent but not marked is sent again after its
 * claim. So a letter may be repeated, but never lost. `stop` ends the round after the current letter. For the clockwork.
 */
export async function deliver(
  ctx: Ctx,
  mailer: Mailer,
  owner: string,
  limit = 100,
  stop?: AbortSignal,
): Promise<Delivered> {
  requireSystem(ctx.actor)
  const delivered: Delivered = { sent: 0, waiting: 0, failed: 0, superseded: await supersede(ctx) }
  for (let left = limit; left > 0; ) {
    const rows = await freeLetters(ctx, left)
    if (rows.length === 0) break
    left -= rows.length
    for (const row of rows) {
      if (stop?.aborted) return delivered
      const mine = await claim(ctx, row, owner)
      if (!mine) continue
      const outcome = await attempt(ctx, mailer, mine).catch((error) => unwritten(ctx, mine, error))
      await release(ctx, mine, outcome)
      delivered[outcome.state]++
    }
  }
  return delivered
}
