import { sql } from 'kysely'
import { SIZES_UP_TO } from '../base/size.ts'
import { listedStatusSql } from '../booking/queries.ts'
import type { Ctx } from '../context.ts'
import { dropFaults, supersedeLetters } from '../store/outbox.ts'
import type { Write } from '../store/store.ts'

/** Prefix of `person_key` and `token_hash` of a forgotten booking; no person and no link has such a one. */
export const FORGOTTEN = 'forgotten:'

const LARGEST = SIZES_UP_TO.at(-1)?.[1] ?? 0

/** The largest number of employees in the band of a firm. An exact number can name a large firm. */
export const employeesOfBand = sql<number | null>`case ${sql.join(
  SIZES_UP_TO.map(([, most]) => sql`when employees <= ${sql.lit(most)} then ${sql.lit(most)}`),
  sql` `,
)} when employees > ${sql.lit(LARGEST)} then ${sql.lit(LARGEST + 1)} end`

/**
 * The writes that make bookings anonymous for good. Names, contact data, what people wrote and every key made from them
 * go. So do the words of the record and the reason for going over capacity. Manage links stop working, and unsent
 * letters do not leave. Data for figures stays; of the number of employees only its band.
 */
export function anonymous(ctx: Ctx, ids: string[]): Write[] {
  const { db } = ctx.store
  return [
    db
      .updateTable('booking')
      .set({
        company: '',
        name: '',
        name_kana: '',
        email: null,
        phone: '',
        phone_digits: '',
        message: '',
        note: '',
        answers: '{}',
        companions: '[]',
        support: '{}',
        corporate_number: null,
        employees: employeesOfBand,
        search_key: '',
        idempotency_hash: null,
        input_hash: null,
        meeting_url: null,
        // A form that was opened before must not bring anything back.
        revision: sql<number>`revision + 1`,
        // To decline is not to cancel, and the figures stay.
        status_before: sql<'offered' | null>`case when ${listedStatusSql} = 'declined' then 'offered' end`,
        person_key: sql<string>`${sql.lit(FORGOTTEN)} || id`,
        token_hash: sql<string>`${sql.lit(FORGOTTEN)} || id`,
      })
      .where('id', 'in', ids),
    db.updateTable('journal').set({ detail: '{}' }).where('act', '=', 'booking.over').where('subject', 'in', ids),
    dropFaults(ctx, 'booking', ids),
    db
      .updateTable('cap')
      .set({ mask: '' })
      .where('key_hash', 'in', db.selectFrom('cap_booking').select('key_hash').where('booking', 'in', ids)),
    db
      .updateTable('outbox')
      .set({ before: null, fault: null })
      .where('about', '=', 'email_change')
      .where('subject', 'in', ids),
    db.updateTable('consultation').set({ advised: '', next_step: '' }).where('id', 'in', ids),
    // A message may name its reader. It goes with the last of them.
    db
      .updateTable('message')
      .set({ subject_ja: '', body_ja: '', subject_en: null, body_en: null })
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('outbox')
          .select('dedupe_key')
          .where('about', '=', 'booking')
          .where('kind', '=', 'message')
          .where('subject', 'in', ids),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('outbox')
              .innerJoin('booking', 'booking.id', 'outbox.subject')
              .select('outbox.id')
              .where('outbox.kind', '=', sql.lit('message' as const))
              .where('outbox.before', '=', sql<string>`'{"message":"' || message.id || '"}'`)
              .where('booking.phone', '<>', ''),
          ),
        ),
      ),
    db.deleteFrom('cap_booking').where('booking', 'in', ids),
    db.deleteFrom('email_change').where('booking', 'in', ids),
    supersedeLetters(ctx, 'booking', ids),
    supersedeLetters(ctx, 'email_change', ids),
  ]
}
