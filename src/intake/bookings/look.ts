import { requireDesk, visiblePrefectures } from '../../base/actor.ts'
import type { ShownFields } from '../../base/fingerprint.ts'
import type { Faults } from '../../base/input.ts'
import { addDays, type CivilDate, civilDate, civilTime, clockText, daysBetween } from '../../base/japan/civil.ts'
import { foldName } from '../../base/japan/fold.ts'
import { PREFECTURES } from '../../base/japan/prefecture.ts'
import { falseWeekday, readDate } from '../../base/japan/read-date.ts'
import { narrow } from '../../base/japan/width.ts'
import { typedPersonKey } from '../../base/person.ts'
import type { Format } from '../../base/vocabulary.ts'
import { faultsOfEntry } from '../../booking/enter.ts'
import { activeBookingOf } from '../../booking/queries.ts'
import type { Ctx } from '../../context.ts'
import { ENTERED } from '../../schedule/acts-for.ts'
import { datesHeld, sessionsOn } from '../../schedule/queries.ts'
import type { Session, Slot } from '../../schedule/session.ts'
import type { BookingRow } from '../../store/schema.ts'
import { type ColumnField, columnsIn } from './columns.ts'

/** The most rows that one table may have. */
const MOST_BOOKINGS = 300

/**
 * What becomes of a row. `ready`: it would be booked. `again`: the person has this booking already. `double`: a row
 * above is of the same person. `shared`: somebody else has its e-mail address there, or phone and kana. `left`: it says
 * that it was cancelled. `past`: its day is over. `weekday`: its weekday is not that of its day. `none`, `several`: no session, or more than one, is at its time.
 * `full`: no room is left. `faulty`: a field is wrong.
 */
export type BookingFate =
  | 'ready'
  | 'again'
  | 'double'
  | 'shared'
  | 'left'
  | 'past'
  | 'weekday'
  | 'none'
  | 'several'
  | 'full'
  | 'faulty'

/** What a desk would type of a row into the form of a booking. The number of people may be empty. */
export type BookingTyped = Record<
  'slot' | 'company' | 'name' | 'name_kana' | 'email' | 'phone' | 'prefecture' | 'seats' | 'format' | 'employees',
  string
> & { message: string; note: string; channel: 'mail'; consent: true }

/** A row of a table of bookings: its cells, its booking as the desk would enter it, its fate. */
export type BookingRead = {
  /** The number of the row in the table, from 1. */
  line: number
  cells: readonly string[]
  day: CivilDate | null
  /** `HH:MM`, or null. */
  time: string | null
  session: Session | null
  slot: Slot | null
  input: BookingTyped
  fate: BookingFate
  faults: Faults
  /** The letter of a printed weekday that is not that of the day. */
  falseWeekday: string | null
  /** For a row without a session: the times of its day, and the nearest days on which something takes place. */
  times: string[]
  near: CivilDate[]
  other: Pick<BookingRow, 'id' | 'number'> | null
}

/** Why a table is not read. `columns`: a needed column is missing. `empty`: it has no row. `many`: more than 300. */
export type TableRefusal = 'columns' | 'empty' | 'many'

/** A table of kept bookings, read and compared with the schedule. */
export type BookingsLook = { head: readonly string[]; unknown: readonly string[]; rows: BookingRead[] }

const FORMAT_WORDS: readonly [RegExp, Format][] = [
  [/web|ウェブ|オンライン|zoom|teams|遠隔|online/i, 'online'],
  [/電話|phone|tel/i, 'phone'],
  [/訪問|派遣|visit/i, 'visit'],
  [/現地|対面|会場|来所|来場|窓口|onsite|person/i, 'onsite'],
]

/** The format that a cell names. Without a cell, that of a session which has only one. */
function formatOf(text: string, session: Session | null): string {
  const named = FORMAT_WORDS.find(([words]) => words.test(narrow(text)))?.[1]
  if (named !== undefined || text !== '') return named ?? text
  return session?.formats.length === 1 ? (session.formats[0] ?? '') : ''
}

/** The hour of a cell as `HH:MM`, the first of a span. Also of the part of a day, as unformatted cells have it. */
export function timeIn(text: string): string | null {
  const part = /^0?\.\d{2,}$/.exec(narrow(text).trim())
  if (part) return clockText(Math.round(Number(part[0]) * 1440))
  const [, hour, minute = '00'] = /(?<!\d)(\d{1,2})\s*[:時]\s*(\d{2})?/.exec(narrow(text)) ?? []
  return hour === undefined || Number(hour) > 23 ? null : `${hour.padStart(2, '0')}:${minute}`
}

/** A cell without the hour that it may name. */
const dateOnly = (text: string) =>
  narrow(text)
    .replace(/(?<!\d)\d{1,2}\s*[:時].*$/, '')
    .trim()

