import { type Refused, refused } from '../base/outcome.ts'
import { capLetter } from '../caps/letter.ts'
import { sourcesOf } from '../caps/source.ts'
import type { Ctx } from '../context.ts'
import { retryOnConflict } from '../store/retry.ts'
import type { RequestRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import { keysOf } from '../store/submission.ts'
import { readAsked } from './faults.ts'
import { AskInput } from './input.ts'
import { type Made, makeRequest, type RequestPolicy } from './make-request.ts'

/** As `Made`, or refused: `twice`, since the firm has an open request; `changed` after three conflicts. */
export type Asked = Made | Refused<'twice' | 'changed'>

/**
 * The writes that send the link of a request again, to the address on record; none without one. At most one letter an
 * hour leaves, and none beyond the recipient's cap.
 */
async function requestLinkLetter(ctx: Ctx, { id, email, sequence, locale }: RequestRow): Promise<Write[]> {
  const dedupe_key = ctx.clock.now().slice(0, 13)
  if (email === null) return []
  return capLetter(ctx, { email, session: null }, { kind: 'request_link', subject: id, sequence, locale, dedupe_key })
}

/** If the firm has an open request, its link is sent; the page does not say so. */
function publicPolicy(ctx: Ctx, input: AskInput): RequestPolicy<Refused<'twice'>> {
  return {
    sources: () => sourcesOf(ctx, input),
    twice: async (open) => {
      await ctx.store.commit(...(await requestLinkLetter(ctx, open)))
      return refused('twice')
    },
  }
}

/**
 * Applies for an expert. Open to everybody. Idempotent: the key is looked up before any other rule. Only a request that was
 * made uses up the key. A firm is known by any of its keys, and has one open request. If it has one, the link of that goes
 * to the address on record, and nothing is shown. `booking`: the booking from whose page it comes.
 */
export async function ask(
  ctx: Ctx,
  given: unknown,
  { channel, key, booking = null }: { channel: 'web' | 'api'; key: unknown; booking?: string | null },
): Promise<Asked> {
  const read = readAsked(ctx, AskInput, given, key)
  if (!read.ok) return read
  const { input } = read
  const origin = { channel, keys: await keysOf(read.key, input), desk: null, booking }
  return retryOnConflict(() => makeRequest(ctx, input, origin, publicPolicy(ctx, input)))
}
