import { IdempotencyKey } from '../base/fields.ts'
import { isAsShown, type Shown } from '../base/fingerprint.ts'
import { type Ok, ok, refused } from '../base/outcome.ts'
import { requiredOf } from '../base/questions.ts'
import { sourcesOf } from '../caps/source.ts'
import type { Ctx } from '../context.ts'
import { answerEnds } from '../schedule/business-day.ts'
import { closedDays } from '../schedule/closure-queries.ts'
import { nearestOpen } from '../schedule/queries.ts'
import { atOnce } from '../schedule/remembered.ts'
import { applicationFields, placeFields } from '../schedule/shown.ts'
import { retryOnConflict } from '../store/retry.ts'
import type { BookingRow } from '../store/schema.ts'
import { keysOf } from '../store/submission.ts'
import { type Admitted, admit, faultsIn, type NotAdmitted } from './admit.ts'
import { checkExtras } from './extras/check.ts'
import { BookInput } from './input.ts'
import { linkLetter } from './link.ts'
import { bookingByKey } from './queries.ts'
import { application, applicationAtOnce, madeAs, type Placed, type Policy } from './write/application.ts'

/** How an application came in, the key that recognises a repetition, and what the sender saw of the place. */
export type Origin = { channel: BookingRow['channel']; key: unknown; shown?: Shown; capped?: boolean }

/**
 * Booked: the booking's id; `again` if the same key and input had booked it before. Refuses as `admit` does. Refuses
 * `twice` if the person has a booking there already. Refuses `changed` if its place is not as `shown`, or after three
 * conflicts. Refuses `capped` if its e-mail address, telephone or network has as much as the caps allow.
 */
export type Booked = Ok<{ booking: string; again: boolean }> | NotAdmitted

const answering = ({ channel }: Origin) => (channel === 'api' ? 'api' : 'form')

/** When an unanswered request lapses; null unless the party only requests its place. */
async function requestEnds(ctx: Ctx, { session, slot, status }: Admitted): Promise<string | null> {
  if (status !== 'requested') return null
  const limit = (slot ?? session).closes_at
  return answerEnds(ctx.config.approvalDays, ctx.clock.now(), limit, await closedDays(ctx, session.prefecture))
}

/** The public's place: as `admit` decides, by the deadlines, and never beyond capacity. */
async function publicPlace(ctx: Ctx, input: BookInput, origin: Origin): Promise<Placed | NotAdmitted> {
  const admitted = await admit(ctx, input)
  if (!admitted.ok) return admitted
  const { session, slot, status } = admitted
  const { asked, faults, columns } = await checkExtras(ctx, session, input, answering(origin))
  const required = requiredOf(asked)
  const now = [applicationFields({ ...admitted, format: input.format, required }), placeFields(admitted)]
  if (!(await isAsShown(origin.shown, ...now))) return refused('changed', { nearest: [] })
  if (Object.keys(faults).length > 0) return refused('invalid', { errors: faults })
  return ok({
    session,
    slot: slot?.id ?? null,
    status,
    made: madeAs(session, status),
    offer_expires_at: await requestEnds(ctx, admitted),
    note: '',
    sms: false,
    columns,
    over: null,
    call: false,
  })
}

/** If the person has a booking there, its manage link is sent; the page does not say so. */
function publicPolicy(ctx: Ctx, input: BookInput, origin: Origin): Policy<NotAdmitted> {
  return {
    sources: () => (origin.capped === false ? Promise.resolve([]) : sourcesOf(ctx, input)),
    place: () => publicPlace(ctx, input, origin),
    differs: () => refused('invalid', { errors: { key: 'key' as const } }),
    twice: async (other) => {
      await ctx.store.commit(...(await linkLetter(ctx, other)))
      return refused('twice', { nearest: [] })
    },
    outOfRoom: async ({ session }) => {
      if (input.waitlist) return null
      return refused('full', { nearest: await nearestOpen(ctx, session, input.seats) })
    },
    capped: () => refused('capped', { nearest: [] }),
  }
}

/**
 * Books a place for one party in a session, or with `waitlist` lets it wait. Open to everybody. A plain booking is
 * tried at once, before anything is looked up. Idempotent: the key is looked up before any other rule, and again before
 * a refusal. So a repetition finds its booking even if the session changed. Only a booking that was made uses up the
 * key.
 */
export async function book(ctx: Ctx, given: unknown, origin: Origin): Promise<Booked> {
  const parsed = BookInput.safeParse(given)
  const key = IdempotencyKey.safeParse(origin.key)
  if (!parsed.success || !key.success) {
    const errors = {
      ...(parsed.success ? {} : await faultsIn(ctx, given, parsed.error, answering(origin))),
      ...(key.success ? {} : { key: 'key' as const }),
    }
    return refused('invalid', { errors })
  }
  const input = parsed.data
  const keys = await keysOf(key.data, input)
  const asked = { input, channel: origin.channel, keys }
  const policy = publicPolicy(ctx, input, origin)

  if (ctx.upToDate && !input.waitlist && input.first === null) {
    const tried = atOnce(ctx)
    const done = await applicationAtOnce(tried, asked, publicPolicy(tried, input, origin))
    if (done) return done
  }
  return retryOnConflict(
    async () => {
      const done = await application(ctx, asked, policy)
      if (!done || done.ok || done.why === 'invalid') return done
      // The same submission, sent twice at once, may have taken the place.
      return (await bookingByKey(ctx, keys.idempotency)) ? null : done
    },
    { nearest: [] },
  )
}
