import { sql } from 'kysely'
import { newId } from '../base/id.ts'
import type { Faults } from '../base/input.ts'
import { phoneDigits } from '../base/japan/phone.ts'
import { prefectureByCode } from '../base/japan/prefecture.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { noteCapped, withRequestCount } from '../caps/count.ts'
import type { Source } from '../caps/source.ts'
import type { Ctx } from '../context.ts'
import { expectSome } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { queue } from '../store/outbox.ts'
import { isCommitted } from '../store/retry.ts'
import type { ProgrammeRow, RequestRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import type { Keys } from '../store/submission.ts'
import { applyingIn } from './applying.ts'
import { wishFaults } from './faults.ts'
import { findFirm, firmWrites } from './firm.ts'
import type { AskInput } from './input.ts'
import { entitlementOf, openRequestOf, requestByKey } from './queries.ts'
import { requestLinkColumns } from './request.ts'

/** An application as a request keeps it. A desk may enter one without an e-mail address. */
export type Asking = Omit<AskInput, 'email'> & { email: string | null }

/** How an application came in. `desk`: who entered it. `booking`: the booking from whose page it came. */
export type RequestOrigin = {
  channel: RequestRow['channel']
  keys: Keys
  desk: string | null
  booking: string | null
}

/**
 * Made; `again` if the same form was sent before. Refused: `invalid` with the fault of each field. `closed`: nobody may
 * apply now. `used_up`: the firm has used so many visits of this year. `capped`: its e-mail address, telephone or network
 * has as much as the caps allow.
 */
export type Made =
  | Ok<{ request: string; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'used_up', { used: number }>
  | Refused<'closed' | 'capped'>

/** What the public and a desk decide differently. `R` is a refusal of the act. */
export type RequestPolicy<R extends Refused<string>> = {
  /** The sources whose caps it counts for; none for a desk. */
  sources: () => Promise<Source[]>
  /** The firm has this open request. */
  twice: (open: RequestRow) => Promise<R>
}

/** Constraints that another commit can break between reading and writing. */
const RETRYABLE = ['still_true', 'firm_has_one_request', 'request_key_once', 'request_number_once']

/** The writes that insert a request with its receipt number: IB-T-0007 is prefecture and running number in a programme. */
async function insertWrites(
  ctx: Ctx,
  id: string,
  firm: string,
  programme: ProgrammeRow,
  input: Asking,
  { channel, keys, desk, booking }: RequestOrigin,
): Promise<Write[]> {
  const { db } = ctx.store
  const now = ctx.clock.now()
  const start = `${prefectureByCode(input.prefecture)?.letters ?? 'XX'}-T-`
  const numbering = `${programme.id} ${start}`
  const { consent: _, topics, formats, wished, wishes_former, ...given } = input
  const padded = sql`case when last < 10 then '000' when last < 100 then '00' when last < 1000 then '0' else '' end`
  return [
    db
      .insertInto('numbering')
      .values({ id: numbering, last: 0 })
      .onConflict((oc) => oc.column('id').doNothing()),
    db
      .updateTable('numbering')
      .set((eb) => ({ last: eb('last', '+', 1) }))
      .where('id', '=', numbering),
    db.insertInto('request').values({
      ...given,
      id,
      number: sql<string>`(select ${start} || ${padded} || cast(last as text) from numbering where id = ${numbering})`,
      programme: programme.id,
      firm,
      phone_digits: phoneDigits(input.phone) ?? '',
      topics: topics.join(','),
      formats: formats.join(','),
      wished: JSON.stringify(wished),
      wishes_former: wishes_former ? 1 : 0,
      wishes_second: 0,
      channel,
      from_desk: desk,
      from_booking: booking,
      state: 'matching',
      hold: null,
      round: 1,
      outcome: null,
      consented_at: now,
      ...(await requestLinkColumns(ctx, id, 1)),
      idempotency_hash: keys.idempotency,
      input_hash: keys.input,
      applied_at: now,
      matched_at: null,
      first_at: null,
      finished_at: null,
      sequence: 0,
      revision: 0,
      created_at: now,
      updated_at: now,
    }),
  ]
}

/** The writes that give a firm its visits of a year, and break `still_true` if none are left. */
function entitlementWrites(ctx: Ctx, firm: string, { id: programme, visits }: ProgrammeRow): Write[] {
  const { db } = ctx.store
  const left = db
    .selectFrom('entitlement')
    .select('firm')
    .where('firm', '=', firm)
    .where('programme', '=', programme)
    .where(sql<boolean>`used < allowed + excess`)
  return [
    db
      .insertInto('entitlement')
      .values({ firm, programme, allowed: visits, used: 0, excess: 0 })
      .onConflict((oc) => oc.doNothing()),
    expectSome(ctx, left),
  ]
}

/**
 * One attempt: reads, decides, writes. Returns the request, `again` if this form had made it before, or a refusal. Null if
 * a concurrent commit won. `asked` is the letter to the firm, the journal line is `request.made`.
 */
export async function makeRequest<R extends Refused<string>>(
  ctx: Ctx,
  input: Asking,
  origin: RequestOrigin,
  policy: RequestPolicy<R>,
): Promise<Made | R | null> {
  const before = await requestByKey(ctx, origin.keys.idempotency)
  if (before) {
    if (before.input_hash !== origin.keys.input) return refused('invalid', { errors: { key: 'key' as const } })
    return ok({ request: before.id, again: true })
  }
  const errors = wishFaults(ctx, input)
  if (Object.keys(errors).length > 0) return refused('invalid', { errors })
  const applying = await applyingIn(ctx)
  if (!applying) return refused('closed')
  const { programme } = applying
  const found = await findFirm(ctx, input)
  const now = ctx.clock.now()
  const firm = found.firm ?? newId(now)
  const open = await openRequestOf(ctx, [firm, ...found.others])
  if (open) return policy.twice(open)
  const entitled = await entitlementOf(ctx, { firm, programme: programme.id })
  if (entitled && entitled.used >= entitled.allowed + entitled.excess)
    return refused('used_up', { used: entitled.used })
  const id = newId(now)
  const { locale, email, prefecture } = input
  const sources = await policy.sources()
  const done = await ctx.store.commit(
    ...firmWrites(ctx, firm, found),
    ...entitlementWrites(ctx, firm, programme),
    ...withRequestCount(ctx, sources, ...(await insertWrites(ctx, id, firm, programme, input, origin))),
    ...(email === null ? [] : [queue(ctx, { kind: 'asked', subject: id, sequence: 0, locale })]),
    note(ctx, 'request.made', id, { prefecture, channel: origin.channel }),
  )
  if (!done.ok && done.broke === 'cap_kept') {
    return (await noteCapped(ctx, sources, { session: null, seats: 0 })) ? refused('capped') : null
  }
  return isCommitted(done, RETRYABLE) ? ok({ request: id, again: false }) : null
}
