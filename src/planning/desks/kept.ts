import type { Ctx } from '../../context.ts'
import type { Desk } from '../../people/desk.ts'
import { allDesks } from '../../people/queries.ts'
import { mayKeep } from './input.ts'

/** Why the actor keeps no desk: the prefectures have none, or only the secretariat keeps those that serve them (`desks`). */
export type KeepsNone = { why: 'missing' | 'shared'; desks: Desk[] }

function keepsNone({ actor }: Ctx, desks: readonly Desk[]): KeepsNone {
  const own = actor.kind === 'staff' ? actor.prefectures : []
  const shared = desks.filter(
    ({ kind, prefectures }) => (kind === 'local' || kind === 'base') && prefectures.some((code) => own.includes(code)),
  )
  return { why: shared.length > 0 ? 'shared' : 'missing', desks: shared }
}

/** The desks in use that the actor may keep, and why there is none. One query. */
export async function keptDesks(ctx: Ctx): Promise<{ desks: Desk[]; none: KeepsNone | null }> {
  const all = (await allDesks(ctx)).filter(({ ended }) => !ended)
  const desks = all.filter((desk) => mayKeep(ctx.actor, desk))
  return { desks, none: desks.length > 0 ? null : keepsNone(ctx, all) }
}
