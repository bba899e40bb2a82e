import * as z from 'zod'
import { requireDesk } from '../../base/actor.ts'
import { seenRevision } from '../../base/fields.ts'
import type { Faults } from '../../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { type Desk, deskOf } from '../../people/desk.ts'
import { deskById } from '../../schedule/place-queries.ts'
import { unchanged } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { raised } from '../../store/raised.ts'
import { isCommitted, retryOnConflict } from '../../store/retry.ts'
import type { DeskRow } from '../../store/schema.ts'
import { keyIn, makeOnce } from '../../store/submission.ts'
import { type DeskColumns, deskColumns, requireKeeper } from './input.ts'
import { sessionsStanding } from './queries.ts'

const Revision = z.object({ revision: seenRevision })

/**
 * Saved. Refused: faulty fields, `changed` if somebody else edited it since it was read. `used` if the form of a new desk
 * was sent before with other content.
 */
export type DeskSaved = Ok<{ desk: string }> | Refused<'invalid', { errors: Faults }> | Refused<'changed' | 'used'>

/** The columns that pages, letters and calendar entries of a session show. */
const SHOWN = ['name_ja', 'name_en', 'phones', 'hours_ja', 'hours_en', 'email', 'email_use'] as const

/** The columns of earlier versions, which `prefectures` says too. */
const EARLIER = ['prefecture', 'region']

function changedIn(row: DeskRow, columns: DeskColumns): (keyof DeskColumns)[] {
  const names = Object.keys(columns) as (keyof DeskColumns)[]
  return names.filter((name) => columns[name] !== row[name] && !EARLIER.includes(name))
}

const isShown = (changed: readonly string[]) => SHOWN.some((name) => changed.includes(name))

/**
 * A desk before and after an edit, and how many sessions ahead will show the change. Null if the form is faulty or changes
 * nothing. Changes nothing itself.
 */
export async function previewDesk(
  ctx: Ctx,
  id: string,
  given: unknown,
): Promise<{ before: Desk; after: Desk; sessions: number } | null> {
  const known = await deskById(ctx, id)
  const read = known && deskColumns(ctx.actor, given, known)
  if (!known || !read || 'errors' in read) return null
  const changed = changedIn(known, read.columns)
  if (changed.length === 0) return null
  const row = await sessionsStanding(ctx, id)
    .select((eb) => eb.fn.countAll<number | string>().as('many'))
    .executeTakeFirstOrThrow()
  const sessions = isShown(changed) ? Number(row.many) : 0
  return { before: deskOf(known), after: deskOf({ ...known, ...read.columns }), sessions }
}

/** One attempt to edit a desk. Null if a concurrent commit won. */
async function edited(ctx: Ctx, known: DeskRow, columns: DeskColumns, given: unknown): Promise<DeskSaved | null> {
  const parsed = Revision.safeParse(given)
  if (!parsed.success || parsed.data.revision !== known.revision) return refused('changed')
  const { id } = known
  const fields = changedIn(known, columns)
  if (fields.length === 0) return ok({ desk: id })
  const { db } = ctx.store
  const { revision: _, ...stamps } = raised(ctx)
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'desk', known),
    db
      .updateTable('desk')
      .set({ ...columns, revision: known.revision + 1 })
      .where('id', '=', id),
    // Past entries name the desk too. Their revision stays, so that people who are booking are not disturbed.
    ...(isShown(fields) ? [db.updateTable('session').set(stamps).where('desk', '=', id)] : []),
    note(ctx, 'desk.edited', id, { fields }),
  )
  return isCommitted(done) ? ok({ desk: id }) : null
}

/**
 * Adds a desk (`id` null), once for each `key` of the account. Or edits one, from the `revision` on the page. If its name,
 * telephones, hours or e-mail change, calendar entries of its sessions and bookings get new stamps. Saved as it was, it
 * changes nothing. A local desk is for the staff of all its prefectures, before and after. Other desks, and the position
 * in the list, are for the secretariat. Throws `NotFound`, `Forbidden`.
 */
export async function saveDesk(ctx: Ctx, id: string | null, given: unknown): Promise<DeskSaved> {
  return retryOnConflict(async () => {
    const known = id === null ? undefined : await deskById(ctx, id)
    if (id !== null && !known) throw new NotFound('desk')
    if (known) requireKeeper(ctx.actor, deskOf(known))
    else requireDesk(ctx.actor)
    const read = deskColumns(ctx.actor, given, known)
    if ('errors' in read) return refused('invalid', { errors: read.errors })
    const { columns } = read
    const blank = { id: '', printed: null, ended_at: null, revision: 0 }
    requireKeeper(ctx.actor, deskOf({ ...blank, ...columns }))
    if (known) return edited(ctx, known, columns, given)
    const made = await makeOnce(ctx, { act: 'desk.added', key: keyIn(given), input: columns }, (desk) => [
      ctx.store.db.insertInto('desk').values({ ...blank, ...columns, id: desk }),
      note(ctx, 'desk.added', desk),
    ])
    return made.ok ? ok({ desk: made.made }) : made
  })
}
