import { isAsShown, type Shown } from '../base/fingerprint.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { isOpenRequest } from '../base/vocabulary.ts'
import { confirm } from '../booking/write/notify.ts'
import { capLetter } from '../caps/letter.ts'
import type { Ctx } from '../context.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'
import { hangingOn, visitsAhead, withdrawalOf } from './ending.ts'
import { requestByToken } from './queries.ts'
import { requestFields } from './request.ts'

/**
 * Withdrawn; `again` if it was already. Refused: `closed`, since it is over. `changed`, since it is not as
 * `shown`, or changed three times meanwhile.
 */
export type RequestWithdrawn = Ok<{ request: string; again: boolean }> | Refused<'closed' | 'changed'>

/**
 * Withdraws the request whose link carries this token (取り下げ), with a letter. Visits ahead are cancelled, each with its
 * own letter; one that is cancelled too late counts as used. Idempotent. Throws `NotFound` for an unknown token.
 */
export async function withdrawRequest(ctx: Ctx, ref: { token: string; shown?: Shown }): Promise<RequestWithdrawn> {
  return retryOnConflict<RequestWithdrawn>(async () => {
    const request = await requestByToken(ctx, ref.token)
    if (!request) throw new NotFound('request')
    const { id, state, email, locale, sequence } = request
    if (state === 'withdrawn') return ok({ request: id, again: true })
    if (!isOpenRequest(request)) return refused('closed')
    if (!(await isAsShown(ref.shown, requestFields(request)))) return refused('changed')
    const now = ctx.clock.now()
    const hanging = await hangingOn(ctx, id)
    const letters = visitsAhead(hanging, now).map(async (booking) => [
      ...(await confirm(ctx, booking, 'cancelled')),
      note(ctx, 'booking.cancelled', booking.id, { session: booking.session.id }),
    ])
    const letter = { kind: 'request_withdrawn', subject: id, sequence: sequence + 1, locale } as const
    const done = await ctx.store.commit(
      ...unchanged(ctx, 'request', request),
      ...withdrawalOf(ctx, request, hanging, now, ...(await Promise.all(letters)).flat()),
      ...(email === null ? [] : await capLetter(ctx, { email, session: null }, letter)),
      note(ctx, 'request.withdrawn', id, { before: state }),
    )
    return isCommitted(done) ? ok({ request: id, again: false }) : null
  })
}
