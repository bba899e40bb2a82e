import { requireDesk } from '../base/actor.ts'
import { type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { desks } from '../people/queries.ts'
import { actorText } from '../store/journal.ts'
import { retryOnConflict } from '../store/retry.ts'
import { keysOf } from '../store/submission.ts'
import { readAsked } from './faults.ts'
import { EnterRequestInput } from './input.ts'
import { type Made, makeRequest } from './make-request.ts'

/** As `Made`, or refused: `twice` with the firm's open request and its number; `changed` after three conflicts. */
export type RequestEntered = Made | Refused<'twice', { request: string; number: string }> | Refused<'changed'>

/** The desk of a prefecture, if there is one. */
async function deskOf(ctx: Ctx, prefecture: string): Promise<string | null> {
  const own = (await desks(ctx)).filter(({ kind, prefectures }) => kind === 'local' && prefectures.includes(prefecture))
  return own[0]?.id ?? null
}

/**
 * Enters the application of a firm that called, came or wrote. For the desk of its prefecture. It may have no e-mail
 * address: then the desk says the number, and no letter leaves. Idempotent by the key of the form, which belongs to the
 * account. `booking`: the booking from whose page it comes. Throws `Forbidden`.
 */
export async function enterRequest(
  ctx: Ctx,
  given: unknown,
  { key, booking = null }: { key: unknown; booking?: string | null },
): Promise<RequestEntered> {
  requireDesk(ctx.actor)
  const read = readAsked(ctx, EnterRequestInput, given, key)
  if (!read.ok) return read
  const { channel, ...input } = read.input
  requireDesk(ctx.actor, input.prefecture)
  const keys = await keysOf(read.key, read.input, { account: actorText(ctx.actor), act: 'request.made' })
  const origin = { channel, keys, desk: await deskOf(ctx, input.prefecture), booking }
  return retryOnConflict(() =>
    makeRequest(ctx, input, origin, {
      sources: async () => [],
      twice: async ({ id, number }) => refused('twice', { request: id, number }),
    }),
  )
}
