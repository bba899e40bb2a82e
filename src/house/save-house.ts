import { requireSecretariat } from '../base/actor.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { expectSome } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { HouseInput } from './house.ts'
import { houseRow } from './queries.ts'

/** Saved. Refused: faulty fields, or `changed` if somebody else saved since the form was read. */
export type HouseSaved = Ok<object> | Refused<'invalid', { errors: Faults }> | Refused<'changed'>

/**
 * Says who runs this house, as pages and letters say it from now on. Saved as it was, it changes nothing. For the
 * secretariat. Throws `Forbidden`.
 */
export async function saveHouse(ctx: Ctx, given: unknown): Promise<HouseSaved> {
  requireSecretariat(ctx.actor)
  const parsed = HouseInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const { revision, ...fields } = parsed.data
  const before = await houseRow(ctx)
  if (revision !== (before?.revision ?? 0)) return refused('changed')
  const words = {
    name_ja: fields.name_ja,
    name_en: fields.name_en,
    operator_ja: fields.operator_ja ?? '',
    operator_en: fields.operator_en ?? '',
    phone: fields.phone ?? '',
    email: fields.email ?? '',
    address: fields.address ?? '',
    privacy_ja: fields.privacy_ja ?? '',
    privacy_en: fields.privacy_en ?? '',
    sender_ja: fields.sender_ja ?? '',
    sender_en: fields.sender_en ?? '',
    reply: fields.reply ?? '',
    signature_ja: fields.signature_ja,
    signature_en: fields.signature_en,
  }
  const names = Object.keys(words) as (keyof typeof words)[]
  const changed = names.filter((name) => words[name] !== (before?.[name] ?? ''))
  if (changed.length === 0) return ok({})
  const { db } = ctx.store
  const row = { ...words, revision: revision + 1, updated_at: ctx.clock.now() }
  const saved = names.reduce(
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
