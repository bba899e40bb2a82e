import { isAsShown, type Shown } from '../base/fingerprint.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { sha256 } from '../base/token.ts'
import { isOpenRequest } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { requestByToken } from '../matching/queries.ts'
import { requestFields } from '../matching/request.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'
import { anonymousRequest } from './anonymous-request.ts'

/** Erased. Refused: it is not as `shown`, or it changed three times meanwhile. */
export type RequestErased = Ok<{ request: string }> | Refused<'changed'>

/**
 * Makes the request whose link carries this token anonymous for good. Its visits and the reports on them go with it. An
 * open one is withdrawn first. No letter leaves, since no address is left. The number of visits that the firm used
 * stays. Throws `NotFound` for an unknown token, so also the second time.
 */
export async function eraseRequest(ctx: Ctx, ref: { token: string; shown?: Shown }): Promise<RequestErased> {
  const done = await retryOnConflict<RequestErased>(async () => {
    const request = await requestByToken(ctx, ref.token)
    if (!request) throw new NotFound('request')
    if (!(await isAsShown(ref.shown, requestFields(request)))) return refused('changed')
    const withdrawn = isOpenRequest(request)
    const committed = await ctx.store.commit(
      ...unchanged(ctx, 'request', request),
      ...(await anonymousRequest(ctx, request, { ends: true, at: ctx.clock.now() })),
      note(ctx, 'link.erased', await sha256(ref.token)),
      note(ctx, 'request.erased', request.id, { withdrawn }),
    )
    return isCommitted(committed) ? ok({ request: request.id }) : null
  })
  if (done.ok) ctx.store.scrub?.()
  return done
}
