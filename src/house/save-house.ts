import { requireSecretariat } from '../base/actor.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { expectSome } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { HouseInput, type HouseWords } from './house.ts'
import { houseRow } from './queries.ts'

/** Saved. Refused: faulty fields, or `changed` if somebody else saved since the form was read. */
export type HouseSaved = Ok<object> | Refused<'invalid', { errors: Faults }> | Refused<'changed'>

/** The words of a form, those saved now, and the names of those that differ. */
type HouseRead = { revision: number; before: HouseWords | null; after: HouseWords; changed: (keyof HouseWords)[] }

async function read(ctx: Ctx, given: unknown): Promise<Ok<HouseRead> | Exclude<HouseSaved, { ok: true }>> {
  requireSecretariat(ctx.actor)
  const parsed = HouseInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const { revision, ...fields } = parsed.data
  const row = await houseRow(ctx)
  if (revision !== (row?.revision ?? 0)) return refused('changed')
  const names = Object.keys(fields) as (keyof HouseWords)[]
  const after = Object.fromEntries(names.map((name) => [name, fields[name] ?? ''])) as HouseWords
  const changed = names.filter((name) => after[name] !== (row?.[name] ?? ''))
  return ok({ revision, before: row ?? null, after, changed })
}

/**
 * What `saveHouse` would change: the words before and after, and the names of those that differ. Refused as it is.
 * Changes nothing. For the secretariat. Throws `Forbidden`.
 */
export function previewHouse(ctx: Ctx, given: unknown): ReturnType<typeof read> {
  return read(ctx, given)
}

/**
 * Says who runs this house, as pages and letters say it from now on. Saved as it was, it changes nothing. For the
 * secretariat. Throws `Forbidden`.
 */
export async function saveHouse(ctx: Ctx, given: unknown): Promise<HouseSaved> {
  const found = await read(ctx, given)
  if (!found.ok) return found
  const { revision, after: words, changed } = found
  if (changed.length === 0) return ok({})
  const { db } = ctx.store
  const row = { ...words, revision: revision + 1, updated_at: ctx.clock.now() }
  const saved = (Object.keys(words) as (keyof HouseWords)[]).reduce(
    (query, name) => query.where(name, '=', words[name]),
    db
      .selectFrom('house')
      .select('id')
      .where('revision', '=', revision + 1),
  )
  const done = await ctx.store.commit(
    db
      .insertInto('house')
      .values({ id: 'house', ...row })
      .onConflict((on) => on.column('id').doUpdateSet(row).where('house.revision', '=', revision)),
    // If two people save at once, the row has the words of only one of them.
    expectSome(ctx, saved),
    note(ctx, 'house.saved', 'house', { fields: changed }),
  )
  return done.ok ? ok({}) : refusalFor(done)
}
