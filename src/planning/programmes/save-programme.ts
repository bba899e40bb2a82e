import * as z from 'zod'
import { requireSecretariat } from '../../base/actor.ts'
import { seenRevision } from '../../base/fields.ts'
import type { Faults } from '../../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { expectNone, unchanged } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { isCommitted, retryOnConflict } from '../../store/retry.ts'
import { requestReplan } from '../replan.ts'
import { type ProgrammeColumns, programmeColumns } from './input.ts'
import { programmeById } from './queries.ts'

const Revision = z.object({ revision: seenRevision })

/**
 * Saved. Refused: faulty fields. `twice` if that year has a programme. `changed` if somebody else edited it since it was
 * read. `held` if sessions lie outside of the dates.
 */
export type ProgrammeSaved =
  | Ok<{ programme: string }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'twice' | 'changed' | 'held'>

/** The sessions of a programme that lie outside of these dates. */
const outside = (ctx: Ctx, id: string, { starts_on, ends_on }: ProgrammeColumns) =>
  ctx.store.db
    .selectFrom('session')
    .select('id')
    .where('programme', '=', id)
    .where((eb) => eb.or([eb('date', '<', starts_on), eb('date', '>', ends_on)]))
    .limit(1)

async function added(ctx: Ctx, columns: ProgrammeColumns): Promise<ProgrammeSaved> {
  const id = `fy${columns.fiscal_year}`
  const there = ctx.store.db.selectFrom('programme').select('id').where('fiscal_year', '=', columns.fiscal_year)
  const done = await ctx.store.commit(
    expectNone(ctx, there),
    ctx.store.db.insertInto('programme').values({ id, ...columns, revision: 0 }),
    requestReplan(ctx),
    note(ctx, 'programme.opened', id),
  )
  return isCommitted(done, ['still_true', 'programme_once_a_year']) ? ok({ programme: id }) : refused('twice')
}

/** One attempt to edit a programme. Null if a concurrent commit won. */
async function edited(ctx: Ctx, id: string, given: unknown): Promise<ProgrammeSaved | null> {
  const before = await programmeById(ctx, id)
  const read = programmeColumns({ ...Object(given), fiscal_year: String(before.fiscal_year) })
  if ('errors' in read) return refused('invalid', { errors: read.errors })
  const seen = Revision.safeParse(given)
  if (!seen.success || seen.data.revision !== before.revision) return refused('changed')
  const { columns } = read
  const names = Object.keys(columns) as (keyof ProgrammeColumns)[]
  const fields = names.filter((name) => columns[name] !== before[name])
  if (fields.length === 0) return ok({ programme: id })
  if ((await outside(ctx, id, columns).execute()).length > 0) return refused('held')
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'programme', before),
    expectNone(ctx, outside(ctx, id, columns)),
    ctx.store.db
      .updateTable('programme')
      .set({ ...columns, revision: before.revision + 1 })
      .where('id', '=', id),
    requestReplan(ctx),
    note(ctx, 'programme.edited', id, { fields }),
  )
  return isCommitted(done) ? ok({ programme: id }) : null
}

/**
 * Opens the programme of a fiscal year (`id` null), or edits one from the `revision` on the page. Nothing is planned or
 * booked outside of a programme. `retention_years` is when its people are forgotten, if not as the setting says. For the
 * secretariat. Throws `NotFound`, `Forbidden`.
 */
export async function saveProgramme(ctx: Ctx, id: string | null, given: unknown): Promise<ProgrammeSaved> {
  requireSecretariat(ctx.actor)
  if (id !== null) return retryOnConflict(() => edited(ctx, id, given))
  const read = programmeColumns(given)
  return 'errors' in read ? refused('invalid', { errors: read.errors }) : added(ctx, read.columns)
}
