import type * as z from 'zod'
import { requireDesk } from '../base/actor.ts'
import { isAsShown, type ShownFields, shownIn, typedFields } from '../base/fingerprint.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { toldIn } from '../booking/write/notify.ts'
import type { Ctx } from '../context.ts'
import { reasonColumns } from '../schedule/reason.ts'
import { note } from '../store/journal.ts'
import { keyIn, makeOnce } from '../store/submission.ts'
import { type Concerned, callsTo, concerned, expectSameConcerned, partyFields, SCOPES } from './queries.ts'
import { SuspensionInput } from './suspension.ts'
import { reachedBy, suspendedSessions } from './suspension-queries.ts'

/**
 * In force, with the number of people without e-mail who are called. Refused for faulty fields, or `used` if the form
 * was sent before with other content. Refused as `changed` if other sessions or people are concerned than `shown`.
 */
export type Suspended =
  | Ok<{ suspension: string; calls: number }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'used' | 'changed'>

const rangeOf = ({ prefectures, starts_on, ends_on }: z.output<typeof SuspensionInput>) => ({
  prefectures: prefectures.join(','),
  starts_on,
  ends_on,
})

/** The sessions that a suspension reaches now, and the people who come to them. */
export async function suspends(
  ctx: Ctx,
  input: z.output<typeof SuspensionInput>,
): Promise<{ ids: string[]; parties: Concerned[] }> {
  const ids = await suspendedSessions(ctx, rangeOf(input), ctx.clock.now())
  return { ids, parties: await concerned(ctx, ids, SCOPES.convert) }
}

const TYPED = ['prefectures', 'starts_on', 'ends_on', 'into', 'reason_ja', 'reason_en']

/** What a page shows before a suspension: what was ordered, its sessions, and the people who come to them. */
export function suspensionFields(
  ordered: z.output<typeof SuspensionInput>,
  sessions: readonly string[],
  parties: readonly Concerned[],
): ShownFields {
  return ['suspension', typedFields(ordered, TYPED), sessions, partyFields(parties)]
}

/**
 * Suspends sessions in person in some prefectures and a period, both days included; they use the web or telephone.
 * `applySuspensions` converts them one by one, also those planned later. Orders it once for each `key` of the account.
 * The bookings in `given.told` need no call: their holders know already. For staff of all these prefectures; throws
 * `Forbidden`.
 */
export async function suspend(ctx: Ctx, given: unknown): Promise<Suspended> {
  const parsed = SuspensionInput.safeParse(given)
  if (!parsed.success) {
    requireDesk(ctx.actor)
    return refused('invalid', { errors: faultsOf(parsed.error) })
  }
  const { prefectures, starts_on, ends_on, into } = parsed.data
  requireDesk(ctx.actor, ...prefectures)
  const now = ctx.clock.now()
  const shown = shownIn(given)
  let parties: Concerned[] | null = null
  const submitted = { act: 'suspension.ordered', key: keyIn(given), input: parsed.data } as const
  const write = (id: string) => [
    ...(parties === null
      ? []
      : [expectSameConcerned(ctx, reachedBy(ctx, rangeOf(parsed.data), now), SCOPES.convert, parties)]),
    ctx.store.db.insertInto('suspension').values({
      id,
      starts_on,
      ends_on,
      ...reasonColumns(parsed.data),
      prefectures: [...new Set(prefectures)].toSorted().join(','),
      format: into,
      state: 'in_force',
      told: toldIn(given).join(','),
      created_at: now,
      updated_at: now,
    }),
    note(ctx, 'suspension.ordered', id, { prefectures, starts_on, ends_on, into }),
  ]
  const done = await makeOnce(ctx, submitted, write, async () => {
    if (shown === undefined) return null
    const reached = await suspends(ctx, parsed.data)
    parties = reached.parties
    return (await isAsShown(shown, suspensionFields(parsed.data, reached.ids, parties))) ? null : refused('changed')
  })
  if (!done.ok) return done
  return ok({
    suspension: done.made,
    calls: callsTo(parties ?? (await suspends(ctx, parsed.data)).parties, toldIn(given)),
  })
}
