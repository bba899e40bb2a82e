import { requireDesk } from '../base/actor.ts'
import { newId } from '../base/id.ts'
import type { Faults } from '../base/input.ts'
import { type CivilDate, civilDate, isCivilDate, weekday } from '../base/japan/civil.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { dayWrites } from '../planning/days/day-writes.ts'
import { programmesAll } from '../planning/days/queries.ts'
import { currentDesk } from '../planning/desks/queries.ts'
import { requestReplan } from '../planning/replan.ts'
import { hoursOn, occurrences } from '../planning/series.ts'
import { hoursColumns, offerColumns } from '../planning/series-input.ts'
import { fromSeries, newSession, seriesWrites } from '../planning/session-rows.ts'
import { besideDetail, besideIn, refusalOf } from '../schedule/clashes.ts'
import { DEFAULT_CANCELS, deadlineText } from '../schedule/deadline.ts'
import { expectSome, lockRow } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import type { ProgrammeRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import type { RowInput } from './decision.ts'
import { type DayLook, type IntakeLook, type RowLook, startOf } from './look.ts'
import type { MadeIds } from './queries.ts'
import { printedWeekday } from './reading.ts'

const WEEKDAYS_JA = '日月火水木金土'

/** Why a day that the schedule takes out of a series is skipped. */
const LEFT_OUT = { reason_ja: '日程表の記載による', reason_en: 'As the published schedule says' }

/** The columns that a series and a session of a row share. */
function sharedColumns(input: RowInput) {
  const { kind, desk, prefecture } = input
  return {
    ...offerColumns(input),
    kind,
    desk,
    prefecture,
    cancels: deadlineText(DEFAULT_CANCELS),
    apply_url_printed: null,
  }
}

/** The weekday that was printed beside a day. A false one is kept. */
function printedOf({ read, date }: DayLook): string | null {
  return printedWeekday(read) ?? (read.date === date && date !== null ? (WEEKDAYS_JA[weekday(date)] ?? null) : null)
}

/** A row that is made: its validated input, and the new days. */
type Making = { row: RowLook; input: RowInput; days: DayLook[] }

function seriesOf(ctx: Ctx, id: string, { row, input, days }: Making, programmes: readonly ProgrammeRow[]): Write[] {
  const { record } = row
  const today = civilDate(ctx.clock.now())
  const dates = days.flatMap((day) => (day.date === null ? [] : [{ date: day.date, printed_weekday: printedOf(day) }]))
  const columns = {
    ...sharedColumns(input),
    ...hoursColumns(input),
    id,
    rule: record.rule,
    starts_on: record.rule === null ? (dates[0]?.date ?? today) : startOf(row, today),
    until: record.rule === null ? null : record.until,
    printed: record.printed,
    sample: 0 as const,
  }
  const listed = record.rule === null ? dates : []
  const skipped = record.rule === null ? [] : [...record.except, ...record.cancelled].filter(isCivilDate)
  return [
    ...seriesWrites(ctx, columns, listed),
    ...skipped.flatMap((date) => skippedWrites(ctx, columns, date, programmes)),
    note(ctx, 'series.started', id),
  ]
}

type SeriesColumns = Parameters<typeof seriesWrites>[1]

/** The writes that make a day of a rule as 休止: the schedule takes it out. */
function skippedWrites(ctx: Ctx, series: SeriesColumns, date: CivilDate, programmes: readonly ProgrammeRow[]): Write[] {
  const programme = programmes.find(({ starts_on, ends_on }) => starts_on <= date && date <= ends_on)
  const isOne = series.rule !== null && occurrences({ ...series, rule: series.rule }, date, date).length > 0
  if (!programme || !isOne || date < civilDate(ctx.clock.now())) return []
  const row = { ...series, revision: 0, created_at: '', updated_at: '' }
  const session = newSession(ctx, {
    ...fromSeries(row, hoursOn(series, date)),
    ...LEFT_OUT,
    id: `${series.id}-${date}`,
    series: series.id,
    occurrence: date,
    kind: series.kind,
    desk: series.desk,
    prefecture: series.prefecture,
    cancels: series.cancels,
    printed: series.printed,
    printed_weekday: null,
    sample: 0,
    programme: programme.id,
    date,
    state: 'skipped',
    skipped_by: 'desk',
  })
  return [ctx.store.db.insertInto('session').values(session)]
}

function dayOf(ctx: Ctx, id: string, { row, input }: Making, day: DayLook, undatedIn: string, beside: object): Write[] {
  const hours = day.date === null ? null : hoursOn(hoursColumns(input), day.date)
  const columns = {
    ...sharedColumns(input),
    programme: day.programme?.id ?? undatedIn,
    date: day.date,
    starts_at: hours?.starts_at ?? null,
    ends_at: hours?.ends_at ?? null,
  }
  const printed = { printed: row.record.printed, printed_weekday: printedOf(day) }
  return dayWrites(ctx, id, columns, hours?.slots ?? [], beside, printed)
}

/** What the rows of a look become: their writes, and the ids of what they make, row by row. */
export type Made = Ok<{ writes: Write[]; made: MadeIds; ofRow: ReadonlyMap<RowLook, MadeIds>; beside: object }>

/** `nothing`: no row is new. `no_programme`: a row has no date, and today has no programme. `invalid`: a clash without reason. */
export type NotMade = Refused<'nothing'> | Refused<'no_programme'> | Refused<'invalid', { errors: Faults }>

/** The rows of a look that are clear and new. */
function makingsIn({ rows }: Pick<IntakeLook, 'rows'>): Making[] {
  return rows.flatMap((row): Making[] =>
    row.state === 'ready' && row.makes !== null && row.input
      ? [{ row, input: row.input, days: row.days.filter(({ fate }) => fate === 'new') }]
      : [],
  )
}

/**
 * The writes that make the clear new rows of a look. They expect that their desks still are, and that nothing else is at
 * their times. For the desk of all their prefectures. One query. Throws `Forbidden`.
 */
export async function makingWrites(ctx: Ctx, look: IntakeLook, given: unknown): Promise<Made | NotMade> {
  const makings = makingsIn(look)
  if (makings.length === 0) return refused('nothing')
  requireDesk(ctx.actor, ...makings.map(({ input }) => input.prefecture))
  const unreasoned = refusalOf(given, look.clashes)
  if (unreasoned) return unreasoned
  const programmes = await programmesAll(ctx)
  const today = civilDate(ctx.clock.now())
  const undatedIn = programmes.find(({ starts_on, ends_on }) => starts_on <= today && today <= ends_on)
  const isUndated = makings.some(({ row, days }) => row.makes === 'session' && days.some(({ date }) => date === null))
  if (isUndated && !undatedIn) return refused('no_programme')
  const beside = besideDetail({ beside: besideIn(given, look.clashes) })
  const ofRow = new Map<RowLook, MadeIds>()
  const writes = makings.flatMap((making): Write[] => {
    if (making.row.makes === 'series') {
      const own = newId(ctx.clock.now())
      ofRow.set(making.row, { series: [own], sessions: [] })
      return seriesOf(ctx, own, making, programmes)
    }
    const days = making.days.map((day) => ({ day, own: newId(ctx.clock.now()) }))
    ofRow.set(making.row, { series: [], sessions: days.map(({ own }) => own) })
    return days.flatMap(({ day, own }) => dayOf(ctx, own, making, day, undatedIn?.id ?? '', beside))
  })
  const desks = [...new Set(makings.map(({ input }) => input.desk))].toSorted()
  const each = [...ofRow.values()]
  return ok({
    made: { series: each.flatMap(({ series }) => series), sessions: each.flatMap(({ sessions }) => sessions) },
    ofRow,
    beside,
    writes: [
      ...desks.flatMap((desk) => [lockRow(ctx, 'desk', desk), expectSome(ctx, currentDesk(ctx, desk))]),
      ...look.expectNoOther,
      ...writes,
      requestReplan(ctx),
    ],
  })
}
