import { requireDesk } from '../base/actor.ts'
import { isAsShown, type ShownFields, shownIn } from '../base/fingerprint.ts'
import type { Faults } from '../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { toldIn } from '../booking/write/notify.ts'
import type { Ctx } from '../context.ts'
import { type Beside, besideDetail, besideIn, clashFields, refusalOf } from '../schedule/clashes.ts'
import { sessionsWithIds } from '../schedule/queries.ts'
import { note } from '../store/journal.ts'
import { isCommitted } from '../store/retry.ts'
import { clashesInPersonOf } from './conversion.ts'
import { giveBack } from './give-formats-back.ts'
import { type Concerned, callsTo, concerned, expectSameConcerned, partyFields, SCOPES } from './queries.ts'
import { movedBy, sessionsOfSuspension, suspensionById, whileInForce } from './suspension-queries.ts'

/** Sessions that are held in person again at once. The clockwork does the others. */
const AT_ONCE = 10

/**
 * Lifted. `sessions`: how many are in person again. `left`: how many the clockwork does. `calls`: how many people have no
 * e-mail and are called. Refused as `changed` if other sessions or people are concerned than `shown`. Refused
 * for a clash at a venue without its reason in `beside`.
 */
export type Lifted =
  | Ok<{ sessions: number; left: number; calls: number }>
  | Refused<'changed'>
  | Refused<'invalid', { errors: Faults }>

/** The sessions that lifting a suspension reaches now, who gets their form back, and what else their venues have then. */
export async function lifts(ctx: Ctx, id: string): Promise<Beside & { ids: string[]; parties: Concerned[] }> {
  const ids = await sessionsOfSuspension(ctx, id, ctx.clock.now())
  return {
    ...(await clashesInPersonOf(ctx, await sessionsWithIds(ctx, ids))),
    ids,
    parties: await concerned(ctx, ids, SCOPES['convert-back']),
  }
}

/** What a page shows before a suspension is lifted: its sessions, and the people who get their form back. */
export function liftFields(
  id: string,
  { ids, parties, clashes }: Pick<Awaited<ReturnType<typeof lifts>>, 'ids' | 'parties' | 'clashes'>,
): ShownFields {
  return ['lift', id, ids, partyFields(parties), clashFields(clashes)]
}

/** The commit that lifts a suspension in force, with its number of calls, or the refusal. */
async function lifted(
  ctx: Ctx,
  id: string,
  given: unknown,
): Promise<Exclude<Lifted, { ok: true }> | Ok<{ calls: number }>> {
  const shown = shownIn(given)
  const found = await lifts(ctx, id)
  const unreasoned = refusalOf(given, found.clashes)
  if (unreasoned) return unreasoned
  if (!(await isAsShown(shown, liftFields(id, found)))) return refused('changed')
  const now = ctx.clock.now()
  const reached = movedBy(ctx, id, now)
  const done = await ctx.store.commit(
    ...found.expectNoOther,
    ...whileInForce(ctx, id),
    ...(shown === undefined ? [] : [expectSameConcerned(ctx, reached, SCOPES['convert-back'], found.parties)]),
    ctx.store.db
      .updateTable('suspension')
      .set({ state: 'lifted', told: toldIn(given).join(','), updated_at: now })
      .where('id', '=', id),
    note(ctx, 'suspension.lifted', id, {
      sessions: found.ids.length,
      ...besideDetail({ beside: besideIn(given, found.clashes) }),
    }),
  )
  // If somebody else lifted it meanwhile, its sessions are restored all the same.
  if (isCommitted(done) || (await suspensionById(ctx, id))?.state === 'lifted') {
    return ok({ calls: callsTo(found.parties, toldIn(given)) })
  }
  return refused('changed')
}

/**
 * Lifts a suspension. Its future sessions are held in person again: the first ten now, the others by `giveFormatsBack`.
 * People whom it had converted get their form back, and one letter in the commit of their session. Idempotent, also
 * after an interruption. The bookings in `given.told` need no call. For staff of all its prefectures. Throws `NotFound`,
 * `Forbidden`.
 */
export async function liftSuspension(ctx: Ctx, id: string, given?: unknown): Promise<Lifted> {
  const suspension = await suspensionById(ctx, id)
  if (!suspension) throw new NotFound('suspension')
  requireDesk(ctx.actor, ...suspension.prefectures.split(','))
  const done = suspension.state === 'in_force' ? await lifted(ctx, id, given) : ok({ calls: 0 })
  if (!done.ok) return done
  const ids = await sessionsOfSuspension(ctx, id, ctx.clock.now())
  let sessions = 0
  for (const session of ids.slice(0, AT_ONCE)) if (await giveBack(ctx, { id: session, suspension: id })) sessions++
  return ok({ sessions, left: ids.length - sessions, calls: done.calls })
}
