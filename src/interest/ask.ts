import * as z from 'zod'
import { EmailInput } from '../base/fields.ts'
import { newId } from '../base/id.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { LOCALES } from '../base/locale.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { personKey } from '../base/person.ts'
import { isDateAwaited } from '../base/seating.ts'
import { capLetter } from '../caps/letter.ts'
import type { Ctx } from '../context.ts'
import { publicSessionById } from '../schedule/queries.ts'
import { note } from '../store/journal.ts'
import { isCommitted } from '../store/retry.ts'
import { interestLinkColumns } from './interest.ts'

const AskInput = EmailInput.extend({
  consent: z.literal(true, 'consent'),
  locale: z.enum(LOCALES, 'choice').default('ja'),
})

/** The same answer for every address. Nobody learns from it which addresses asked before. Refuses `invalid`, `closed`. */
export type Asked = Ok<{ asked: true }> | Refused<'invalid', { errors: Faults }> | Refused<'closed'>

/**
 * Asks for news of a session without a date or hours, or postponed. No news leaves before the holder of the address
 * confirms it by the link in a letter. Asking again sends that letter again, at most once an hour and within the
 * recipient's cap. Refuses `closed` if the session has hours already. Open to everybody. Throws `NotFound`.
 */
export async function askToBeTold(ctx: Ctx, session: string, given: unknown): Promise<Asked> {
  const found = await publicSessionById(ctx, session)
  if (!found) throw new NotFound('session')
  const parsed = AskInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  if (!isDateAwaited(found)) return refused('closed')
  const { email, locale } = parsed.data
  const { db } = ctx.store
  const now = ctx.clock.now()
  const key = personKey({ email, phone: '', name_kana: '' })
  const known = await db
    .selectFrom('interest')
    .selectAll()
    .where('session', '=', session)
    .where('person_key', '=', key)
    .executeTakeFirst()
  const dedupe_key = now.slice(0, 13)
  const letterTo = (subject: string) =>
    capLetter(ctx, { email, session }, { kind: 'confirm_interest', subject, sequence: 0, locale, dedupe_key })
  if (known) {
    const again = await letterTo(known.id)
    const asked = db.updateTable('interest').set({ state: 'asked', updated_at: now }).where('id', '=', known.id)
    // Within the hour the letter breaks `outbox_once`: it is on its way already.
    if (known.state === 'ended') await ctx.store.commit(asked, ...again)
    else if (known.state === 'asked') await ctx.store.commit(...again)
    return ok({ asked: true })
  }
  const id = newId(now)
  const row = {
    id,
    session,
    email,
    person_key: key,
    locale,
    state: 'asked' as const,
    first_until: null,
    ...(await interestLinkColumns(ctx, id)),
    created_at: now,
    updated_at: now,
  }
  const done = await ctx.store.commit(
    db.insertInto('interest').values(row),
    ...(await letterTo(id)),
    note(ctx, 'interest.asked', id, { session }),
  )
  // Pressed twice: the other request queued a letter.
  isCommitted(done, ['interest_once'])
  return ok({ asked: true })
}
