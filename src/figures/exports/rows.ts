import { sql } from 'kysely'
import * as z from 'zod'
import { day } from '../../base/fields.ts'
import { optional } from '../../base/input.ts'
import { isPrefectureCode } from '../../base/japan/prefecture.ts'
import type { Extras } from '../../base/questions.ts'
import type { StandingRow } from '../../base/standing.ts'
import { CHANNELS, FORMATS, KINDS, LISTED_STATUSES, TICKED_MOST } from '../../base/vocabulary.ts'
import { extrasWith, questionsOf } from '../../booking/extras/read.ts'
import { matches } from '../../booking/ledger.ts'
import { listedStatusSql, STANDING, unlessAnyTime } from '../../booking/queries.ts'
import type { Ctx } from '../../context.ts'
import { DAY_COLUMNS, unlessPostponed } from '../../schedule/status-filter.ts'
import type { BookingRow, SessionRow } from '../../store/schema.ts'
import { sessionsWithin } from '../scope.ts'

/** The file forms of an export. */
export const EXPORT_FORMATS = ['xlsx', 'csv', 'sjis'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** The request of an export: bookings in sessions from `from` to `to`, both included, and the file form. */
export const ExportInput = z
  .object({
    format: z.enum(EXPORT_FORMATS, 'choice'),
    from: day,
    to: day,
    prefecture: optional(z.string().refine(isPrefectureCode, 'choice')),
    kind: optional(z.enum(KINDS, 'choice')),
    status: optional(z.enum(LISTED_STATUSES, 'choice')),
    channel: optional(z.enum(CHANNELS, 'choice')),
    /** How people take part; `format` is that of the file. */
    way: optional(z.enum(FORMATS, 'choice')),
    /** Only of people who need support. */
    support: optional(z.literal('1', 'choice')),
    /** Only these bookings, as they were ticked in the ledger. Without it all that fit. */
    ids: z
      .preprocess(
        (value) => (value === undefined ? value : [value].flat()),
        z
          .array(z.string().regex(/^[\w-]{1,64}$/, 'choice'))
          .max(TICKED_MOST, 'choice')
          .optional(),
      )
      .optional(),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'choice' })
export type ExportInput = z.output<typeof ExportInput>

/** The filter of an export. `text` searches like the ledger; it is personal data and is not part of the request. */
export type ExportFilter = Omit<ExportInput, 'format' | 'support'> &
  Partial<Pick<ExportInput, 'support'>> & { text?: string | undefined }

/** A row of the exported ledger: a booking with its session. */
export type LedgerRow = Pick<
  BookingRow,
  | ('id' | 'number' | 'format' | 'seats' | 'channel' | 'company' | 'name' | 'name_kana' | 'email' | 'phone')
  | (
      | 'prefecture'
      | 'employees'
      | 'industry'
      | 'corporate_number'
      | 'topics'
      | 'message'
      | 'note'
      | 'came_at'
      | 'created_at'
      | 'cancelled_at'
    )
> &
  StandingRow & {
    session_prefecture: string
    kind: SessionRow['kind']
    title_ja: string
    title_en: string
    /** null while its session is postponed. */
    date: string | null
    postponed_from: string | null
    /** The day in whose place it is listed. */
    listed_on: string | null
    /** The hours, null while it is postponed, and for any time of a session with several. */
    starts_at: string | null
    ends_at: string | null
    venue_ja: string | null
    venue_en: string | null
    /** The record of the consultation, nulls without one. A draft is not exported. */
    minutes: number | null
    advised: string | null
    next_step: string | null
    /** The answers, companions and support. */
    extras: Extras
  }

const EVER = { from: '0001-01-01', to: '9999-12-31' }

/** The bookings of an export with their sessions, as far as the actor may read them. Throws `Forbidden`. */
export function ledger(
  ctx: Ctx,
  { from, to, prefecture, kind, status, channel, way, support, ids, text }: ExportFilter,
) {
  // One parameter for all ids, because D1 binds at most 100 a statement.
  const ticked = ids && `,${ids.join(',')},`
  return (
    sessionsWithin(ctx, {
      // What was ticked says it all, whatever the days of the ledger were.
      from: ids ? EVER.from : from,
      to: ids ? EVER.to : to,
      prefectures: prefecture === null ? undefined : [prefecture],
      kind: kind ?? undefined,
    })
      .innerJoin('booking', 'booking.session', 'session.id')
      // The database cannot use the index by status for this. Nearly all bookings share one status.
      .$if(status !== null, (query) => query.where(listedStatusSql, '=', status ?? 'booked'))
      .$if(channel !== null, (query) => query.where('booking.channel', '=', channel ?? 'web'))
      .$if(way !== null, (query) => query.where('booking.format', '=', way ?? 'onsite'))
      .$if(support === '1', (query) => query.where('booking.support', '<>', '{}'))
      .$if(ticked !== undefined, (query) =>
        query.where(sql<boolean>`replace(${ticked}, ',' || booking.id || ',', '') <> ${ticked}`),
      )
      .$if(text !== undefined, (query) => query.where(matches(text ?? '') as never))
  )
}

/** The number of bookings that the filter finds. Throws `Forbidden`. */
export async function countLedger(ctx: Ctx, filter: ExportFilter): Promise<number> {
  const { rows } = await ledger(ctx, filter)
    .select((eb) => eb.fn.countAll<number | string>().as('rows'))
    .executeTakeFirstOrThrow()
  return Number(rows)
}

/** An export of more rows shows its progress. */
export const LONG_EXPORT = 5000

type Found = Omit<LedgerRow, 'extras'> & Pick<BookingRow, 'answers' | 'companions' | 'support'>

/** Rows of one page. */
const PAGE = 1000

/**
 * The bookings of an export by day, then by age, in pages of `size`. Each page starts after the last booking of the
 * page before, so that memory stays bounded. Throws `Forbidden`.
 */
export async function* ledgerPages(ctx: Ctx, filter: ExportFilter, size = PAGE): AsyncGenerator<LedgerRow[]> {
  let last: { date: string; id: string } | null = null
  for (;;) {
    const behind: { date: string; id: string } | null = last
    const found: Found[] = await ledger(ctx, filter)
      .leftJoin('slot', 'slot.id', 'booking.slot')
      .leftJoin('venue', 'venue.id', 'session.venue')
      .leftJoin('consultation', (join) =>
        join.onRef('consultation.id', '=', 'booking.id').on('consultation.state', '=', 'final'),
      )
      .select(['booking.id', 'booking.number', 'booking.format', 'booking.seats', 'booking.channel'])
      .select(STANDING)
      .select(['booking.company', 'booking.name', 'booking.name_kana', 'booking.email', 'booking.phone'])
      .select(['booking.prefecture', 'booking.employees', 'booking.industry', 'booking.corporate_number'])
      .select(['booking.topics', 'booking.message', 'booking.note', 'booking.came_at'])
      .select(['booking.created_at', 'booking.cancelled_at'])
      .select(['booking.answers', 'booking.companions', 'booking.support'])
      .select(['consultation.minutes', 'consultation.advised', 'consultation.next_step'])
      .select(['session.prefecture as session_prefecture', 'session.kind', 'session.title_ja', 'session.title_en'])
      .select([...DAY_COLUMNS, 'session.date as listed_on', 'venue.name_ja as venue_ja', 'venue.name_en as venue_en'])
      .select((eb) =>
        unlessPostponed(unlessAnyTime(eb.fn.coalesce('slot.starts_at', 'session.starts_at'))).as('starts_at'),
      )
      .select((eb) => unlessPostponed(unlessAnyTime(eb.fn.coalesce('slot.ends_at', 'session.ends_at'))).as('ends_at'))
      .$if(behind !== null, (query) =>
        query
          .where('session.date', '>=', behind?.date ?? '')
          .where((eb) => eb.or([eb('session.date', '>', behind?.date ?? ''), eb('booking.id', '>', behind?.id ?? '')])),
      )
      .orderBy('session.date')
      .orderBy('booking.id')
      .limit(size)
      .execute()
    const questions = await questionsOf(ctx, found)
    const rows = found.map((row): LedgerRow => ({ ...row, extras: extrasWith(questions, row) }))
    if (rows.length > 0) yield rows
    const end = rows.at(-1)
    if (rows.length < size || end === undefined) return
    last = { date: end.listed_on ?? '', id: end.id }
  }
}
