import { firstId } from '../base/id.ts'
import type { BookingStatus, Format } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { ACTS, actsWith } from '../store/acts.ts'
import { type Line, lineOf } from '../store/journal.ts'
import type { JournalRow } from '../store/schema.ts'
import type { FormatCount } from './queries.ts'
import { dayCounts } from './queries.ts'
import { type Report, reportOf } from './report.ts'
import { daysOfMonth, sessionsWithin } from './scope.ts'

/** The acts whose lines say what becomes of a booking. */
const MOVING = actsWith('becomes')

/** A line that says what becomes of a booking. */
type Moving = Line<(typeof MOVING)[number]> & Pick<JournalRow, 'at' | 'subject'>

/** What the figures need of a line's detail. */
type Detail = {
  session?: string
  seats?: number
  format?: Format
  to?: { session: string }
  cancelled?: boolean
}

/** A booking as far as the journal told of it. */
type Told = { session: string; seats: number; format: Format; status: BookingStatus }

/** What a booking is after one more line, or undefined where nothing before said whose and what it is. */
function after(before: Told | undefined, { act, detail: kept }: Moving): Told | undefined {
  const detail: Detail = kept
  const session = detail.to?.session ?? detail.session ?? before?.session
  const seats = detail.seats ?? before?.seats
  const format = detail.format ?? before?.format
  const status =
    act === 'booking.erased' && detail.cancelled === true ? 'cancelled' : (ACTS[act].becomes ?? before?.status)
  if (session === undefined || seats === undefined || format === undefined || status === undefined) return undefined
  return { session, seats, format, status }
}

/** So many lines are read at once. */
const PAGE = 1000

/** The lines that change bookings from a moment on, in the order in which they came. */
async function* lines(ctx: Ctx, from: string): AsyncGenerator<Moving> {
  let last = from
  let moment: Moving[] = []
  for (;;) {
    const rows = await ctx.store.db
      .selectFrom('journal')
      .selectAll()
      .where('id', '>', last)
      .where('act', 'in', MOVING)
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const row of rows) {
      if (moment[0] && moment[0].at !== row.at) {
        yield* inTurn(moment)
        moment = []
      }
      const line = lineOf(row, MOVING)
      if (line) moment.push({ ...line, at: row.at, subject: row.subject })
    }
    last = rows.at(-1)?.id ?? last
    if (rows.length < PAGE) break
  }
  yield* inTurn(moment)
}

/** Ids of one moment are in no order; only what begins a booking is known to come before the rest. */
function inTurn(moment: readonly Moving[]): Moving[] {
  const begins = ({ act, detail }: Moving) => 'begins' in ACTS[act] && 'seats' in detail
  return [...moment.filter(begins), ...moment.filter((line) => !begins(line))]
}

/**
 * The same report reckoned from the journal: what every line since the month's sessions were made says became of its
 * booking, and no row of a booking. It agrees with `monthlyReport`, or one of the two has been tampered with. It reads the
 * journal from the making of the oldest of the sessions on, page by page. Throws as `monthlyReport` does.
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
    for await (const line of lines(ctx, firstId(oldest))) {
      const now = after(told.get(line.subject), line)
      if (now) told.set(line.subject, now)
    }
  }
  const counts = [...told.values()].flatMap(({ session, seats, format, status }): FormatCount[] => {
    const of = byId.get(session)
    return of ? [{ prefecture: of.prefecture, kind: of.kind, format, status, bookings: 1, people: seats }] : []
  })
  return reportOf(month, await dayCounts(ctx, scope), counts)
}
