import { firstId } from '../base/id.ts'
import type { BookingStatus, Format } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import type { JournalRow } from '../store/schema.ts'
import type { FormatCount } from './queries.ts'
import { dayCounts } from './queries.ts'
import { type Report, reportOf } from './report.ts'
import { daysOfMonth, sessionsWithin } from './scope.ts'

/** The status of a booking after each act; null if the act leaves it unchanged. */
export const BECOMES: Readonly<Record<string, BookingStatus | null>> = {
  'booking.made': 'booked',
  'booking.requested': 'requested',
  'booking.waits': 'waiting',
  'booking.entered': 'waiting',
  'booking.offered': 'offered',
  'booking.won': 'offered',
  'booking.accepted': 'booked',
  'booking.promoted': 'booked',
  'booking.approved': 'booked',
  'booking.moved': 'booked',
  'booking.converted': null,
  'booking.cancelled': 'cancelled',
  'booking.declined': 'cancelled',
  'booking.called_off': 'cancelled',
  'booking.erased': null,
  'booking.lapsed': 'lapsed',
  'booking.turned_down': 'lapsed',
  'booking.attended': 'attended',
  'booking.absent': 'absent',
}

/** Acts that begin a booking. Among lines of one instant they come first. */
const BEGINS: readonly string[] = ['booking.made', 'booking.requested', 'booking.waits', 'booking.entered']

type Detail = {
  session?: string
  seats?: number
  format?: Format
  to?: { session: string }
  cancelled?: boolean
}

/** A booking as far as the journal describes it. */
type Told = { session: string; seats: number; format: Format; status: BookingStatus }

/** The booking after one more line. Returns undefined if the journal has no earlier line for this booking. */
function after(before: Told | undefined, act: string, detail: Detail): Told | undefined {
  const session = detail.to?.session ?? detail.session ?? before?.session
  const seats = detail.seats ?? before?.seats
  const format = detail.format ?? before?.format
  const status = act === 'booking.erased' && detail.cancelled === true ? 'cancelled' : (BECOMES[act] ?? before?.status)
  if (session === undefined || seats === undefined || format === undefined || status === undefined) return undefined
  return { session, seats, format, status }
}

/** Lines of one page. */
const PAGE = 1000

/** The lines that change bookings, from an id on, in order. */
async function* lines(ctx: Ctx, from: string): AsyncGenerator<JournalRow> {
  let last = from
  let moment: JournalRow[] = []
  for (;;) {
    const rows = await ctx.store.db
      .selectFrom('journal')
      .selectAll()
      .where('id', '>', last)
      .where('act', 'in', Object.keys(BECOMES))
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const row of rows) {
      if (moment[0] && moment[0].at !== row.at) {
        yield* inTurn(moment)
        moment = []
      }
      moment.push(row)
    }
    last = rows.at(-1)?.id ?? last
    if (rows.length < PAGE) break
  }
  yield* inTurn(moment)
}

/** Ids of one instant have no order. Only the acts that begin a booking must come first. */
function inTurn(moment: readonly JournalRow[]): JournalRow[] {
  const begins = (row: JournalRow) => BEGINS.includes(row.act) && row.detail.includes('"seats"')
  return [...moment.filter(begins), ...moment.filter((row) => !begins(row))]
}

/**
 * The report of `monthlyReport`, computed from the journal instead of from bookings. If the two differ, one of them was
 * tampered with. Reads the journal page by page, from the creation of the month's oldest session. Throws like
 * `monthlyReport`.
 */
export async function reportFromJournal(ctx: Ctx, month: string): Promise<Report> {
  const scope = daysOfMonth(month)
  const sessions = await sessionsWithin(ctx, scope)
    .select(['session.id', 'session.prefecture', 'session.kind', 'session.created_at'])
    .execute()
  const byId = new Map(sessions.map((session) => [session.id, session]))
  const [oldest] = sessions.map((session) => session.created_at).toSorted()
  const told = new Map<string, Told>()
  if (oldest !== undefined) {
    for await (const { subject, act, detail } of lines(ctx, firstId(oldest))) {
      const now = after(told.get(subject), act, JSON.parse(detail))
      if (now) told.set(subject, now)
    }
  }
  const counts = [...told.values()].flatMap(({ session, seats, format, status }): FormatCount[] => {
    const of = byId.get(session)
    return of ? [{ prefecture: of.prefecture, kind: of.kind, format, status, bookings: 1, people: seats }] : []
  })
  return reportOf(month, await dayCounts(ctx, scope), counts)
}
