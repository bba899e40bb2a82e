import { type ExpressionBuilder, sql } from 'kysely'
import { type Instant, plusMinutes } from '../base/clock.ts'
import { newId } from '../base/id.ts'
import { meaningOf, PROMISES, UNDELIVERED } from '../base/letters.ts'
import { OVER } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { once } from '../store/once.ts'
import { QUEUED } from '../store/outbox.ts'
import type { OutboxRow, Schema } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import { text } from '../store/text.ts'

/** Minutes a claim holds. It is renewed while its sender works, so a letter of a sender that died is soon free again. */
const LEASE = 1

/** Milliseconds between renewals of a claim: two may fail before it runs out. */
const RENEW_MS = 20_000

type Outbox = ExpressionBuilder<Schema, 'outbox'>

/** Due and unclaimed, or its claim has run out. */
function isFree(now: Instant) {
  return (eb: Outbox) =>
    eb.or([
      eb.and([eb('outbox.state', '=', 'waiting'), eb('outbox.due_at', '<=', now)]),
      eb.and([eb('outbox.state', '=', 'claimed'), eb('outbox.claimed_until', '<=', now)]),
    ])
}

/** No earlier letter of the same booking is still to be sent: letters arrive in the order of events. */
function isNext(eb: Outbox) {
  const earlier = eb
    .selectFrom('outbox as earlier')
    .select('earlier.id')
    .whereRef('earlier.subject', '=', 'outbox.subject')
    .where('earlier.about', '=', 'booking')
    .where('earlier.channel', '=', 'mail')
    .where('earlier.state', 'in', ['waiting', 'claimed'])
    .where((one) =>
      one(
        one.refTuple('earlier.sequence', 'earlier.created_at', 'earlier.id'),
        '<',
        one.refTuple('outbox.sequence', 'outbox.created_at', 'outbox.id'),
      ),
    )
  return eb.not(eb.exists(earlier))
}

const freeRows = once((db, { now, limit }: { now: Instant; limit: number }) => {
  const letters = (state: 'waiting' | 'claimed', until: 'due_at' | 'claimed_until') =>
    db
      .selectFrom('outbox')
      .selectAll()
      .where('channel', '=', 'mail')
      .where('state', '=', state)
      .where(until, '<=', now)
      .where(isNext)
      .orderBy('due_at') // and by nothing else: the letters of a mass act are due at once, and would all be sorted
      .limit(limit)
  const waiting = letters('waiting', 'due_at')
  // The literal is the condition of the index `outbox_sign_in`.
  const signIn = waiting.where('about', '=', sql.lit('sign_in' as const)).as('sign_in')
  const lapsed = letters('claimed', 'claimed_until').as('lapsed')
  return db
    .selectFrom(signIn)
    .selectAll()
    .unionAll(db.selectFrom(lapsed).selectAll())
    .unionAll(db.selectFrom(waiting.as('waiting')).selectAll())
})

/**
 * The letters that may be sent now: those by which staff sign in first, then the longest due. At most one of each booking.
 * Each part is read from an index in its order: a long queue costs no more than a short one.
 */
export async function freeLetters(ctx: Ctx, limit: number): Promise<OutboxRow[]> {
  const found = await freeRows.rows(ctx.store.db, { now: ctx.clock.now(), limit })
  const rank = ({ about, due_at, id }: OutboxRow) => `${about === 'sign_in' ? 0 : 1} ${due_at} ${id}`
  const byId = new Map(found.map((row) => [row.id, row]))
  return [...byId.values()].toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1)).slice(0, limit)
}

/** Still claimed as it was: `attempts` rises with each claim. */
function isMine({ id, claimed_by, attempts }: OutboxRow) {
  return (eb: ExpressionBuilder<Schema, 'outbox'>) => eb.and({ id, state: 'claimed', claimed_by, attempts })
}

/** The same, in a query that names the row `mine`. */
function asMine({ id, claimed_by, attempts }: OutboxRow) {
  return (eb: ExpressionBuilder<Schema & { mine: Schema['outbox'] }, 'mine'>) =>
    eb.and([
      eb('mine.id', '=', id),
      eb('mine.state', '=', 'claimed'),
      eb('mine.claimed_by', '=', claimed_by),
      eb('mine.attempts', '=', attempts),
    ])
}

type Claiming = { id: string; attempts: number; owner: string; until: Instant; now: Instant }

