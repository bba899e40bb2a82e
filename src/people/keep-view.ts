import * as z from 'zod'
import { requireAccount } from '../base/actor.ts'
import { newId } from '../base/id.ts'
import { type Faults, faultsOf, line } from '../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { orThrow } from '../store/store.ts'

/** Filters only. Search text is personal data and is not stored. */
const ViewInput = z.object({
  name: line(40),
  query: z
    .string()
    .max(500, 'long')
    .regex(/^[\w=&%.,-]*$/, 'text'),
})

/** Saved, or refused for a faulty name. */
export type ViewKept = Ok<object> | Refused<'invalid', { errors: Faults }>

/** Saves filters of the ledger under a name of the actor. Replaces filters of the same name. Throws `Forbidden`. */
export async function keepView(ctx: Ctx, given: unknown): Promise<ViewKept> {
  const account = requireAccount(ctx.actor)
  const parsed = ViewInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const { name, query } = parsed.data
  const { db } = ctx.store
  orThrow(
    await ctx.store.commit(
      db
        .insertInto('ledger_view')
        .values({ id: newId(ctx.clock.now()), account, name, query })
        .onConflict((oc) => oc.columns(['account', 'name']).doUpdateSet({ query })),
    ),
  )
  return ok({})
}
