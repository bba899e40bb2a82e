import { canManage } from '../base/actor.ts'
import type { ShownFields } from '../base/fingerprint.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { addDays, type CivilDate, civilDate, isCivilDate } from '../base/japan/civil.ts'
import { isPrefectureCode } from '../base/japan/prefecture.ts'
import { KINDS } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import type { NoticeRecord } from '../notices/record.ts'
import { checkPrefecture } from '../planning/check-prefecture.ts'
import { programmesAll } from '../planning/days/queries.ts'
import { HORIZON_DAYS } from '../planning/plan.ts'
import { hoursOn, occurrences } from '../planning/series.ts'
import { hoursColumns } from '../planning/series-input.ts'
import { unplannedClashes } from '../planning/unplanned.ts'
import { type Beside, besideAny, clashesOf, clashFields } from '../schedule/clashes.ts'
import type { ProgrammeRow, SeriesRow } from '../store/schema.ts'
import { type Decision, LEAVE, RowInput, UNDATED } from './decision.ts'
import { houseOf, type Span } from './house.ts'
import { type Change, changesOf, type House, type HouseDay, type Place, seriesFor, sessionFor } from './match.ts'
import type { Intake } from './queries.ts'
import { type DayRead, daysRead } from './reading.ts'
import { type Told, toldOf } from './told.ts'

/**
 * What becomes of a day. `open`: a person must decide. `left`: left out by a person. `new`: made. `same`, `changed`: the
 * house has it. `noted`: the house has it, and the schedule says more of it. `off`: called off, and not in the house. `past`,
 * `outside` every programme: not made.
 */
export type Fate = 'open' | 'left' | 'new' | 'same' | 'noted' | 'changed' | 'off' | 'past' | 'outside'

/** A day of a row: as it was read, as it was decided, and what becomes of it. */
export type DayLook = {
  read: DayRead
  /** Null if it is undecided, or stays without a date. */
  date: CivilDate | null
  fate: Fate
  /** The session that the house has. */
  session: HouseDay | null
  changes: Change[]
  /** What the schedule prints of it and this import does not take in. */
  told: Told[]
  /** A session that the schedule no longer has, which may have moved to this day. */
  instead: HouseDay | null
  programme: ProgrammeRow | null
}

/** A session or a day of a series that differs from a schedule. */
export type Differs = Pick<DayLook, 'changes' | 'told'> & { session: HouseDay }

/** A row of a schedule, and what becomes of it. `foreign`: of a prefecture that the actor may not change. */
export type RowLook = {
  record: NoticeRecord
  decision: Decision
  state: 'left' | 'foreign' | 'open' | 'ready'
  faults: Faults
  input: RowInput | null
  days: DayLook[]
  /** The series that the house has of the same repetition. */
  series: SeriesRow | null
  /** What differs from that series, and the days that the row takes out of it. */
  ofSeries: Differs[]
  /** What it makes. A rule and several new days make a series; one new day is a session. */
  makes: 'series' | 'session' | null
}

/** A schedule beside the house: its rows, what it lacks, and what else is at the times of new sessions. */
export type IntakeLook = { rows: RowLook[]; missing: HouseDay[] } & Beside

const isSameSeries = ({ series, ofSeries }: RowLook) => series !== null && ofSeries.length === 0

/** What the house has and the schedule says otherwise, or says more of. */
export function differing({ rows }: Pick<IntakeLook, 'rows'>): Differs[] {
  return rows
    .filter(({ state }) => state === 'open' || state === 'ready')
    .flatMap(({ days, ofSeries }) => [
      ...days.flatMap(({ session, changes, told, fate }) =>
        session && (fate === 'changed' || fate === 'noted') ? [{ session, changes, told }] : [],
      ),
      ...ofSeries,
    ])
}

/** The numbers of a look, by which a person sees what is left to do. Days; a rule counts as one. */
export function countsOf({ rows, missing }: Pick<IntakeLook, 'rows' | 'missing'>) {
  const days = rows.filter(({ state }) => state === 'open' || state === 'ready').flatMap((row) => row.days)
  const rules = rows.filter(({ record, makes }) => record.rule !== null && makes === 'series').length
  return {
    open: rows.filter(({ state }) => state === 'open').length,
    made: rows.filter(({ state, makes }) => state === 'ready' && makes !== null).length,
    new: days.filter(({ fate }) => fate === 'new').length + rules,
    same: days.filter(({ fate }) => fate === 'same').length + rows.filter(isSameSeries).length,
    noted: days.filter(({ fate }) => fate === 'noted').length,
    changed: differing({ rows }).filter(({ changes }) => changes.length > 0).length,
    missing: missing.length,
  }
}

