import { requireSystem } from '../base/actor.ts'
import { type Instant, plusMinutes } from '../base/clock.ts'
import type { Ctx } from '../context.ts'
import type { OutboxRow } from '../store/schema.ts'
import {
  claimAll,
  type Finished,
  freeLetters,
  giveBack,
  release,
  supersede,
  toCall,
  unwritten,
  whileClaimed,
} from './claim.ts'
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

/** What a round has claimed, as it changes: all that it holds, and what no caller has taken yet. */
type Claims = { held: Set<OutboxRow>; pile: OutboxRow[] }

/**
 * Claims the letters of a round, for several callers at once. Claims as many as there are connections, then looks again: a
 * sign-in letter that came meanwhile is soon next. `marked` is done before each look, because it frees the next
 * letters of the same bookings. Returns null if no letter is free now. Never returns a letter twice.
 */
function takeTurns(
  ctx: Ctx,
  owner: string,
  { limit, isOver, marked }: { limit: number; isOver: () => boolean; marked: () => Promise<void> },
  { held, pile }: Claims,
): () => Promise<OutboxRow | null> {
  const tried = new Set<string>()
  let left = limit
  async function take(): Promise<OutboxRow | null> {
    while (!isOver()) {
      const row = pile.shift()
      if (row) return row
      if (left === 0) return null
      await marked()
      const most = ctx.config.mailConnections
      const found = (await freeLetters(ctx, most)).filter(({ id }) => !tried.has(id)).slice(0, left)
      if (found.length === 0) return null
      for (const { id } of found) tried.add(id)
      for (const mine of await claimAll(ctx, found, owner)) {
        left--
        held.add(mine)
        pile.push(mine)
      }
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

/** Milliseconds that the outcome of a letter waits for others, to be written with them. */
const GATHER_MS = 50

/**
 * Writes outcomes in groups: `most` together, or what came in `GATHER_MS`. `flush` writes what is left, and throws if a group
 * could not be written.
 */
function gathering(ctx: Ctx, most: number, held: Set<OutboxRow>) {
  let finished: Finished[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let last: Promise<void> = Promise.resolve()
  async function writeAfter(before: Promise<void>, group: readonly Finished[]): Promise<void> {
    await before
    await release(ctx, ...group)
    for (const { row } of group) held.delete(row)
  }
  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    last = writeAfter(last, finished)
    finished = []
    return last
  }
  const flushSoon = () => void flush().catch(() => undefined) // the next `flush` throws it
  function add(one: Finished): void {
    finished.push(one)
    if (finished.length >= most) flushSoon()
    else timer ??= setTimeout(flushSoon, GATHER_MS)
  }
  return { add, flush }
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
  const connections = Math.min(ctx.config.mailConnections, limit)
  let failures = 0
  let broken = false
  const isOver = () => broken || failures >= LINE_FAILURES || stop?.aborted === true
  const claims: Claims = { held: new Set(), pile: [] }
  const { add, flush } = gathering(ctx, connections, claims.held)
  const take = takeTurns(ctx, owner, { limit, isOver, marked: flush }, claims)
  async function work(): Promise<void> {
    for (let row = await take(); row; row = await take()) {
      const mine = row
      const { outcome, sent } = await attempt(ctx, mailer, mine).catch((error: unknown) => unsent(ctx, mine, error))
      add({ row: mine, outcome })
      delivered[outcome.state]++
      if (sent) failures = !sent.ok && sent.line === true && !sent.permanent ? failures + 1 : 0
    }
  }
  async function workAll(): Promise<void> {
    const workers = Array.from({ length: connections }, () =>
      work().catch((error: unknown) => {
        broken = true
        throw error
      }),
    )
    const ended = await Promise.allSettled(workers)
    const [marked, given] = await Promise.allSettled([flush(), giveBack(ctx, claims.pile)])
    const failed = [...ended, marked, given].find((one) => one.status === 'rejected')
    if (failed) throw failed.reason
  }
  await whileClaimed(ctx, claims.held, workAll, renewMs)
  return delivered
}