/** The day of a cell that may also name an hour, with its weekday if that is another one. */
function dayIn(text: string, today: CivilDate): Pick<BookingRead, 'day' | 'falseWeekday'> {
  const wrong = falseWeekday(dateOnly(text), today)
  return { day: wrong?.date ?? readDate(dateOnly(text), today), falseWeekday: wrong?.named ?? null }
}

/** The prefecture that a cell names or begins with. Without one that of the session. */
function prefectureOf(text: string, session: Session | null): string {
  const named = PREFECTURES.find(({ code, ja, en }) => text.startsWith(ja) || text === code || text === en)
  return named?.code ?? (text === '' ? (session?.prefecture ?? '') : text)
}

type Found = Pick<BookingRead, 'session' | 'slot'> & { fate: 'none' | 'several' | null }

const NOWHERE: Found = { session: null, slot: null, fate: 'none' }

/** The session and slot at a day and hour, among those that the desk may still enter bookings in. */
function placeAt(open: readonly Session[], { day, time }: Pick<BookingRead, 'day' | 'time'>): Found {
  const onDay = open.filter(({ date }) => date === day)
  const at = onDay.flatMap((session): Found[] => {
    if (session.slots.length === 0) {
      const fits = time === null || session.starts_at === null || civilTime(session.starts_at) === time
      return fits ? [{ session, slot: null, fate: null }] : []
    }
    const slots = session.slots.filter(({ starts_at }) => civilTime(starts_at) === time)
    return slots.map((slot) => ({ session, slot, fate: null }))
  })
  if (at.length === 1 && at[0]) return at[0]
  const isOpen = at.length > 0 || (time === null && onDay.length > 0)
  return { session: null, slot: null, fate: isOpen ? 'several' : 'none' }
}

/** The sessions on these days in which the actor's desk may enter bookings. */
async function openSessions(ctx: Ctx, days: readonly CivilDate[]): Promise<Session[]> {
  const found = await sessionsOn(ctx, days, visiblePrefectures(ctx.actor))
  return found.filter(({ status }) => ENTERED.some((one) => one === status))
}

/** How far a day may be from a printed one to be named, and the most that a row names. */
const NEAR = 31
const MOST_NEAR = 3

/** The days nearest to one, the next one first. */
function nearest(dates: readonly CivilDate[], day: CivilDate): CivilDate[] {
  const far = (date: CivilDate) => Math.abs(daysBetween(day, date))
  return dates
    .toSorted((one, other) => far(one) - far(other))
    .filter((date) => far(date) <= NEAR)
    .slice(0, MOST_NEAR)
    .toSorted()
}

/** Says what there is instead of rows whose session was not found. One query if there are such rows. */
async function withNear(ctx: Ctx, rows: readonly BookingRead[], open: readonly Session[]): Promise<BookingRead[]> {
  const today = civilDate(ctx.clock.now())
  const lost = rows.filter(({ fate }) => fate === 'none' || fate === 'several' || fate === 'weekday')
  const days = lost.flatMap(({ day }) => day ?? []).toSorted()
  const [from, to] = [days[0], days.at(-1)]
  if (from === undefined || to === undefined) return [...rows]
  const span = { from: [addDays(from, -NEAR), today].toSorted()[1] ?? today, to: addDays(to, NEAR) }
  const dates = await datesHeld(ctx, span, visiblePrefectures(ctx.actor))
  return rows.map((row) => {
    if (row.day === null || !lost.includes(row)) return row
    const onDay = row.fate === 'weekday' ? [] : open.filter(({ date }) => date === row.day)
    const starts = onDay.flatMap(({ slots, starts_at }) =>
      slots.length > 0 ? slots.map((slot) => slot.starts_at) : (starts_at ?? []),
    )
    const times = [...new Set(starts.map(civilTime))].toSorted()
    return { ...row, times, near: times.length > 0 ? [] : nearest(dates, row.day) }
  })
}

/** What the rows above one take: their places, and their people by session. */
type Above = { places: Map<string, number>; people: Map<string, string> }

/** Whether a name is that of the other, in any width and kanji. */
const isNamed = (row: BookingRead, name: string) => foldName(row.input.name) === foldName(name)

/** Whether the person, or somebody with the same address, is in the session already, or in a row above. */
async function present(ctx: Ctx, row: BookingRead, { id }: Session, { people }: Above): Promise<BookingRead | null> {
  const { input } = row
  const { email, phone, name_kana, name } = input
  const key = typedPersonKey({ email, phone, name_kana, name })
  const other = await activeBookingOf(ctx, id, key)
  if (other) {
    const fate = isNamed(row, other.name) ? 'again' : 'shared'
    return { ...row, fate, other: { id: other.id, number: other.number } }
  }
  const above = people.get(`${id} ${key}`)
  if (above !== undefined) return { ...row, fate: isNamed(row, above) ? 'double' : 'shared' }
  people.set(`${id} ${key}`, input.name)
  return null
}

