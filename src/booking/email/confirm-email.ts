import { NotFound, type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { unchanged } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { isCommitted, retryOnConflict } from '../../store/retry.ts'
import { holderActs } from '../acts-for.ts'
import { endLink, linkColumns } from '../link.ts'
import { bookingById } from '../queries.ts'
import { personColumns } from '../write/person-columns.ts'
import { emailChangeByToken, readdressLetters } from './email-change.ts'

/**
 * Confirmed. Refuses `closed` if the link or the booking is over, `changed` after three conflicts. Refuses `twice` if the
 * address has another booking in the session.
 */
export type EmailConfirmed = Ok<{ booking: string }> | Refused<'closed' | 'twice' | 'changed'>

/**
 * Gives a booking the new address whose link carries this token. For the button of the page that the link leads to. The
 * new address gets a letter with the state of the booking and a new manage link. The old link stops working, and the old
 * address gets a letter without details. Throws `NotFound` for an unknown token, so also the second time.
 */
export async function confirmEmail(ctx: Ctx, token: string): Promise<EmailConfirmed> {
  return retryOnConflict(async () => {
    const change = await emailChangeByToken(ctx, token)
    const booking = change && (await bookingById(ctx, change.booking))
    if (!booking) throw new NotFound('email change')
    const now = ctx.clock.now()
    if (now >= change.expires_at || !holderActs(booking, now).has('amend')) return refused('closed')
    const { id, revision } = booking
    const version = booking.token_version + 1
    const done = await ctx.store.commit(
      ...unchanged(ctx, 'booking', booking),
      ctx.store.db
        .updateTable('booking')
        .set({
          email: change.email,
          ...personColumns({ ...booking, email: change.email }),
          ...(await linkColumns(ctx, id, version)),
          revision: revision + 1,
        })
        .where('id', '=', id),
      ...readdressLetters(ctx, booking, change.email, change.id),
      ...(await endLink(ctx, 'link.replaced', booking)),
      note(ctx, 'link.used', change.token_hash),
      note(ctx, 'booking.email_confirmed', id),
    )
    if (!done.ok && done.broke === 'booking_once') return refused('twice')
    return isCommitted(done) ? ok({ booking: id }) : null
  })
}
