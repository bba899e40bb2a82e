import { sql } from 'kysely'
import type { Instant } from '../base/clock.ts'
import type { Ctx } from '../context.ts'
import { hangingOn, withdrawalOf } from '../matching/ending.ts'
import { dropFaults, supersedeLetters } from '../store/outbox.ts'
import type { RequestRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import { anonymous, employeesOfBand, FORGOTTEN } from './anonymous.ts'

/**
 * The writes that make requests anonymous for good. The firm, its people, its words and those of reports go. Links
 * of the firm and of experts stop working, and unsent letters do not leave. Data for figures stays, of the number of
 * employees only its band.
 */
function withoutPeople(ctx: Ctx, ids: string[]): Write[] {
  const { db } = ctx.store
  return [
    db
      .updateTable('request')
      .set({
        company: '',
        corporate_number: null,
        municipality: '',
        address: '',
        employees: employeesOfBand,
        name: '',
        name_kana: '',
        email: null,
        phone: '',
        phone_digits: '',
        message: '',
        wished: '[]',
        hold: null,
        from_booking: null,
        idempotency_hash: null,
        input_hash: null,
        token_hash: sql<string>`${sql.lit(FORGOTTEN)} || id`,
        // A page that was opened before must not bring anything back.
        revision: sql<number>`revision + 1`,
      })
      .where('id', 'in', ids),
    db
      .updateTable('match')
      .set({ why: null, token_hash: sql<string>`${sql.lit(FORGOTTEN)} || id` })
      .where('request', 'in', ids),
    db
      .updateTable('report')
      .set({ title: '', background: '', advice: '', next_steps: '', client_words: '', revision: sql`revision + 1` })
      .where('id', 'in', db.selectFrom('visit').select('visit.id').where('request', 'in', ids)),
    dropFaults(ctx, 'request', ids),
    supersedeLetters(ctx, 'request', ids),
  ]
}

/**
 * The writes that make a request and its visits anonymous. With `ends` all that hangs on it ends as of `at`. What the firm
 * used of its visits stays counted. The caller locks the request.
 */
export async function anonymousRequest(
  ctx: Ctx,
  request: Pick<RequestRow, 'id' | 'firm' | 'state'>,
  { ends, at }: { ends: boolean; at: Instant },
): Promise<Write[]> {
  const hanging = await hangingOn(ctx, request.id)
  const bookings = hanging.bookings.map(({ id }) => id)
  const writes = [...withoutPeople(ctx, [request.id]), ...(bookings.length === 0 ? [] : anonymous(ctx, bookings))]
  return ends ? withdrawalOf(ctx, request, hanging, at, ...writes) : writes
}