/** A look as its page shows it. */
export function intakeFields({ id, revision }: Pick<Intake, 'id' | 'revision'>, look: IntakeLook): ShownFields {
  const rows = look.rows.map(({ state, makes, series, days, input, ofSeries }) => {
    const each = days.map(({ date, fate, session, changes, told }) => {
      const said = told.map(({ field, printed }) => [field, printed])
      return [date, fate, session?.id, session?.revision, changes, said]
    })
    const other = ofSeries.map(({ session, changes }) => [session.series, session.date, changes])
    return [state, makes, series?.id, input, each, other]
  })
  return ['intake', id, revision, rows, clashFields(look.clashes)]
}

function placeOf({ kind, prefecture }: Decision): Place | null {
  const known = KINDS.find((one) => one === kind)
  return known && isPrefectureCode(prefecture) ? { kind: known, prefecture } : null
}

/** The time of a schedule: from its first day to its last one. Today if it has none. */
function spanOf(rows: readonly Reading[], today: CivilDate): Span {
  const dates = rows.flatMap(({ record, dates: decided }) => [
    ...decided.flatMap((date) => date ?? []),
    ...record.moved.flatMap(({ from, to }) => [from, to]),
  ])
  const sorted = dates.toSorted()
  return { from: sorted[0] ?? today, to: sorted.at(-1) ?? today }
}

/** The days to look at: those of a schedule, and those that it takes out of a rule or moves. */
function reachOf(rows: readonly Reading[], { from, to }: Span): Span {
  const others = rows.flatMap(({ record: { except, cancelled, moved } }) => [
    ...except.filter(isCivilDate),
    ...cancelled,
    ...moved.flatMap((one) => [one.from, one.to]),
  ])
  const sorted = [from, to, ...others].toSorted()
  return { from: sorted[0] ?? from, to: sorted.at(-1) ?? to }
}

/** A row with its days as read and as decided. */
type Reading = { record: NoticeRecord; decision: Decision; read: DayRead[]; dates: (CivilDate | null)[] }

const decidedDate = (text: string | undefined) =>
  text === undefined || text === '' || text === LEAVE || text === UNDATED ? null : text

/** What the rows are compared with, and which sessions they have taken. */
type Against = {
  house: House
  taken: Set<HouseDay>
  programmes: readonly ProgrammeRow[]
  today: CivilDate
  now: string
}

/** A day that the house has, with what differs and what else is printed of it. */
function sessionLook(
  { record, decision }: Reading,
  look: Omit<DayLook, 'fate'> & { session: HouseDay },
  { house, taken, today, now }: Omit<Against, 'programmes'>,
): DayLook {
  const { session, date, read } = look
  taken.add(session)
  if (session.date !== null && session.date < today && (date ?? '') < today) return { ...look, fate: 'past' }
  const changes = changesOf(session, record, decision, { date, cancelled: read.cancelled }, house.places)
  const told = toldOf(session, record, decision, date, now)
  const fate = changes.length > 0 ? 'changed' : told.length > 0 ? 'noted' : 'same'
  return { ...look, changes, told, fate }
}

function dayLook(
  reading: Reading,
  d: number,
  place: Place | null,
  { house, taken, programmes, today, now }: Against,
): DayLook {
  const { record, decision, read, dates } = reading
  const day = read[d] ?? { date: null, from: null, cancelled: false, problems: [], proposals: [] }
  const date = dates[d] ?? null
  const chosen = decision.days[d]?.date ?? ''
  const programme =
    programmes.find(({ starts_on, ends_on }) => date !== null && starts_on <= date && date <= ends_on) ?? null
  const look = { read: day, date, session: null, changes: [], told: [], instead: null, programme }
  if (chosen === LEAVE) return { ...look, fate: 'left' }
  if (chosen === '' || place === null) return { ...look, fate: 'open' }
  const isRuled = record.rule !== null
  if (isRuled && !day.cancelled && day.from === null) return { ...look, fate: 'left' }
  const session = sessionFor(house, place, decision, { date, from: day.from }, taken)
  if (isRuled && !session) return { ...look, fate: 'left' }
  if (session) return sessionLook(reading, { ...look, session }, { house, taken, today, now })
  if (day.cancelled) return { ...look, fate: 'off' }
  const told = toldOf(null, record, decision, date, now)
  if (date === null) return { ...look, told, fate: 'new' }
  if (date < today) return { ...look, fate: 'past' }
  return { ...look, told, fate: programme ? 'new' : 'outside' }
}