const claimOne = once((db, { id, attempts, owner, until, now }: Claiming) =>
  db
    .updateTable('outbox')
    .set(({ eb }) => ({
      state: 'claimed',
      claimed_by: owner,
      claimed_until: until,
      attempts: eb('attempts', '+', 1),
      updated_at: now,
    }))
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .where(isFree(now)),
)

/**
 * Claims these letters in one commit. Returns those that no other sender claimed first: `attempts` shows whether a row is
 * as it was read.
 */
export async function claimAll(ctx: Ctx, rows: readonly OutboxRow[], owner: string): Promise<OutboxRow[]> {
  const now = ctx.clock.now()
  const until = plusMinutes(now, LEASE)
  const ordered = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)) // two senders lock rows in the same order
  const done = await ctx.store.commit(
    ...ordered.map(({ id, attempts }) => claimOne.write(ctx.store.db, { id, attempts, owner, until, now })),
  )
  const mine = new Set(ordered.filter((_, i) => done.ok && done.changed[i] === 1))
  const taken = { state: 'claimed' as const, claimed_by: owner, claimed_until: until, updated_at: now }
  return rows.filter((row) => mine.has(row)).map((row) => ({ ...row, ...taken, attempts: row.attempts + 1 }))
}

/** Claims a letter. Returns null if another sender was faster. */
export async function claim(ctx: Ctx, row: OutboxRow, owner: string): Promise<OutboxRow | null> {
  const [mine = null] = await claimAll(ctx, [row], owner)
  return mine
}

/** Holds claims for another minute. Changes nothing of one that has run out if another sender holds the letter. */
export async function renew(ctx: Ctx, ...rows: OutboxRow[]): Promise<void> {
  if (rows.length === 0) return
  const now = ctx.clock.now()
  const held = { claimed_until: plusMinutes(now, LEASE), updated_at: now }
  await ctx.store.commit(...rows.map((row) => ctx.store.db.updateTable('outbox').set(held).where(isMine(row))))
}

/** Does `work`, and renews the claims that it holds every `everyMs` meanwhile. What it holds may change. */
export async function whileClaimed<T>(
  ctx: Ctx,
  held: Iterable<OutboxRow>,
  work: () => Promise<T>,
  everyMs = RENEW_MS,
): Promise<T> {
  // A renewal that fails is tried again at the next. If all fail, the letter may be sent twice, but is not lost.
  const timer = setInterval(() => void renew(ctx, ...held).catch(() => undefined), everyMs)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}

/** Gives back claimed letters that were not tried. They are free at once, as if nobody had claimed them. */
export async function giveBack(ctx: Ctx, rows: readonly OutboxRow[]): Promise<void> {
  if (rows.length === 0) return
  const free = { state: 'waiting' as const, claimed_by: null, claimed_until: null, updated_at: ctx.clock.now() }
  const writes = rows.map((row) =>
    ctx.store.db
      .updateTable('outbox')
      .set({ ...free, attempts: row.attempts - 1 })
      .where(isMine(row)),
  )
  await ctx.store.commit(...writes)
}

/**
 * The failure of a letter or short message that could not be written. That is our fault. It must not stop the others, nor
 * be lost before it is repaired.
 */
export function unwritten(error: unknown) {
  const name = error instanceof Error ? error.name : 'unknown'
  return { ok: false as const, permanent: false, fault: `could not be written: ${name}` }
}

/** A row that becomes a call, of which nobody has tried any yet. */
export function toCall(ctx: Ctx, fault: string | null) {
  return { state: 'waiting' as const, channel: 'phone' as const, attempts: 0, due_at: ctx.clock.now(), fault }
}

/**
 * The write that puts the reader of a failed letter onto the call list, while this sender holds the letter. It leaves out
 * a person who was erased meanwhile. `own` also leaves out people who made the change themselves.
 */
function callInstead(ctx: Ctx, row: OutboxRow, own: boolean): Write {
  const now = ctx.clock.now()
  const id = newId(now)
  const reader = ctx.store.db
    .selectFrom('booking')
    .select('booking.id')
    .where('booking.id', '=', row.subject)
    .where('booking.phone', '<>', '')
    .$if(own, (booking) => booking.where('booking.ended', '<>', 'cancelled'))
  const letter = ctx.store.db
    .selectFrom('outbox')
    .where(isMine(row))
    .where(({ exists }) => exists(reader))
  return ctx.store.db
    .insertInto('outbox')
    .columns(QUEUED)
    .expression(
      letter
        .select([text(id).as('id'), 'kind', 'about', 'subject', 'sequence'])
        .select([text(`${UNDELIVERED} ${id}`).as('dedupe_key'), 'locale', text('phone').as('channel')])
        .select([text('waiting').as('state'), text(now).as('due_at'), sql.lit(0).as('attempts'), 'before'])
        .select([text(now).as('created_at'), text(now).as('updated_at')]),
    )
}

