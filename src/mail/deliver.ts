import { requireSystem } from '../base/actor.ts'
import { type Instant, plusMinutes } from '../base/clock.ts'
import type { Ctx } from '../context.ts'
import type { OutboxRow } from '../store/schema.ts'
import { claim, freeLetters, release, supersede, toCall, unwritten, whileClaimed } from './claim.ts'
import { withContents } from './letters.ts'
import type { Mailer, Sent } from './mailer.ts'
import { isToCall, write } from './write.ts'

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

/** What came of one letter. `sent` is null if no server was asked. */
type Attempt = { outcome: Outcome; sent: Sent | null }

/**
 * Writes and sends one letter. The outcome is `superseded` if it has been overtaken or has no recipient. If the address
 * went while the letter was on its way, it becomes a call.
 */
async function attempt(ctx: Ctx, mailer: Mailer, row: OutboxRow): Promise<Attempt> {
  const letter = await write(ctx, row, 'send')
  if (!letter && (await isToCall(ctx, row))) {
    return { outcome: toCall(ctx, null), sent: null }
  }
  if (!letter) return { outcome: { state: 'superseded' }, sent: null }
  const sent = await mailer.send(await withContents(ctx, letter))
  return { outcome: outcomeOf(row, sent, ctx.clock.now()), sent }
}

/** The attempt of a letter that could not be written. */
function unsent(ctx: Ctx, row: OutboxRow, error: unknown): Attempt {
  return { outcome: outcomeOf(row, unwritten(error), ctx.clock.now()), sent: null }
}

/**
 * Claims the letters of a round, for several callers at once. Looks again and again, few at a time, so that a sign-in
 * letter that came meanwhile is next. Returns null if no letter is free now. Never returns a letter twice.
 */
function takeTurns(ctx: Ctx, owner: string, limit: number, isOver: () => boolean): () => Promise<OutboxRow | null> {
  const tried = new Set<string>()
  let left = limit
  let found: OutboxRow[] = []
  async function take(): Promise<OutboxRow | null> {
    while (left > 0 && !isOver()) {
      if (found.length === 0) {
        found = (await freeLetters(ctx, ctx.config.mailConnections)).filter(({ id }) => !tried.has(id))
      }
      const row = found.shift()
      if (!row) return null
      tried.add(row.id)
      const mine = await claim(ctx, row, owner)
      if (!mine) continue
      left--
      return mine
    }
    return null
  }
  let last: Promise<unknown> = Promise.resolve()
  return () => {
    const turn = last.then(take)
    last = turn
    return turn
  }
}

/** A round ends if the line fails for so many letters in a row. The others would only wait for it too. */
const LINE_FAILURES = 2

/** The most letters of a round. Then cancellations overtake what waits. */
const ROUND = 100

/** How a round is limited. `limit`: letters; `stop` ends it after those under way; `renewMs`: as `whileClaimed`. */
type Round = { limit?: number; stop?: AbortSignal; renewMs?: number }

/** Whether a round tried as many letters as it may, so that more may be free. */
export function isFull(delivered: Delivered): boolean {
  return Object.values(delivered).reduce((sum, many) => sum + many, 0) >= ROUND
}

/**
 * Sends up to `limit` due letters as `owner` (a name of this sender alone). `MAIL_CONNECTIONS` letters leave at once, and
 * at most one of each booking. Ends early if the line to the mail server fails twice in a row. Several senders may run at
 * once: each letter is claimed by compare-and-swap. A letter that was sent but not marked is sent again after its claim.
 * So a letter may be repeated, but never lost. Returns the counts. For the sender.
 */
export async function deliver(
  ctx: Ctx,
  mailer: Mailer,
  owner: string,
  { limit = ROUND, stop, renewMs }: Round = {},
): Promise<Delivered> {
  requireSystem(ctx.actor)
  const delivered: Delivered = { sent: 0, waiting: 0, failed: 0, superseded: await supersede(ctx) }
  let failures = 0
  let broken = false
  const isOver = () => broken || failures >= LINE_FAILURES || stop?.aborted === true
  const take = takeTurns(ctx, owner, limit, isOver)
  async function work(): Promise<void> {
    for (let row = await take(); row; row = await take()) {
      const mine = row
      const send = () => attempt(ctx, mailer, mine).catch((error: unknown) => unsent(ctx, mine, error))
      const { outcome, sent } = await whileClaimed(ctx, mine, send, renewMs)
      await release(ctx, mine, outcome)
      delivered[outcome.state]++
      if (sent) failures = !sent.ok && sent.line === true && !sent.permanent ? failures + 1 : 0
    }
  }
  const workers = Array.from({ length: Math.min(ctx.config.mailConnections, limit) }, () =>
    work().catch((error: unknown) => {
      broken = true
      throw error
    }),
  )
  const failed = (await Promise.allSettled(workers)).find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
  return delivered
}