/**
 * The missing sessions that may have moved. Those of a rule count only if the schedule has other days of it. A schedule of
 * single days says nothing about a weekly series.
 */
function movable(missing: readonly HouseDay[], { house, taken }: Against): HouseDay[] {
  const ruled = new Set(house.series.filter(({ rule }) => rule !== null).map(({ id }) => id))
  const spoken = new Set([...taken].map(({ series }) => series))
  return missing.filter(({ series }) => series === null || !ruled.has(series) || spoken.has(series))
}

/** Days within which a day that is gone may be a new one that is beside it. */
const NEAR = 31

/** Finds what may have moved: a new day, and just one session near it that the schedule no longer has. */
function withMoved(rows: RowLook[], candidates: readonly HouseDay[], { house, now }: Against): RowLook[] {
  return rows.map((row) => ({
    ...row,
    days: row.days.map((day, d) => {
      const { date, fate } = day
      if (fate !== 'new' || date === null) return day
      const near = candidates.filter(
        (one) =>
          one.id !== '' &&
          one.prefecture === row.decision.prefecture &&
          one.kind === row.decision.kind &&
          one.date !== null &&
          addDays(one.date, NEAR) >= date &&
          addDays(date, NEAR) >= one.date,
      )
      const [instead] = near
      if (near.length !== 1 || !instead) return day
      const as = row.decision.days[d]?.as ?? ''
      if (as === 'new') return { ...day, instead }
      if (as === '') return { ...day, instead, fate: 'open' as const }
      const changes = changesOf(instead, row.record, row.decision, { date, cancelled: false }, house.places)
      const told = toldOf(instead, row.record, row.decision, date, now)
      return { ...day, instead, session: instead, changes, told, fate: 'changed' as const }
    }),
  }))
}

/** Sessions at the desks of the rows and in their time that the schedule does not have. */
function missingIn(rows: readonly RowLook[], { house, taken }: Against, span: Span): HouseDay[] {
  const ruled = new Set(rows.flatMap(({ series }) => series?.id ?? []))
  const places = new Set<string>()
  for (const { decision, days, state } of rows) {
    if (state === 'foreign') continue
    const held = [decision.desk, ...days.flatMap(({ session }) => session?.desk ?? [])]
    for (const desk of held) places.add(`${decision.kind} ${decision.prefecture} ${desk}`)
  }
  return house.days.filter(
    (one) =>
      one.date !== null &&
      one.date >= span.from &&
      one.date <= span.to &&
      one.state === 'published' &&
      !taken.has(one) &&
      !(one.series !== null && ruled.has(one.series)) &&
      places.has(`${one.kind} ${one.prefecture} ${one.desk}`),
  )
}

function makesOf({ record, days, series, input }: Pick<RowLook, 'record' | 'days' | 'series' | 'input'>) {
  if (!input) return null
  if (record.rule !== null) return series === null ? ('series' as const) : null
  const made = days.filter(({ fate }) => fate === 'new')
  if (made.length === 0) return null
  const isWhole = made.length > 1 && made.every(({ date }) => date !== null)
  return isWhole && days.every(({ session }) => session === null) ? ('series' as const) : ('session' as const)
}

/** The first day of a rule: as decided, else today. */
export function startOf({ days }: Pick<RowLook, 'days'>, today: CivilDate): CivilDate {
  return days.find(({ date }) => date !== null)?.date ?? today
}

/** What else is at the times of what would be made. One look for each row. */
async function besideRows(ctx: Ctx, rows: readonly RowLook[], today: CivilDate): Promise<Beside> {
  const found: Beside[] = []
  for (const row of rows) {
    const { input, makes, state, record, days } = row
    if (!input || makes === null || state !== 'ready') continue
    const listed = days.flatMap(({ fate, date }) => (fate === 'new' && date !== null ? [date] : []))
    const starts_on = startOf(row, today)
    const ruled = { starts_on, until: record.until, rule: record.rule ?? '' }
    const dates = record.rule === null ? listed : occurrences(ruled, today, addDays(today, HORIZON_DAYS))
    if (dates.length === 0) continue
    const occasions = dates.map((date) => {
      const hours = hoursOn(hoursColumns(input), date)
      return { date, starts_at: hours?.starts_at ?? null, ends_at: hours?.ends_at ?? null }
    })
    const venue = input.formats.includes('onsite') ? input.venue : null
    const holding = { desk: input.desk, prefecture: input.prefecture, venue, own: '' }
    found.push(await clashesOf(ctx, holding, occasions), await unplannedClashes(ctx, holding, occasions))
  }
  return besideAny(found)
}

