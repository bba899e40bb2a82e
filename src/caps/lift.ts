import * as z from 'zod'
import { canManage, Forbidden } from '../base/actor.ts'
import { seenRevision } from '../base/fields.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { expectSome } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { isCommitted } from '../store/retry.ts'
import type { CapRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import { bookingsOfCap, reachedCap, type SourceBooking } from './queries.ts'
import { capOf } from './source.ts'

/** What the desk saw: so sent twice, a form allows more once. */
const SeenInput = z.object({ most: seenRevision })

/** Done. Refuses `changed` if the cap is another than the desk saw. */
export type Lifted = Ok<{ most: number }> | Refused<'changed'>

/** The cap and what it is by the configuration. Throws `NotFound`, `Forbidden`. */
async function managed(ctx: Ctx, id: string): Promise<{ cap: CapRow; base: number }> {
  const cap = await reachedCap(ctx, id)
  const { caps } = ctx.config
  if (!cap || caps === null) throw new NotFound('cap')
  if (!cap.prefectures.some((code) => canManage(ctx.actor, code))) throw new Forbidden('only for a desk it concerns')
  return { cap, base: capOf(caps, cap) }
}

/** The cap, its newest bookings, and what would be allowed after `liftCap`. Throws as `liftCap` does. */
export async function previewLift(
  ctx: Ctx,
  id: string,
): Promise<{ cap: CapRow & { bookings: SourceBooking[] }; next: number }> {
  const { cap, base } = await managed(ctx, id)
  return { cap: { ...cap, bookings: await bookingsOfCap(ctx, cap) }, next: cap.most + base }
}

/** The writes that set what is allowed, unless the counter is another than the desk saw. */
function allowing(ctx: Ctx, cap: CapRow, base: number, most: number): Write[] {
  const { db } = ctx.store
  const seen = db.selectFrom('cap').select('id').where('id', '=', cap.id).where('most', '=', cap.most)
  const own = db.updateTable('cap').where('id', '=', cap.id)
  // The first locks the row.
  return [
    own.set((eb) => ({ most: eb.ref('most') })),
    expectSome(ctx, seen.where('n', '<=', most)),
    own.set({ most, extra: most - base }),
  ]
}

/**
 * Allows a source as much again as its cap, for today; places held, until they are given back. For the secretariat and
 * each desk that the source booked at or asked last. `given.most` is what the desk saw. Throws `NotFound`, `Forbidden`.
 */
export async function liftCap(ctx: Ctx, id: string, given: unknown): Promise<Lifted> {
  const { cap, base } = await managed(ctx, id)
  const seen = SeenInput.safeParse(given)
  if (!seen.success || seen.data.most !== cap.most) return refused('changed')
  const { counted, source } = cap
  const most = cap.most + base
  const line = note(ctx, 'cap.lifted', id, { counted, source, most })
  const done = await ctx.store.commit(...allowing(ctx, cap, base, most), line)
  return isCommitted(done) ? ok({ most }) : refused('changed')
}

/**
 * Takes back what desks allowed a source beyond its cap. What it has already stays. For the same desks as `liftCap`.
 * Idempotent. Throws `NotFound`, `Forbidden`.
 */
export async function restoreCap(ctx: Ctx, id: string): Promise<Lifted> {
  const { cap, base } = await managed(ctx, id)
  const { counted, source } = cap
  const most = Math.max(base, cap.n)
  if (most >= cap.most) return ok({ most: cap.most })
  const line = note(ctx, 'cap.restored', id, { counted, source, most })
  const done = await ctx.store.commit(...allowing(ctx, cap, base, most), line)
  return isCommitted(done) ? ok({ most }) : refused('changed')
}
