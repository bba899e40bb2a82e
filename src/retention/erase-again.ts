import { sql } from 'kysely'
import { endAlertWrites } from '../alerts/end.ts'
import { requireSystem } from '../base/actor.ts'
import { chunks } from '../base/chunks.ts'
import { type Ok, ok } from '../base/outcome.ts'
import { mayBecome, placeOf } from '../booking/booking.ts'
import { changeBooking } from '../booking/change-booking.ts'
import { statusWrite } from '../booking/write/insert.ts'
import { withSeatRecount } from '../booking/write/seats.ts'
import type { Ctx } from '../context.ts'
import { endWrites } from '../interest/end.ts'
import { requestById } from '../matching/queries.ts'
import { expecting, unchanged } from '../store/expectation.ts'
import { detailOf } from '../store/journal.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'
import { Busy, orThrow } from '../store/store.ts'
import { anonymous, FORGOTTEN } from './anonymous.ts'
import { anonymousRequest } from './anonymous-request.ts'

/** The acts by which people are erased at their own request. */
export const ERASING = ['booking.erased', 'interest.ended', 'request.erased', 'alert.ended'] as const

/** Interests per commit. */
const BATCH = 50

/**
 * The journal lines of an act that erases. Uses the literals of `journal_by_erasure`, because engines match a partial
 * index by its text.
 */
export function erasures(ctx: Ctx, act: (typeof ERASING)[number]) {
  const isErasing = sql<boolean>`journal.act in (${sql.join(ERASING.map((one) => sql.lit(one)))})`
  return ctx.store.db.selectFrom('journal').where(isErasing).where('journal.act', '=', act)
}

async function eraseBookings(ctx: Ctx): Promise<number> {
  const lines = await erasures(ctx, 'booking.erased')
    .innerJoin('booking', 'booking.id', 'journal.subject')
    .select(['journal.subject', 'journal.at', 'journal.act', 'journal.detail'])
    .where('booking.person_key', 'not like', `${FORGOTTEN}%`)
    .execute()
  for (const line of lines) {
    const { cancelled } = detailOf(line, ['booking.erased'])
    const done = await changeBooking(ctx, { id: line.subject }, (booking) => {
      const ends = cancelled && mayBecome(booking.status, 'cancelled')
      return withSeatRecount(
        ctx,
        placeOf(booking),
        expecting(ctx, 'session', booking.session),
        ...unchanged(ctx, 'booking', booking),
        ...(ends ? [statusWrite(ctx, booking, 'cancelled', { cancelled_at: line.at })] : []),
        ...anonymous(ctx, [booking.id]),
      )
    })
    if (!done.ok) throw new Busy(`booking ${line.subject} changed three times meanwhile`)
  }
  return lines.length
}

async function endInterests(ctx: Ctx): Promise<void> {
  const rows = await erasures(ctx, 'interest.ended')
    .innerJoin('interest', 'interest.id', 'journal.subject')
    .select('interest.id')
    .where('interest.email', 'is not', null)
    .execute()
  for (const part of chunks(rows, BATCH)) {
    const ids = part.map((row) => row.id)
    orThrow(await ctx.store.commit(...endWrites(ctx, ids)))
  }
}

async function endAlerts(ctx: Ctx): Promise<void> {
  const rows = await erasures(ctx, 'alert.ended')
    .innerJoin('alert', 'alert.id', 'journal.subject')
    .select('alert.id')
    .where('alert.email', 'is not', null)
    .execute()
  for (const part of chunks(rows, BATCH)) {
    orThrow(
      await ctx.store.commit(
        ...endAlertWrites(
          ctx,
          part.map(({ id }) => id),
        ),
      ),
    )
  }
}

async function eraseRequests(ctx: Ctx): Promise<void> {
  const lines = await erasures(ctx, 'request.erased')
    .innerJoin('request', 'request.id', 'journal.subject')
    .select(['journal.subject', 'journal.at', 'journal.act', 'journal.detail'])
    .where('request.phone', '<>', '')
    .execute()
  for (const line of lines) {
    const { withdrawn } = detailOf(line, ['request.erased'])
    const done = await retryOnConflict(async () => {
      const request = await requestById(ctx, line.subject)
      if (!request || request.phone === '') return ok({})
      const committed = await ctx.store.commit(
        ...unchanged(ctx, 'request', request),
        ...(await anonymousRequest(ctx, request, { ends: withdrawn, at: line.at })),
      )
      return isCommitted(committed) ? ok({}) : null
    })
    if (!done.ok) throw new Busy(`request ${line.subject} changed three times meanwhile`)
  }
}

/**
 * Erases people again if a restored backup holds them. The journal has the ids of those who asked to be erased. A
 * booking that the erasure cancelled, and a request that it withdrew, end as of that time. For the clockwork and command
 * line. Idempotent, also if interrupted. Returns how many bookings. Throws `Busy`.
 */
export async function eraseAgain(ctx: Ctx): Promise<Ok<{ again: number }>> {
  requireSystem(ctx.actor)
  await endInterests(ctx)
  await endAlerts(ctx)
  await eraseRequests(ctx)
  return ok({ again: await eraseBookings(ctx) })
}
