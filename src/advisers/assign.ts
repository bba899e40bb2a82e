import * as z from 'zod'
import { requireDesk } from '../base/actor.ts'
import { seenRevision } from '../base/fields.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { sessionById } from '../schedule/queries.ts'
import type { Session } from '../schedule/session.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import type { DutyRow } from '../store/schema.ts'
import { busyWrites, TAKEN } from './busy.ts'
import { DutyInput, dutyColumns, isEmptyDuty } from './duty.ts'
import { busyWith, type Elsewhere, holdingOf } from './free.ts'
import { foreignAdvisers } from './queries.ts'

const AssignInput = z.object({
  revision: seenRevision,
  whole: DutyInput,
  slots: z.record(z.string(), DutyInput).default({}),
})
type AssignInput = z.output<typeof AssignInput>

/**
 * Assigned. Refuses faulty fields; those of a slot begin with `slots.` and its id. Refuses `busy` with the sessions
 * that have an adviser or room at the time. Refuses `changed` if somebody changed the session since it was read.
 */
export type AdvisersAssigned =
  | Ok<{ session: string }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'busy', { others: Elsewhere[] }>
  | Refused<'changed'>

/** The states of sessions that take nobody. */
const OFF: readonly Session['status'][] = ['called_off', 'postponed', 'skipped']

/** What a form says of a session (`slot` null) or of one of its slots. */
export type Given = { slot: string | null; input: DutyInput }

function givenOf(session: Session, { whole, slots }: AssignInput): Given[] {
  const all = [
    { slot: null, input: whole },
    ...session.slots.flatMap(({ id }) => (slots[id] ? [{ slot: id, input: slots[id] }] : [])),
  ]
  return all.filter(({ input }) => !isEmptyDuty(input))
}

/** What the journal keeps of duties. */
export function assignedDetail(inputs: readonly DutyInput[]) {
  return {
    accounts: [...new Set(inputs.flatMap(({ adviser }) => adviser ?? []))],
    named: new Set(inputs.flatMap(({ adviser, name }) => (adviser === null ? (name ?? []) : []))).size,
    rooms: new Set(inputs.flatMap(({ room }) => room ?? [])).size,
  }
}

/** The write of one duty. */
export function dutyWrite(
  ctx: Ctx,
  of: Pick<DutyRow, 'series' | 'session' | 'slot'>,
  input: DutyInput,
  place: { prefecture: string; venue: string | null },
) {
  const now = ctx.clock.now()
  const id = of.slot ?? of.session ?? of.series ?? ''
  const row = { id, ...of, ...dutyColumns(input, place), created_at: now, updated_at: now }
  return ctx.store.db.insertInto('duty').values(row)
}

/** A form that may be saved: the duties that it says, and their place. */
type AssignRead = {
  session: Session
  revision: number
  duties: Given[]
  place: { prefecture: string; venue: string | null }
}

async function read(
  ctx: Ctx,
  id: string,
  given: unknown,
): Promise<Ok<AssignRead> | Refused<'invalid', { errors: Faults }>> {
  const session = await sessionById(ctx, id)
  if (!session) throw new NotFound('session')
  requireDesk(ctx.actor, session.prefecture)
  const parsed = AssignInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const duties = givenOf(session, parsed.data)
  const before = await ctx.store.db.selectFrom('duty').select('adviser').where('session', '=', id).execute()
  const foreign = await foreignAdvisers(
    ctx,
    session.prefecture,
    duties.map(({ input }) => input.adviser),
    before,
  )
  const faulty = duties.filter(({ input }) => input.adviser !== null && foreign.has(input.adviser))
  if (faulty.length > 0) {
    const names = faulty.map(({ slot }) => (slot === null ? 'whole.adviser' : `slots.${slot}.adviser`))
    return refused('invalid', { errors: Object.fromEntries(names.map((name) => [name, 'choice' as const])) })
  }
  const place = { prefecture: session.prefecture, venue: session.venue?.id ?? null }
  return ok({ session, revision: parsed.data.revision, duties, place })
}

/** The other sessions that have these advisers or rooms at the times of a session. */
function othersWith(ctx: Ctx, { session, duties, place }: AssignRead): Promise<Elsewhere[]> {
  const keys = duties.map(({ slot, input }) => ({ slot, ...dutyColumns(input, place) }))
  return busyWith(ctx, holdingOf(session), keys)
}

/**
 * What `assignAdvisers` would save: one duty for the whole and for each slot that differs. Refused as it is. Changes
 * nothing. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function previewAssignment(
  ctx: Ctx,
  id: string,
  given: unknown,
): Promise<Ok<{ duties: Given[] }> | Exclude<AdvisersAssigned, { ok: true }>> {
  const found = await read(ctx, id, given)
  if (!found.ok) return found
  if (found.revision !== found.session.revision) return refused('changed')
  // What is off takes nobody, and is refused only once it is held again.
  const isOff = OFF.includes(found.session.status)
  const others = isOff ? [] : await othersWith(ctx, found)
  return others.length > 0 ? refused('busy', { others }) : ok({ duties: found.duties })
}

/**
 * Says who advises in a session and in which room, as a whole and in each slot that differs. Replaces what was said
 * before. Nobody and no room is in two places at once, also not in other prefectures. Sequence and planning stay as they
 * are: the public does not see it. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function assignAdvisers(ctx: Ctx, id: string, given: unknown): Promise<AdvisersAssigned> {
  const found = await read(ctx, id, given)
  if (!found.ok) return found
  const { revision, duties, place } = found
  const { db } = ctx.store
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'session', { id, revision }),
    db
      .updateTable('session')
      .set({ revision: revision + 1 })
      .where('id', '=', id),
    db.deleteFrom('duty').where('session', '=', id),
    ...duties.map(({ slot, input }) => dutyWrite(ctx, { series: null, session: id, slot }, input, place)),
    ...busyWrites(ctx, id),
    note(ctx, 'session.assigned', id, assignedDetail(duties.map(({ input }) => input))),
  )
  if (done.ok) return ok({ session: id })
  if (done.broke !== TAKEN) return refusalFor(done)
  return refused('busy', { others: await othersWith(ctx, found) })
}
