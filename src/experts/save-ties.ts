import * as z from 'zod'
import { requireExpert } from '../base/actor.ts'
import { day, seenRevision } from '../base/fields.ts'
import { newId } from '../base/id.ts'
import { type Faults, faultsOf, nameLine, optional } from '../base/input.ts'
import { corporateNumber } from '../base/japan/corporate-number.ts'
import { foldName } from '../base/japan/fold.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { expertById } from './queries.ts'

const corporate = z.string().transform((text, check) => {
  const read = corporateNumber(text)
  if (read.ok) return read.value
  check.addIssue({ code: 'custom', message: read.why === 'digits' ? 'corporate_digits' : 'corporate_check' })
  return z.NEVER
})

/** A firm by its number or its name, or both: what a form says of one tie. */
export const TieInput = z
  .object({
    corporate_number: optional(corporate),
    company: optional(nameLine(100)),
    kind: z.enum(['employer', 'client', 'stake'], 'choice'),
    until: optional(day),
  })
  .transform(({ company, corporate_number: number, ...same }) => ({
    ...same,
    corporate_number: number ?? '',
    name_key: foldName(company ?? ''),
  }))
  .refine((tie) => tie.corporate_number !== '' || tie.name_key !== '', { message: 'required', path: ['company'] })

const TiesInput = z.object({ revision: seenRevision, ties: z.array(TieInput).max(100, 'long') })

/** Saved. Refused: faulty fields; `twice` for the same firm twice, or one that was declared; `left`; `changed`. */
export type TiesSaved =
  | Ok<{ expert: string }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'twice' | 'left' | 'changed'>

/**
 * Says to which firms an expert is tied, in place of what was said before. What an expert declared about an offer
 * stays. Only the number and the folded name are kept. For the expert and the secretariat. Throws `NotFound`,
 * `Forbidden`.
 */
export async function saveTies(ctx: Ctx, id: string, given: unknown): Promise<TiesSaved> {
  requireExpert(ctx.actor, id)
  const parsed = TiesInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const expert = await expertById(ctx, id)
  if (!expert) throw new NotFound('expert')
  const { revision, ties } = parsed.data
  if (expert.state === 'left') return refused('left')
  if (revision !== expert.revision) return refused('changed')
  const { db } = ctx.store
  const now = ctx.clock.now()
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'expert', expert),
    db
      .updateTable('expert')
      .set({ revision: revision + 1, updated_at: now })
      .where('id', '=', id),
    db.deleteFrom('affiliation').where('expert', '=', id).where('kind', '<>', 'declared'),
    ...ties.map((tie) => db.insertInto('affiliation').values({ id: newId(now), expert: id, ...tie, created_at: now })),
    note(ctx, 'expert.ties_saved', id, { firms: ties.length }),
  )
  return done.ok ? ok({ expert: id }) : refusalFor(done, { affiliation_once: 'twice' })
}
