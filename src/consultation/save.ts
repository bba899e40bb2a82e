import * as z from 'zod'
import { paragraphs, seenRevision, wholeNumber } from '../base/fields.ts'
import { type Faults, faultsOf, optional } from '../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { TOPICS } from '../base/vocabulary.ts'
import { markWrites } from '../booking/write/mark.ts'
import type { Ctx } from '../context.ts'
import { expectNone, expectSome, unchanged } from '../store/expectation.ts'
import { note, noteOnce } from '../store/journal.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'
import type { ConsultationRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import { consultationOf, recordedBooking, type WhyNotRecorded, whyNotRecorded } from './queries.ts'

/** The most minutes of one consultation. */
const MOST_MINUTES = 600

/** Minutes in which a draft that is saved again adds no line to the journal. */
const DRAFT_MINUTES = 60

const ConsultationInput = z
  .object({
    revision: seenRevision.default(0),
    state: z.enum(['draft', 'final'], 'choice'),
    topics: z.preprocess(
      (given) => [given ?? []].flat().filter((one) => one !== ''),
      z.array(z.enum(TOPICS, 'choice')),
    ),
    advised: paragraphs(4000),
    next_step: paragraphs(1000),
    minutes: optional(wholeNumber(1, MOST_MINUTES, 'number')),
  })
  .superRefine(({ state, advised, minutes }, check) => {
    if (state === 'draft') return
    if (advised === '') check.addIssue({ code: 'custom', message: 'required', path: ['advised'] })
    if (minutes === null) check.addIssue({ code: 'custom', message: 'required', path: ['minutes'] })
  })

/**
 * Saved, with the revision that the next form needs, and whether its people were marked as attended with it. Refuses faulty
 * fields, the reasons of `whyNotRecorded`, and `changed` if somebody else saved it since it was read.
 */
export type ConsultationSaved =
  | Ok<{ booking: string; revision: number; state: ConsultationRow['state']; attended: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<WhyNotRecorded | 'changed'>

async function attempt(ctx: Ctx, id: string, given: unknown): Promise<ConsultationSaved | null> {
  const booking = await recordedBooking(ctx, id)
  const before = await consultationOf(ctx, id)
  const final = before?.state === 'final'
  const parsed = ConsultationInput.safeParse(final ? { ...Object(given), state: 'final' } : given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const why = whyNotRecorded(ctx, booking)
  if (why !== null) return refused(why)
  const { revision, state, topics, ...words } = parsed.data
  if (revision !== (before?.revision ?? 0)) return refused('changed')
  const now = ctx.clock.now()
  const columns = { ...words, topics: topics.join(','), state }
  const names = Object.keys(columns) as (keyof typeof columns)[]
  const fields = names.filter((name) => columns[name] !== before?.[name])
  const attended = state === 'final' && booking.status === 'booked'
  if (before && fields.length === 0 && !attended) return ok({ booking: id, revision, state, attended })
  const { db } = ctx.store
  const row = {
    ...columns,
    author: ctx.actor.kind === 'staff' ? ctx.actor.id : null,
    revision: revision + 1,
    updated_at: now,
    final_at: state === 'final' ? (before?.final_at ?? now) : null,
  }
  const found = db.selectFrom('consultation').select('id').where('id', '=', id)
  const saving: Write[] = before
    ? [
        expectSome(ctx, found.where('revision', '=', revision)),
        db.updateTable('consultation').set(row).where('id', '=', id),
      ]
    : [expectNone(ctx, found), db.insertInto('consultation').values({ ...row, id, created_at: now })]
  const done = await ctx.store.commit(
    ...(attended ? markWrites(ctx, booking, 'attended') : unchanged(ctx, 'booking', booking)),
    ...saving,
    state === 'draft'
      ? noteOnce(ctx, DRAFT_MINUTES, 'booking.recorded', id, { state, fields: [] })
      : note(ctx, 'booking.recorded', id, { state, fields }),
  )
  return isCommitted(done) ? ok({ booking: id, revision: revision + 1, state, attended }) : null
}

/**
 * Saves the record of a consultation (相談記録): topics, what was advised, the next step, minutes. A draft may be incomplete;
 * what is final stays so, and marks the people as attended. Personal data: it is erased with its booking and is never
 * public. For the desk of its prefecture and the adviser at its place. Throws `NotFound`, `Forbidden`.
 */
export async function saveConsultation(ctx: Ctx, id: string, given: unknown): Promise<ConsultationSaved> {
  return retryOnConflict(() => attempt(ctx, id, given))
}
