import * as z from 'zod'
import { EmailInput } from '../base/fields.ts'
import { newId } from '../base/id.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { addDays, civilDate } from '../base/japan/civil.ts'
import { PREFECTURES } from '../base/japan/prefecture.ts'
import { LOCALES } from '../base/locale.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { personKey } from '../base/person.ts'
import { KINDS } from '../base/vocabulary.ts'
import { capLetter } from '../caps/letter.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { isCommitted } from '../store/retry.ts'
import { ALERT_DAYS, alertLinkColumns, WEEKDAYS } from './alert.ts'
import { askedAlert } from './queries.ts'

/** Some of these, each once, in their own order. */
const someOf = <T extends string>(all: readonly T[]) =>
  z
    .array(z.enum(all, 'choice'), 'required')
    .min(1, 'required')
    .transform((given) => all.filter((one) => given.includes(one)))

const AlertInput = EmailInput.extend({
  prefecture: z.enum(
    PREFECTURES.map(({ code }) => code),
    'required',
  ),
  web: z.boolean().default(false),
  kinds: someOf(KINDS),
  weekdays: someOf(WEEKDAYS),
  days: z.enum(ALERT_DAYS.map(String), 'required').transform(Number),
  consent: z.literal(true, 'consent'),
  locale: z.enum(LOCALES, 'choice').default('ja'),
})

/** The same answer for every address. Nobody learns from it which addresses asked before. Refuses `invalid`. */
export type AlertAsked = Ok<{ asked: true }> | Refused<'invalid', { errors: Faults }>

/**
 * Asks for letters about free places in a prefecture, for 30, 90 or 180 days. None leaves before the holder of the
 * address confirms it by the link in a letter. Asking the same again sends that letter again, at most once an hour and
 * within the cap of its recipient. Open to everybody.
 */
export async function askForAlert(ctx: Ctx, given: unknown): Promise<AlertAsked> {
  const parsed = AlertInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const { email, locale, prefecture, days } = parsed.data
  const now = ctx.clock.now()
  const wishes = {
    prefecture,
    web: parsed.data.web ? (1 as const) : (0 as const),
    kinds: parsed.data.kinds.join(','),
    weekdays: parsed.data.weekdays.join(''),
    person_key: personKey({ email, phone: '', name_kana: '' }),
    ends_on: addDays(civilDate(now), days),
  }
  const letterTo = (subject: string) =>
    capLetter(
      ctx,
      { email, session: null },
      { kind: 'confirm_alert', subject, sequence: 0, locale, dedupe_key: now.slice(0, 13) },
    )
  const known = await askedAlert(ctx, wishes)
  if (known) {
    // Within the hour it is on its way already.
    isCommitted(await ctx.store.commit(...(await letterTo(known.id))), ['outbox_once'])
    return ok({ asked: true })
  }
  const id = newId(now)
  const row = {
    id,
    email,
    locale,
    ...wishes,
    state: 'asked' as const,
    since: now,
    told_on: null,
    ...(await alertLinkColumns(ctx, id)),
    created_at: now,
    updated_at: now,
  }
  isCommitted(
    await ctx.store.commit(
      ctx.store.db.insertInto('alert').values(row),
      ...(await letterTo(id)),
      note(ctx, 'alert.asked', id),
    ),
  )
  return ok({ asked: true })
}
