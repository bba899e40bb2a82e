import { sql } from 'kysely'
import * as z from 'zod'
import { requireDesk } from '../../base/actor.ts'
import { seenRevision } from '../../base/fields.ts'
import { isAsShown, type ShownFields, shownIn } from '../../base/fingerprint.ts'
import type { Faults } from '../../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { type Desk, deskOf } from '../../people/desk.ts'
import { deskById } from '../../schedule/place-queries.ts'
import { expectSame, unchanged } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { raised } from '../../store/raised.ts'
import { isCommitted, retryOnConflict } from '../../store/retry.ts'
import type { DeskRow } from '../../store/schema.ts'
import { keyIn, makeOnce } from '../../store/submission.ts'
import { type DeskColumns, deskColumns, requireKeeper } from './input.ts'
import { sessionsStanding } from './queries.ts'

const Revision = z.object({ revision: seenRevision })

/**
 * Saved. Refused: faulty fields. `changed` if somebody else edited it since it was read, or if its effects are not those
 * `shown`. `used` if the form of a new desk
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

/** A query for the sessions ahead of a desk. With revision 0: what they offer does not matter. */
const showing = (ctx: Ctx, id: string) =>
  sessionsStanding(ctx, id).select(['session.id as id', sql.lit(0).as('revision')])

/** The sessions ahead that show a change of these columns. */
async function sessionsShowing(ctx: Ctx, id: string, changed: readonly string[]) {
  return isShown(changed) ? showing(ctx, id).execute() : []
}

/** What a page shows before a desk is edited: each change, and how many sessions ahead show it. */
function editFields(row: DeskRow, columns: DeskColumns, sessions: number): ShownFields {
  return ['desk', row.id, changedIn(row, columns).map((name) => [name, row[name], columns[name]]), sessions]
}

/**
 * A desk before and after an edit, and how many sessions ahead will show the change. Null if the form is faulty or changes
 * nothing. Changes nothing itself.
 */
export async function previewDesk(
  ctx: Ctx,
  id: string,
  given: unknown,
): Promise<{ before: Desk; after: Desk; sessions: number; fields: ShownFields } | null> {
  const known = await deskById(ctx, id)
  const read = known && deskColumns(ctx.actor, given, known)
  if (!known || !read || 'errors' in read) return null
  const changed = changedIn(known, read.columns)
  if (changed.length === 0) return null
  const sessions = (await sessionsShowing(ctx, id, changed)).length
  const fields = editFields(known, read.columns, sessions)
  return { before: deskOf(known), after: deskOf({ ...known, ...read.columns }), sessions, fields }
}

/** One attempt to edit a desk. Null if a concurrent commit won. */
async function edited(ctx: Ctx, known: DeskRow, columns: DeskColumns, given: unknown): Promise<DeskSaved | null> {
  const parsed = Revision.safeParse(given)
  if (!parsed.success || parsed.data.revision !== known.revision) return refused('changed')
  const { id } = known
  const fields = changedIn(known, columns)
  if (fields.length === 0) return ok({ desk: id })
  const shown = shownIn(given)
  const sessions = shown === undefined ? [] : await sessionsShowing(ctx, id, fields)
  if (!(await isAsShown(shown, editFields(known, columns, sessions.length)))) return refused('changed')
  const expectShown = shown === undefined || !isShown(fields) ? [] : [expectSame(ctx, showing(ctx, id), sessions)]
  const { db } = ctx.store
  const { revision: _, ...stamps } = raised(ctx)
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'desk', known),
    ...expectShown,
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
