import { sql } from 'kysely'
import type { Instant } from '../base/clock.ts'
import { LIVE_MATCH } from '../base/vocabulary.ts'
import { isAhead } from '../booking/acts-for.ts'
import { type Booking, isCancellable, placeOf } from '../booking/booking.ts'
import { bookingsWithIds } from '../booking/queries.ts'
import { statusWrite } from '../booking/write/insert.ts'
import { withSeatRecount } from '../booking/write/seats.ts'
import type { Ctx } from '../context.ts'
import { freeing } from '../experts/busy.ts'
import { recountVisits } from '../matching/entitlement.ts'
import { withLoads } from '../matching/load.ts'
import { isOpenRequest } from '../matching/request.ts'
import { dropFaults, supersedeLetters } from '../store/outbox.ts'
import type { RequestRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import { anonymous, employeesOfBand, FORGOTTEN } from './anonymous.ts'

/**
 * The writes that make requests anonymous for good: the firm, its people, its words, and the words of reports on it. Links
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

/** What ends with a request: its visits, and the offers and cases of experts. */
async function livesOf(ctx: Ctx, id: string) {
  const { db } = ctx.store
  const visits = await db.selectFrom('visit').select(['id', 'booking']).where('request', '=', id).execute()
  const matches = await db
    .selectFrom('match')
    .select(['id', 'expert', 'state'])
    .where('request', '=', id)
    .where('state', 'in', LIVE_MATCH)
    .execute()
  const bookings = await bookingsWithIds(
    ctx,
    visits.map(({ booking }) => booking),
  )
  return { matches, bookings }
}

/** The writes that cancel visits ahead and free their experts. A visit that is cancelled too late counts as used. */
function visitsOff(ctx: Ctx, bookings: readonly Booking[], at: Instant): Write[] {
  const { db } = ctx.store
  return bookings.flatMap((booking) => [
    statusWrite(ctx, booking, 'cancelled', { cancelled_at: at }),
    ...(isCancellable(booking, at)
      ? []
      : [db.updateTable('visit').set({ late_cancel: 1 }).where('booking', '=', booking.id)]),
    ...freeing(ctx, booking.session.id),
  ])
}

/**
 * The writes that make a request and its visits anonymous. With `ends` an open request is withdrawn as of `at`: visits
 * ahead are cancelled, offers withdrawn, cases ended. What the firm used of its visits stays counted. The caller locks the
 * request.
 */
export async function anonymousRequest(
  ctx: Ctx,
  request: Pick<RequestRow, 'id' | 'firm' | 'state'>,
  { ends, at }: { ends: boolean; at: Instant },
): Promise<Write[]> {
  const { db } = ctx.store
  const { matches, bookings } = await livesOf(ctx, request.id)
  const ahead = ends ? bookings.filter((booking) => isAhead(booking, at)) : []
  const ending = ends && isOpenRequest(request)
  const ofMatch = (id: string) => db.updateTable('match').where('id', '=', id)
  const writes = [
    ...(ending
      ? [
          db
            .updateTable('request')
            .set((eb) => ({ state: 'withdrawn', finished_at: at, sequence: eb('sequence', '+', 1) }))
            .where('id', '=', request.id),
        ]
      : []),
    ...(ends ? matches : []).map(({ id, state }) =>
      ofMatch(id).set((eb) => ({
        state: state === 'offered' ? 'withdrawn' : 'ended',
        answered_at: eb.fn.coalesce('answered_at', eb.val(at)),
        revision: eb('revision', '+', 1),
      })),
    ),
    ...visitsOff(ctx, ahead, at),
    ...withoutPeople(ctx, [request.id]),
    ...(bookings.length === 0
      ? []
      : anonymous(
          ctx,
          bookings.map(({ id }) => id),
        )),
  ]
  const loaded = withLoads(
    ctx,
    ends ? matches.map(({ expert }) => expert) : [],
    ...withSeatRecount(ctx, ahead.map(placeOf), ...writes),
  )
  return [...loaded, recountVisits(ctx, request.firm)]
}
