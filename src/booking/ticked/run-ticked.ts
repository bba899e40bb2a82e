import { type Actor, canManage, Forbidden, requireSystem } from '../../base/actor.ts'
import { type Instant, plusMinutes } from '../../base/clock.ts'
import type { Shown } from '../../base/fingerprint.ts'
import { NotFound } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { actorOf } from '../../people/account.ts'
import { accountById } from '../../people/queries.ts'
import { expectSome } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { isCommitted } from '../../store/retry.ts'
import type { TickedBookingRow, TickedRow } from '../../store/schema.ts'
import { Busy, committingAlso, type Write } from '../../store/store.ts'
import { attend } from '../attend.ts'
import { move } from '../move.ts'

/** Minutes for which a process holds what it does. Each booking renews it. */
const LEASE = 1

/** Acts on ticked bookings that nobody does at the moment, the oldest first. */
async function freeTicked(ctx: Ctx, now: Instant): Promise<TickedRow[]> {
  return ctx.store.db
    .selectFrom('ticked')
    .selectAll()
    .where('state', '=', 'waiting')
    .where((eb) => eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<=', now)]))
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

/** Claims one of them by compare-and-swap. Returns whether it is held now. */
async function claim(ctx: Ctx, { id }: TickedRow, owner: string): Promise<boolean> {
  const now = ctx.clock.now()
  const done = await ctx.store.commit(
    ctx.store.db
      .updateTable('ticked')
      .set({ claimed_by: owner, claimed_until: plusMinutes(now, LEASE) })
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .where((eb) => eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<=', now)])),
  )
  return done.ok && done.changed[0] === 1
}

type Held = { id: string; owner: string }

/** The writes that lock what this process holds and renew it. They break `still_true` if another one holds it. */
function whileHeld(ctx: Ctx, { id, owner }: Held): Write[] {
  const { db } = ctx.store
  const now = ctx.clock.now()
  const mine = db.selectFrom('ticked').select('id').where('id', '=', id).where('claimed_by', '=', owner)
  return [
    db
      .updateTable('ticked')
      .set({ claimed_until: plusMinutes(now, LEASE), updated_at: now })
      .where('id', '=', id)
      .where('claimed_by', '=', owner)
      .where('state', '=', 'waiting'),
    expectSome(ctx, mine.where('state', '=', 'waiting')),
  ]
}

/** The writes that say what became of one booking. They break `still_true` unless it still waits for that. */
function overWrites(ctx: Ctx, held: Held, booking: string, why: string | null): Write[] {
  const { db } = ctx.store
  const there = db.selectFrom('ticked_booking').select('booking').where('ticked', '=', held.id)
  return [
    ...whileHeld(ctx, held),
    expectSome(ctx, there.where('booking', '=', booking).where('state', '=', 'waiting')),
    db
      .updateTable('ticked_booking')
      .set({ state: why === null ? 'done' : 'refused', why })
      .where('ticked', '=', held.id)
      .where('booking', '=', booking),
  ]
}

/** The account as it is now, or null if it may do nothing for bookings any more. */
async function actorNow(ctx: Ctx, account: string): Promise<Actor | null> {
  const found = await accountById(ctx, account)
  if (!found || found.state === 'closed') return null
  const actor = actorOf(found, null)
  return canManage(actor) ? actor : null
}

/** Does the act for one booking, in one commit with `also`. Returns why it is refused, or null. */
async function doOne(ctx: Ctx, row: TickedRow, each: TickedBookingRow): Promise<string | null> {
  const shown: Shown = JSON.parse(row.shown) ?? undefined
  const { booking: id, session, slot, format } = each
  try {
    const done =
      row.act === 'move'
        ? await move(ctx, { id, shown, told: row.told === 1 }, { session, slot, format })
        : await attend(ctx, id, row.act, shown)
    if (done.ok) return null
    return done.why === 'invalid' ? 'choice' : done.why
  } catch (error) {
    if (error instanceof Forbidden) return 'forbidden'
    if (error instanceof NotFound) return 'other'
    throw error
  }
}

/** Ends what is held: it is done, or its account may do it no more. Does nothing if another process holds it. */
async function end(ctx: Ctx, held: Held, state: 'finished' | 'stopped'): Promise<void> {
  const { db } = ctx.store
  const rows = await db.selectFrom('ticked_booking').select('state').where('ticked', '=', held.id).execute()
  const count = (of: TickedBookingRow['state']) => rows.filter((row) => row.state === of).length
  const counts = { done: count('done'), refused: count('refused') }
  const done = await ctx.store.commit(
    ...whileHeld(ctx, held),
    db
      .updateTable('ticked')
      .set({ state, claimed_by: null, claimed_until: null, updated_at: ctx.clock.now() })
      .where('id', '=', held.id),
    state === 'finished'
      ? note(ctx, 'ticked.finished', held.id, counts)
      : note(ctx, 'ticked.stopped', held.id, { ...counts, left: count('waiting') }),
  )
  isCommitted(done)
}

/** Does what is held, booking after booking, until it is over or another process holds it. */
async function carryOut(ctx: Ctx, row: TickedRow, owner: string): Promise<void> {
  const held = { id: row.id, owner }
  const failed: unknown[] = []
  for (;;) {
    const actor = await actorNow(ctx, row.account)
    const next = await ctx.store.db
      .selectFrom('ticked_booking')
      .selectAll()
      .where('ticked', '=', row.id)
      .where('state', '=', 'waiting')
      .orderBy('position')
      .executeTakeFirst()
    if (!next || !actor) {
      await end(ctx, held, next ? 'stopped' : 'finished')
      break
    }
    const { store } = ctx
    const as = { ...ctx, actor, store: committingAlso(store, ...overWrites(ctx, held, next.booking, null)) }
    const why = await doOne(as, row, next).catch((error: unknown) => {
      if (error instanceof Busy) throw error
      failed.push(error)
      return 'other'
    })
    // It was marked with its change. What is as wanted already, or refused, changed nothing.
    if (why === null && (await isOver(ctx, next))) continue
    if (!isCommitted(await store.commit(...overWrites(ctx, held, next.booking, why)))) break
  }
  if (failed.length > 0) throw new AggregateError(failed, failed.map(String).join('; '))
}

async function isOver(ctx: Ctx, { ticked, booking }: TickedBookingRow): Promise<boolean> {
  const found = await ctx.store.db
    .selectFrom('ticked_booking')
    .select('state')
    .where('ticked', '=', ticked)
    .where('booking', '=', booking)
    .executeTakeFirst()
  return found?.state !== 'waiting'
}

/**
 * Does what was asked for many ticked bookings, each in a commit of its own. It acts as the account that asked, with the
 * permissions of that moment. It may be interrupted anywhere, and each booking is done once, whichever process goes
 * on. Ends what an account may do no more. For the clockwork.
 */
export async function runTicked(ctx: Ctx): Promise<void> {
  requireSystem(ctx.actor)
  const owner = crypto.randomUUID()
  const failed: unknown[] = []
  for (const row of await freeTicked(ctx, ctx.clock.now())) {
    if (!(await claim(ctx, row, owner))) continue
    await carryOut(ctx, row, owner).catch((error: unknown) => failed.push(error))
  }
  if (failed.length > 0) throw new AggregateError(failed, failed.map(String).join('; '))
}
