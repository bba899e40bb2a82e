import { sql } from 'kysely'
import { newUid } from '../../base/id.ts'
import { prefectureByCode } from '../../base/japan/prefecture.ts'
import { type BookingState, type BookingStatus, STATUS, stateColumns } from '../../base/vocabulary.ts'
import type { Ctx } from '../../context.ts'
import type { Session } from '../../schedule/session.ts'
import { once } from '../../store/once.ts'
import { raised } from '../../store/raised.ts'
import type { BookingRow } from '../../store/schema.ts'
import type { Write } from '../../store/store.ts'
import type { Keys } from '../../store/submission.ts'
import { mayBecome } from '../booking.ts'
import type { ExtrasColumns } from '../extras/check.ts'
import type { BookInput } from '../input.ts'
import { linkColumns } from '../link.ts'
import { personColumns } from './person-columns.ts'

/** An application as a booking row keeps it. The desk may enter one without an e-mail address. */
export type Applicant = Omit<BookInput, 'email' | 'consent'> & { email: string | null; consent?: true }

const beginNumbering = once((db, { numbering }: { numbering: string }) =>
  db
    .insertInto('numbering')
    .values({ id: numbering, last: 0 })
    .onConflict((oc) => oc.column('id').doNothing()),
)

const nextNumber = once((db, { numbering }: { numbering: string }) =>
  db
    .updateTable('numbering')
    .set((eb) => ({ last: eb('last', '+', 1) }))
    .where('id', '=', numbering),
)

/** Inserts a booking with the number that is now the last one; `day` is what comes before it. */
const insertNumbered = once(
  (db, { day, numbering, ...row }: Omit<BookingRow, 'number'> & { day: string; numbering: string }) =>
    db.insertInto('booking').values({
      ...row,
      number: sql<string>`(select ${day} || case when last < 10 then '0' else '' end || cast(last as text) from numbering where id = ${numbering})`,
    }),
)

/**
 * The writes that insert one booking with its receipt number. IB-1127-03 is prefecture, month and day, and a running
 * number in them. They take no place by themselves; `withSeatRecount` does.
 */
export async function bookingWrites(
  ctx: Ctx,
  id: string,
  session: Session,
  input: Applicant,
  channel: BookingRow['channel'],
  keys: Keys,
  as: {
    slot: string | null
    status: BookingStatus
    offer_expires_at: string | null
    note?: string
    sms?: BookingRow['sms']
    columns: ExtrasColumns
  },
): Promise<Write[]> {
  const { db } = ctx.store
  const now = ctx.clock.now()
  const { consent: _, waitlist: __, first: ___, topics, session: ____, ...typed } = input
  const { answers: _____, companions: ______, support: _______, ...given } = typed
  const { columns, ...placed } = as
  const letters = prefectureByCode(session.prefecture)?.letters ?? 'XX'
  const day = `${letters}-${session.date?.slice(5).replace('-', '')}-`
  const numbering = `${session.programme.id} ${day}`
  const row = {
    ...given,
    id,
    uid: newUid(ctx.config.domain),
    programme: session.programme.id,
    session: session.id,
    note: '',
    sms: 0 as const,
    ...placed,
    ...columns,
    channel,
    topics: topics.join(','),
    consented_at: now,
    ...personColumns(input),
    ...(await linkColumns(ctx, id, 1)),
    idempotency_hash: keys.idempotency,
    input_hash: keys.input,
    sequence: 0,
    revision: 0,
    created_at: now,
    updated_at: now,
    cancelled_at: null,
    ended: null,
    status_before: null,
    format_before: null,
    meeting_url: null,
    surveyed: 0 as const,
    no_messages: 0 as const,
    draw_order: null,
    drawn: null,
    came_at: null,
  }
  return [
    beginNumbering.write(db, { numbering }),
    nextNumber.write(db, { numbering }),
    insertNumbered.write(db, { ...row, day, numbering }),
  ]
}

/**
 * The write that changes a booking's state, with SEQUENCE and revision raised. It takes or frees no place by itself;
 * `withSeatRecount` does. Throws if a booking of its status cannot become that: that is a bug of the caller.
 */
export function statusWrite(
  ctx: Ctx,
  booking: Pick<BookingRow, 'id' | 'status'>,
  state: BookingState,
  more: Partial<
    Pick<BookingRow, 'slot' | 'cancelled_at' | 'offer_expires_at' | 'drawn' | 'format' | 'format_before'>
  > = {},
): Write {
  const columns = stateColumns(state)
  if (!mayBecome(booking.status, columns.status)) {
    throw new Error(`a booking that is ${booking.status} becomes ${state}`)
  }
  const status_before = STATUS[columns.status].over ? booking.status : null
  return ctx.store.db
    .updateTable('booking')
    .set({ ...more, ...columns, status_before, ...raised(ctx) })
    .where('id', '=', booking.id)
}
