import { requireDesk } from '../base/actor.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { reasonColumns } from '../schedule/reason.ts'
import { note } from '../store/journal.ts'
import { keyIn, makeOnce } from '../store/submission.ts'
import { SuspensionInput } from './suspension.ts'

/** In force. Refused for faulty fields, or `used` if the form was sent before with other content. */
export type Suspended = Ok<{ suspension: string }> | Refused<'invalid', { errors: Faults }> | Refused<'used'>

/**
 * Suspends sessions in person in some prefectures and a period, both days included; they use the web or telephone.
 * `applySuspensions` converts them one by one, also those planned later. Orders it once for each `key` of the account.
 * For staff of all these prefectures; throws `Forbidden`.
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
  const done = await makeOnce(ctx, { act: 'suspension.ordered', key: keyIn(given), input: parsed.data }, (id) => [
    ctx.store.db.insertInto('suspension').values({
      id,
      starts_on,
      ends_on,
      ...reasonColumns(parsed.data),
      prefectures: [...new Set(prefectures)].toSorted().join(','),
      format: into,
      state: 'in_force',
      created_at: now,
      updated_at: now,
    }),
    note(ctx, 'suspension.ordered', id, { prefectures, starts_on, ends_on, into }),
  ])
  return done.ok ? ok({ suspension: done.made }) : done
}