/** The write that takes the calls about a booking off the call list. A letter has said all, or another call will. */
function withoutCalls(ctx: Ctx, row: OutboxRow): Write {
  return ctx.store.db
    .updateTable('outbox')
    .set({ state: 'superseded', updated_at: ctx.clock.now() })
    .where('about', '=', 'booking')
    .where('subject', '=', row.subject)
    .where('channel', 'in', ['phone', 'sms'])
    .where('state', '=', 'waiting')
    .where('kind', '<>', 'message')
    .where('sequence', '<=', row.sequence)
    .where((eb) => eb.exists(ctx.store.db.selectFrom('outbox as mine').select('mine.id').where(asMine(row))))
}

/** The write that takes the call for this letter off the call list. The letter was sent after all, or failed again. */
function withoutCallInstead(ctx: Ctx, row: OutboxRow): Write {
  return ctx.store.db
    .updateTable('outbox')
    .set({ state: 'superseded', updated_at: ctx.clock.now() })
    .where('about', '=', 'booking')
    .where('subject', '=', row.subject)
    .where('kind', '=', row.kind)
    .where('sequence', '=', row.sequence)
    .where('before', row.before === null ? 'is' : '=', row.before)
    .where('dedupe_key', 'like', `${UNDELIVERED} %`)
    .where('state', '=', 'waiting')
    .where((eb) => eb.exists(ctx.store.db.selectFrom('outbox as mine').select('mine.id').where(asMine(row))))
}

/** The writes about the call list, when a letter was sent or failed for good. */
function callWrites(ctx: Ctx, row: OutboxRow, { state }: Partial<OutboxRow>): Write[] {
  const { change, call, own } = meaningOf(row.kind)
  if (call === null || (state !== 'sent' && state !== 'failed')) return []
  return [
    change ? withoutCalls(ctx, row) : withoutCallInstead(ctx, row),
    ...(state === 'failed' ? [callInstead(ctx, row, own === true)] : []),
  ]
}

/** A claimed letter, and what became of it. */
export type Finished = { row: OutboxRow; outcome: Partial<OutboxRow> }

function releaseWrites(ctx: Ctx, { row, outcome }: Finished): Write[] {
  return [
    ...callWrites(ctx, row, outcome),
    ctx.store.db
      .updateTable('outbox')
      .set({ ...outcome, claimed_by: null, claimed_until: null, updated_at: ctx.clock.now() })
      .where(isMine(row)),
  ]
}

/**
 * Releases claimed letters with their outcomes, in one commit. It leaves out those whose claim has run out and that another
 * sender holds. If a letter for which people are called failed for good, its reader is on the call list.
 */
export async function release(ctx: Ctx, ...finished: Finished[]): Promise<void> {
  if (finished.length === 0) return
  const ordered = finished.toSorted((a, b) => (a.row.id < b.row.id ? -1 : 1))
  const done = await ctx.store.commit(...ordered.flatMap((one) => releaseWrites(ctx, one)))
  // One that the database refuses must not keep the others claimed: they would be sent again.
  if (!done.ok && ordered.length > 1) for (const one of ordered) await release(ctx, one)
}

/** Supersedes promises that a cancellation has overtaken, so that its letter need not wait. Returns how many. */
export async function supersede(ctx: Ctx): Promise<number> {
  const over = ctx.store.db.selectFrom('booking').select('booking.id').where('booking.status', 'in', OVER)
  const done = await ctx.store.commit(
    ctx.store.db
      .updateTable('outbox')
      .set({ state: 'superseded', updated_at: ctx.clock.now() })
      .where('channel', 'in', ['mail', 'phone', 'sms'])
      .where('kind', 'in', PROMISES)
      .where('state', '=', 'waiting')
      .where((eb) => eb.exists(over.whereRef('booking.id', '=', eb.ref('outbox.subject')))),
  )
  return done.ok ? (done.changed[0] ?? 0) : 0
}
