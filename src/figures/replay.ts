import { firstId } from '../base/id.ts'
import { isDeclined } from '../base/standing.ts'
import { type BookingStatus, type End, type Format, STATUS, stateOf } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { ACTS, actsWith } from '../store/acts.ts'
import { type Line, lineOf } from '../store/journal.ts'
import type { JournalRow } from '../store/schema.ts'
import type { FormatCount } from './queries.ts'
import { bookingsOver, dayCounts } from './queries.ts'
import { type Report, reportOf } from './report.ts'
import { countedSessions, daysOfMonth } from './scope.ts'

/** The acts that change the status of a booking. */
const MOVING = actsWith('becomes')

/** A journal line of such an act. */
type Moving = Line<(typeof MOVING)[number]> & Pick<JournalRow, 'at' | 'subject'>

/** What the figures need of a line's detail. */
type Detail = {
  session?: string
  seats?: number
  format?: Format
  to?: { session: string }
  cancelled?: boolean
  ended?: End
}

/** A booking as far as the journal describes it. */
type Replayed = {
  session: string
  seats: number
  format: Format
  status: BookingStatus
  ended: End | null
  /** What it was before it ended, and before its session was converted. */
  was?: BookingStatus
  wasFormat?: Format
}

/** A booking that gets back what it had before it ended or was converted. Null for other acts. */
function givenBack(before: Replayed, act: Moving['act'], { format }: Detail): Replayed | null {
  if (act === 'booking.restored') {
    const { wasFormat, ...rest } = before
    const own = format === undefined ? wasFormat : format === wasFormat ? undefined : (wasFormat ?? before.format)
    const back = { status: before.was ?? before.status, ended: null, format: format ?? before.format }
    return { ...rest, ...back, ...(own && { wasFormat: own }) }
  }
  return act === 'booking.converted_back' ? { ...before, format: before.wasFormat ?? before.format } : null
}

/** What a booking had before a line, so that it can get it back. */
function kept(before: Replayed, act: Moving['act'], status: BookingStatus): Pick<Replayed, 'was' | 'wasFormat'> {
  const ended = STATUS[status].over && !STATUS[before.status].over
  const was = ended ? before.status : before.was
  const wasFormat = act === 'booking.converted' ? (before.wasFormat ?? before.format) : before.wasFormat
  return { ...(was && { was }), ...(wasFormat && act !== 'booking.moved' && { wasFormat }) }
}

/** How a booking ended by a line of this act; null if it did not end. */
function endOf(act: Moving['act'], { ended, cancelled }: Detail): End | null {
  if (act === 'booking.called_off') return 'called_off'
  if (act === 'booking.turned_down') return 'turned_down'
  if (act === 'booking.erased' && cancelled === true) return 'cancelled'
  return ended ?? null
}

/** The booking after one more line. Returns undefined if the journal has no earlier line for this booking. */
function after(before: Replayed | undefined, { act, detail: known }: Moving): Replayed | undefined {
  const detail: Detail = known
  const back = before && givenBack(before, act, detail)
  if (back) return back
  const session = detail.to?.session ?? detail.session ?? before?.session
  const seats = detail.seats ?? before?.seats
  const format = detail.format ?? before?.format
  const status =
    act === 'booking.erased' && detail.cancelled === true ? 'cancelled' : (ACTS[act].becomes ?? before?.status)
  if (session === undefined || seats === undefined || format === undefined || status === undefined) return undefined
  const ended = status === before?.status ? before.ended : endOf(act, detail)
  return { session, seats, format, status, ended, ...(before && kept(before, act, status)) }
}

/** Lines of one page. */
const PAGE = 1000

/** The lines that change bookings, from an id on, in order. */
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

/** Ids of one instant have no order. Only the acts that begin a booking must come first. */
function inTurn(moment: readonly Moving[]): Moving[] {
  const begins = ({ act, detail }: Moving) => 'begins' in ACTS[act] && 'seats' in detail
  return [...moment.filter(begins), ...moment.filter((line) => !begins(line))]
}

/**
 * The report of `monthlyReport`, computed from the journal instead of from bookings. If the two differ, one was
 * tampered with. Reads the journal page by page, from the creation of the month's oldest session. Throws like
 * `monthlyReport`.
 */
export async function reportFromJournal(ctx: Ctx, month: string): Promise<Report> {
  const scope = daysOfMonth(month)
  const sessions = await countedSessions(ctx, scope)
    .select(['session.id', 'session.prefecture', 'session.kind', 'session.created_at'])
    .select('session.state')
    .execute()
  const byId = new Map(sessions.map((session) => [session.id, session]))
  const [oldest] = sessions.map((session) => session.created_at).toSorted()
  const replayed = new Map<string, Replayed>()
  if (oldest !== undefined) {
    for await (const line of lines(ctx, firstId(oldest))) {
      const next = after(replayed.get(line.subject), line)
      if (next) replayed.set(line.subject, next)
    }
  }
  const past = await bookingsOver(ctx, scope)
  const counts = [...replayed].flatMap(([id, { session, seats, format, status, ended, was }]): FormatCount[] => {
    const of = byId.get(session)
    if (!of) return []
    const { prefecture, kind } = of
    const postponed = of.state === 'postponed'
    const over = past.has(id)
    const declined = isDeclined({ status, ended, status_before: was ?? null })
    const state = stateOf({ status, ended })
    return [{ prefecture, kind, format, state, declined, over, postponed, bookings: 1, people: seats }]
  })
  return reportOf(month, await dayCounts(ctx, scope), counts)
}
