import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { supersedeLetters } from '../store/outbox.ts'
import type { Write } from '../store/store.ts'

/** Prefix of `person_key` and `token_hash` of a forgotten booking; no person and no link has such a one. */
export const FORGOTTEN = 'forgotten:'

/**
 * The writes that make bookings anonymous for good. Names, contact data, what people wrote and every key made from them
 * go. Manage links stop working, and unsent letters do not leave. Data for figures stays.
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
        corporate_number: null,
        search_key: '',
        idempotency_hash: null,
        input_hash: null,
        meeting_url: null,
        person_key: sql<string>`${sql.lit(FORGOTTEN)} || id`,
        token_hash: sql<string>`${sql.lit(FORGOTTEN)} || id`,
      })
      .where('id', 'in', ids),
    db.updateTable('outbox').set({ fault: null }).where('about', '=', 'booking').where('subject', 'in', ids),
    supersedeLetters(ctx, 'booking', ids),
  ]
}