/** How a row differs from a series of the house, and the days that it takes out of it. */
function differsFrom({ id }: SeriesRow, { record, decision }: Reading, { house, today, now }: Against): Differs[] {
  const usual = house.usual.get(id)
  if (!usual) return []
  const printed = { date: null, cancelled: false }
  // A deadline is printed of one day, not of a rule.
  const changes = changesOf(usual, { ...record, apply_until: null }, decision, printed, house.places)
  const told = toldOf(usual, record, decision, null, now)
  const out = house.days.filter(
    ({ series, date, state }) =>
      series === id && state === 'published' && date !== null && date >= today && record.except.includes(date),
  )
  return [
    ...(changes.length + told.length > 0 ? [{ session: usual, changes, told }] : []),
    ...out.map((session): Differs => {
      const act = session.seats_taken > 0 ? 'call-off' : 'skip'
      const to = act === 'skip' ? 'skipped' : 'called_off'
      return { session, told: [], changes: [{ field: 'state', from: session.state, to, act }] }
    }),
  ]
}

async function rowLook(ctx: Ctx, reading: Reading, beside: Against): Promise<RowLook> {
  const { record, decision, read } = reading
  const place = placeOf(decision)
  const look = { record, decision, faults: {}, input: null, series: null, ofSeries: [], makes: null }
  if (decision.leave) return { ...look, state: 'left', days: [] }
  if (place && !canManage(ctx.actor, place.prefecture)) return { ...look, state: 'foreign', days: [] }
  const days = read.map((_, d) => dayLook(reading, d, place, beside))
  const parsed = RowInput.safeParse(decision)
  const input = parsed.success ? parsed.data : null
  const starts = startOf({ days }, beside.today)
  const series = place && record.rule !== null ? seriesFor(beside.house, place, record.rule, starts) : null
  const ofSeries = series ? differsFrom(series, reading, beside) : []
  return {
    ...look,
    state: 'ready',
    faults: parsed.success ? {} : faultsOf(parsed.error),
    input,
    days,
    series,
    ofSeries,
  }
}

/** The row with its state, once it is known what it makes. Faults count only for what is made. */
async function settledRow(ctx: Ctx, row: RowLook): Promise<RowLook> {
  if (row.state !== 'ready') return row
  const isOpen = row.days.some(({ fate }) => fate === 'open')
  const isNew = (row.record.rule !== null && row.series === null) || row.days.some(({ fate }) => fate === 'new')
  if (!isNew) return { ...row, faults: {}, state: isOpen ? 'open' : 'ready' }
  const { input } = row
  const faults = input ? await checkPrefecture(ctx, input.prefecture, input) : row.faults
  if (isOpen || Object.keys(faults).length > 0) return { ...row, faults, state: 'open' }
  return { ...row, makes: makesOf(row) }
}

/**
 * A schedule beside the house of now: what is new, the same, changed, still to be decided, and missing. Changes nothing.
 * For each new row there are some queries more.
 */
export async function lookAt(
  ctx: Ctx,
  { records, decisions }: Pick<Intake, 'records' | 'decisions'>,
): Promise<IntakeLook> {
  const today = civilDate(ctx.clock.now())
  const readings = records.flatMap((record, i): Reading[] => {
    const decision = decisions[i]
    if (!decision) return []
    const read = daysRead(record)
    return [{ record, decision, read, dates: read.map((_, d) => decidedDate(decision.days[d]?.date)) }]
  })
  const span = spanOf(
    readings.filter(({ record, decision }) => record.rule === null && !decision.leave),
    today,
  )
  const prefectures = [...new Set(readings.flatMap(({ decision }) => placeOf(decision)?.prefecture ?? []))]
  const house = await houseOf(ctx, prefectures, reachOf(readings, span), today)
  const beside: Against = { house, taken: new Set(), programmes: await programmesAll(ctx), today, now: ctx.clock.now() }
  const looked: RowLook[] = []
  for (const reading of readings) looked.push(await rowLook(ctx, reading, beside))
  const missing = missingIn(looked, beside, span)
  const rows: RowLook[] = []
  for (const row of withMoved(looked, movable(missing, beside), beside)) rows.push(await settledRow(ctx, row))
  const moved = new Set(rows.flatMap(({ days }) => days.flatMap(({ session }) => session ?? [])))
  return { rows, missing: missing.filter((one) => !moved.has(one)), ...(await besideRows(ctx, rows, today)) }
}