/** Judges a row that has a session: by faults, by bookings of the same person, and by the room left. */
async function judged(ctx: Ctx, row: BookingRead, above: Above): Promise<BookingRead> {
  const { session, slot, input } = row
  if (session === null || row.fate !== 'ready') return row
  const faults = await faultsOfEntry(ctx, { ...input, session: session.id })
  if (Object.keys(faults).length > 0) return { ...row, fate: 'faulty', faults }
  const there = await present(ctx, row, session, above)
  if (there) return there
  const places = [session, slot].filter((place) => place !== null)
  const after = places.map(
    ({ id, remaining }) =>
      [id, (above.places.get(id) ?? remaining ?? Number.POSITIVE_INFINITY) - Number(input.seats || 1)] as const,
  )
  if (after.some(([, room]) => room < 0)) return { ...row, fate: 'full' }
  for (const [id, room] of after) above.places.set(id, room)
  return row
}

type DatedRow = Pick<BookingRead, 'line' | 'cells' | 'day' | 'time' | 'falseWeekday'>

/** What becomes of a row by its own cells, before it is compared with bookings. */
function fateOf(
  { cells, day, falseWeekday: wrong }: DatedRow,
  state: string,
  found: Found,
  today: CivilDate,
): BookingFate {
  const isStruck = cells.some((text) => text.endsWith('【中止】'))
  if (isStruck || /キャンセル|取消|取り消し|辞退|cancel/i.test(state)) return 'left'
  if (wrong !== null) return 'weekday'
  return day !== null && day < today ? 'past' : (found.fate ?? 'ready')
}

/** A row as the desk would enter it, with its session. */
function readRow(
  one: DatedRow,
  cell: (field: ColumnField) => string,
  open: readonly Session[],
  today: CivilDate,
): BookingRead {
  const found = one.falseWeekday === null ? placeAt(open, one) : NOWHERE
  const { session, slot } = found
  const fate = fateOf(one, cell('state'), found, today)
  const input: BookingTyped = {
    slot: slot?.id ?? '',
    company: cell('company'),
    name: cell('name'),
    name_kana: cell('name_kana'),
    email: cell('email'),
    phone: cell('phone'),
    prefecture: prefectureOf(cell('prefecture'), session),
    seats: narrow(cell('seats')).replace(/[名人]$/, ''),
    format: formatOf(cell('format'), session),
    employees: narrow(cell('employees')).replace(/[名人]$/, ''),
    message: cell('message'),
    note: cell('note'),
    channel: 'mail',
    consent: true,
  }
  const faults: Faults = one.day === null && fate === 'none' ? { day: 'choice' } : {}
  return { ...one, session, slot, input, fate, faults, times: [], near: [], other: null }
}

/**
 * Reads a table of bookings that were kept elsewhere, and says of each row what would become of it. Changes nothing. For
 * desks. Throws `Forbidden`. Refuses a table without the needed columns, without rows, or with more than 300.
 */
export async function lookAtBookings(
  ctx: Ctx,
  table: readonly (readonly string[])[],
): Promise<BookingsLook | TableRefusal> {
  requireDesk(ctx.actor)
  const columns = columnsIn(table)
  if (columns === null) return 'columns'
  const filled = [...table.entries()].filter(([n, row]) => n > columns.head && row.some((cell) => cell.trim() !== ''))
  if (filled.length === 0) return 'empty'
  if (filled.length > MOST_BOOKINGS) return 'many'
  const today = civilDate(ctx.clock.now())
  const cell = (row: readonly string[], field: ColumnField) => (row[columns.at[field] ?? -1] ?? '').trim()
  const dated = filled.map(([n, cells]) => {
    const day = dayIn(cell(cells, 'day'), today)
    return { line: n + 1, cells, ...day, time: timeIn(cell(cells, 'time')) ?? timeIn(cell(cells, 'day')) }
  })
  const open = await openSessions(
    ctx,
    dated.flatMap(({ day }) => day ?? []),
  )
  const above: Above = { places: new Map(), people: new Map() }
  const rows: BookingRead[] = []
  for (const one of dated) {
    const row = readRow(one, (field) => cell(one.cells, field), open, today)
    rows.push(await judged(ctx, row, above))
  }
  return { head: table[columns.head] ?? [], unknown: columns.unknown, rows: await withNear(ctx, rows, open) }
}

/** What a page shows before kept bookings are taken in. Once taken in they are there already, which is no change. */
export function bookingsFields({ rows }: BookingsLook): ShownFields {
  return rows.map(({ cells, session, slot, fate }) => {
    const { id, date, venue } = session ?? {}
    return [
      cells,
      id,
      date,
      slot?.starts_at ?? session?.starts_at,
      venue?.id,
      fate === 'again' || fate === 'double' ? 'ready' : fate,
    ]
  })
}
