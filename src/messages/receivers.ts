import { sql } from 'kysely'
import { requireDesk } from '../base/actor.ts'
import type { ShownFields } from '../base/fingerprint.ts'
import { civilDate } from '../base/japan/civil.ts'
import { NotFound } from '../base/outcome.ts'
import { namesBooking } from '../base/placeholders.ts'
import { type BookingStatus, LIVE } from '../base/vocabulary.ts'
import { ledgerIds } from '../booking/ledger.ts'
import { wantsMessages } from '../booking/queries.ts'
import type { Concerned } from '../changes/queries.ts'
import type { Ctx } from '../context.ts'
import { sessionById } from '../schedule/queries.ts'
import type { Session, Slot } from '../schedule/session.ts'
import { withinReach } from '../store/reach.ts'
import type { SeriesRow } from '../store/schema.ts'
import type { MessageInput, Target } from './message.ts'

/** The statuses of people who have a place, or had one and came. */
const PLACED: readonly BookingStatus[] = ['booked', 'attended']

/** What an id of a booking can be. */
const ID = /^[\w-]{1,64}$/

/** The rows that a target names. All null for people chosen in the ledger. */
export type Targeted = {
  session: Session | null
  slot: Slot | null
  series: Pick<SeriesRow, 'id' | 'title_ja' | 'title_en' | 'prefecture'> | null
}

/** The rows of a target. For the desk of its prefecture. Throws `NotFound`, `Forbidden`. */
export async function requireTarget(ctx: Ctx, target: Target): Promise<Targeted> {
  requireDesk(ctx.actor)
  const { db } = ctx.store
  if (target.kind === 'ledger') return { session: null, slot: null, series: null }
  if (target.kind === 'series') {
    const series = await db.selectFrom('series').selectAll().where('id', '=', target.id).executeTakeFirst()
    if (!series) throw new NotFound('series')
    requireDesk(ctx.actor, series.prefecture)
    return { session: null, slot: null, series }
  }
  const row =
    target.kind === 'slot'
      ? await db.selectFrom('slot').select('session').where('id', '=', target.id).executeTakeFirst()
      : { session: target.id }
  const session = row && (await sessionById(ctx, row.session))
  if (!session) throw new NotFound('session')
  requireDesk(ctx.actor, session.prefecture)
  return { session, slot: session.slots.find(({ id }) => id === target.id) ?? null, series: null }
}

/** The bookings of a target, whatever their state. Of a series: those of today and later. */
function bookingsOf(ctx: Ctx, target: Target) {
  const { db } = ctx.store
  const all = db.selectFrom('booking')
  if (target.kind === 'session') return all.where('booking.session', '=', target.id)
  if (target.kind === 'slot') return all.where('booking.slot', '=', target.id)
  if (target.kind === 'series') {
    const ahead = db
      .selectFrom('session')
      .select('session.id')
      .where('session.series', '=', target.id)
      .where((eb) =>
        eb.or([eb('session.date', '>=', civilDate(ctx.clock.now())), eb('session.state', '=', 'postponed')]),
      )
    return all.where('booking.session', 'in', ahead)
  }
  if ('filter' in target) return all.where('booking.id', 'in', ledgerIds(ctx, target.filter))
  const own = db.selectFrom('session').select('session.id').where(withinReach(ctx, 'session.prefecture'))
  // As literals, because D1 takes no more than a hundred values.
  const ticked = ['', ...target.ids.filter((id) => ID.test(id))].map((id) => sql.lit(id))
  return all.where('booking.id', 'in', ticked).where('booking.session', 'in', own)
}

function addressed(ctx: Ctx, target: Target, { pending }: Pick<MessageInput, 'pending'>) {
  return bookingsOf(ctx, target)
    .where('booking.status', 'in', pending ? [...new Set([...PLACED, ...LIVE])] : PLACED)
    .where('booking.phone', '<>', '') // nobody is left to write to
}

/** Whether the words of a message are about one booking, so that it goes out for each. */
function isOfBooking({ subject_ja, body_ja, subject_en, body_en }: MessageInput): boolean {
  return [subject_ja, body_ja, subject_en ?? '', body_en ?? ''].some(namesBooking)
}

/**
 * A query for the bookings that get a message: those of people who have a place or came. With `pending` also those that
 * wait. Left out are bookings that are over, and people who want no messages. Somebody with several bookings gets it once,
 * unless it names the booking.
 */
export function receivers(ctx: Ctx, target: Target, input: MessageInput) {
  const all = addressed(ctx, target, input).where(wantsMessages)
  if (isOfBooking(input)) return all
  const { db } = ctx.store
  const each = all
    .select('booking.id')
    .select(sql<number>`row_number() over (partition by booking.person_key order by booking.id)`.as('nth'))
    .as('each')
  return db
    .selectFrom('booking')
    .where('booking.id', 'in', db.selectFrom(each).select('each.id').where('each.nth', '=', 1))
}

/** A receiver of a message, as the look before it names them. */
export type Receiver = Concerned & { locale: 'ja' | 'en'; prefecture: string }

/** Who gets a message, by company and number. One query. */
export async function receiversOf(ctx: Ctx, target: Target, input: MessageInput): Promise<Receiver[]> {
  return receivers(ctx, target, input)
    .innerJoin('session', 'session.id', 'booking.session')
    .select(['booking.id', 'booking.number', 'booking.session', 'booking.status', 'booking.seats', 'booking.email'])
    .select(['booking.company', 'booking.name', 'booking.phone', 'booking.revision', 'booking.locale'])
    .select('session.prefecture')
    .orderBy('booking.company')
    .orderBy('booking.number')
    .orderBy('booking.id')
    .execute()
}

/** How many people of a target asked not to get messages. One query. */
export async function refusing(ctx: Ctx, target: Target, input: MessageInput): Promise<number> {
  const { people } = await addressed(ctx, target, input)
    .where(sql<boolean>`not (${wantsMessages})`)
    .select((eb) => eb.fn.count<number | string>('booking.person_key').distinct().as('people'))
    .executeTakeFirstOrThrow()
  return Number(people)
}

/** What the look before a message shows: its words and documents, and who gets them, by letter or by call. */
export function messageFields(
  input: MessageInput,
  people: readonly Receiver[],
  documents: readonly { id: string }[],
): ShownFields {
  const { subject_ja, body_ja, subject_en, body_en, pending } = input
  const each = people.map(({ id, email }) => [id, email === null ? 'phone' : 'mail'])
  return ['message', subject_ja, body_ja, subject_en, body_en, pending, each, documents.map(({ id }) => id)]
}
