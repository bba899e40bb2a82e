import { sql } from 'kysely'
import { newId, newUid } from '../base/id.ts'
import { searchKey } from '../base/japan/kana.ts'
import { phoneDigits } from '../base/japan/phone.ts'
import { prefectureByCode } from '../base/japan/prefecture.ts'
import { type Ok, ok, refused } from '../base/outcome.ts'
import { hmac, secretId, sha256 } from '../base/token.ts'
import type { Ctx } from '../context.ts'
import { nearestOpen } from '../schedule/queries.ts'
import type { Session } from '../schedule/session.ts'
import { note } from '../store/journal.ts'
import { queue } from '../store/outbox.ts'
import type { BookingRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import { admit, type NotAdmitted } from './admit.ts'
import { linkLetter, personKey } from './booking.ts'
import { BookInput, faultsOf, IdempotencyKey } from './input.ts'
import { activeBookingOf, bookingByKey } from './queries.ts'
import { expecting, seated } from './seats.ts'

/** How an application came in, and under which key a repetition is recognised. */
export type Door = { channel: BookingRow['channel']; key: unknown }

/**
 * Booked: the booking's id; `again` where the same key and input had booked it before. Refused as by `admit`, or `twice`,
 * or `changed` where the session changed three times meanwhile.
 */
export type Booked = Ok<{ booking: string; again: boolean }> | NotAdmitted

/** What somebody else's commit may have changed since it was read: look and decide afresh. */
const AFRESH = ['still_true', 'booking_once', 'booking_key_once', 'booking_number_once']

type Keys = { idempotency: string; input: string }

async function insertBooking(ctx: Ctx, id: string, session: Session, input: BookInput, door: Door, keys: Keys) {
  const { db } = ctx.store
  const now = ctx.clock.now()
  const secret = ctx.config.secrets[0]
  if (secret === undefined) throw new Error('no secret to sign links with')
  const { consent: _, waitlist: __, topics, session: ___, ...given } = input
  const letters = prefectureByCode(session.prefecture)?.letters ?? 'XX'
  const day = `${letters}-${session.date?.slice(5).replace('-', '')}-`
  const numbering = `${session.programme.id} ${day}`
  const row = {
    ...given,
    id,
    number: sql<string>`(select ${day} || case when last < 10 then '0' else '' end || cast(last as text) from numbering where id = ${numbering})`,
    uid: newUid(ctx.config.domain),
    programme: session.programme.id,
    session: session.id,
    status: 'booked' as const,
    channel: door.channel,
    phone_digits: phoneDigits(input.phone) ?? '',
    topics: topics.join(','),
    consented_at: now,
    person_key: personKey(input),
    search_key: searchKey(`${input.company} ${input.name} ${input.name_kana}`),
    token_hash: await sha256(await hmac(secret, `${id}.1`)),
    token_version: 1,
    secret_id: await secretId(secret),
    idempotency_hash: keys.idempotency,
    input_hash: keys.input,
    sequence: 0,
    revision: 0,
    created_at: now,
    updated_at: now,
    cancelled_at: null,
  }
  const writes: Write[] = [
    db.insertInto('numbering').values({ id: numbering, last: 0 }).onConflict((oc) => oc.column('id').doNothing()),
    db.updateTable('numbering').set((eb) => ({ last: eb('last', '+', 1) })).where('id', '=', numbering),
    db.insertInto('booking').values(row),
  ]
  return writes
}

/**
 * Seats one party in a session, or says why not. Open to everybody. The key is looked up before any other rule, so a
 * repetition finds its booking however the session stands by then; only a booking that was made uses the key up.
 */
export async function book(ctx: Ctx, given: unknown, door: Door): Promise<Booked> {
  const parsed = BookInput.safeParse(given)
  const key = IdempotencyKey.safeParse(door.key)
  if (!parsed.success || !key.success) {
    const errors = { ...(parsed.success ? {} : faultsOf(parsed.error)), ...(key.success ? {} : { key: 'key' as const }) }
    return refused('invalid', { errors })
  }
  const input = parsed.data
  const keys = { idempotency: await sha256(key.data), input: await sha256(JSON.stringify(input)) }

  for (let attempt = 0; attempt < 3; attempt++) {
    const made = await bookingByKey(ctx, keys.idempotency)
    if (made) {
      if (made.input_hash !== keys.input) return refused('invalid', { errors: { key: 'key' } })
      return ok({ booking: made.id, again: true })
    }
    const other = await activeBookingOf(ctx, input.session, personKey(input))
    if (other) {
      if (other.email !== null) await ctx.store.commit(linkLetter(ctx, other))
      return refused('twice', { nearest: [] })
    }
    const admitted = await admit(ctx, input)
    if (!admitted.ok) return admitted
    const { session } = admitted

    const id = newId(ctx.clock.now())
    const done = await ctx.store.commit(
      ...seated(
        ctx,
        { session: session.id, slot: input.slot },
        expecting(ctx, 'session', session),
        ...(await insertBooking(ctx, id, session, input, door, keys)),
        queue(ctx, { kind: 'booked', booking: id, sequence: 0, locale: input.locale }),
        note(ctx, 'booking.made', id, { session: session.id, seats: input.seats, channel: door.channel }),
      ),
    )
    if (done.ok) return ok({ booking: id, again: false })
    if (done.broke === 'session_has_room' || done.broke === 'slot_has_room') {
      return refused('full', { nearest: await nearestOpen(ctx, session, input.seats) })
    }
    if (!AFRESH.includes(done.broke)) throw new Error(`booking broke ${done.broke}`)
  }
  return refused('changed', { nearest: [] })
}
