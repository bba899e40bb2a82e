import { requireDesk, visiblePrefectures } from '../../base/actor.ts'
import type { ShownFields } from '../../base/fingerprint.ts'
import type { Faults } from '../../base/input.ts'
import { type CivilDate, civilDate, civilTime } from '../../base/japan/civil.ts'
import { foldName } from '../../base/japan/fold.ts'
import { PREFECTURES } from '../../base/japan/prefecture.ts'
import { readDate } from '../../base/japan/read-date.ts'
import { narrow } from '../../base/japan/width.ts'
import { typedPersonKey } from '../../base/person.ts'
import type { Format } from '../../base/vocabulary.ts'
import { faultsOfEntry } from '../../booking/enter.ts'
import { activeBookingOf } from '../../booking/queries.ts'
import type { Ctx } from '../../context.ts'
import { ENTERED } from '../../schedule/acts-for.ts'
import { sessions } from '../../schedule/queries.ts'
import type { Session, Slot } from '../../schedule/session.ts'
import type { BookingRow } from '../../store/schema.ts'
import { type ColumnField, columnsIn } from './columns.ts'

/** The most rows that one table may have. */
const MOST_BOOKINGS = 300

/**
 * What becomes of a row. `ready`: it would be booked. `again`: the person has this booking already. `double`: a row
 * above is of the same person. `shared`: somebody else has its e-mail address there, or phone and kana. `left`: it says
 * that it was cancelled. `past`: its day is over. `none`, `several`: no session, or more than one, is at its time.
 * `full`: no room is left. `faulty`: a field is wrong.
 */
export type BookingFate =
  | 'ready'
  | 'again'
  | 'double'
  | 'shared'
  | 'left'
  | 'past'
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
  other: Pick<BookingRow, 'id' | 'number'> | null
}

/** Why a table is not read. `columns`: a needed column is missing. `empty`: it has no row. `many`: more than 300. */
export type TableRefusal = 'columns' | 'empty' | 'many'

/** A table of kept bookings, read and compared with the schedule. */
export type BookingsLook = { head: readonly string[]; unknown: readonly string[]; rows: BookingRead[] }

const FORMAT_WORDS: readonly [RegExp, Format][] = [
  [/web|ウェブ|オンライン|zoom|teams|遠隔|online/i, 'online'],
  [/電話|phone|tel/i, 'phone'],
  [/現地|対面|会場|来所|来場|窓口|onsite|person/i, 'onsite'],
]

/** The format that a cell names. Without a cell, that of a session which has only one. */
function formatOf(text: string, session: Session | null): string {
  const named = FORMAT_WORDS.find(([words]) => words.test(narrow(text)))?.[1]
  if (named !== undefined || text !== '') return named ?? text
  return session?.formats.length === 1 ? (session.formats[0] ?? '') : ''
}

/** The hour of a cell as `HH:MM`, the first if it names a span. Null without one. */
function timeIn(text: string): string | null {
  const [, hour, minute = '00'] = /(?<!\d)(\d{1,2})\s*[:時]\s*(\d{2})?/.exec(narrow(text)) ?? []
  return hour === undefined || Number(hour) > 23 ? null : `${hour.padStart(2, '0')}:${minute}`
}

/** The day of a cell that may also name an hour. */
function dayIn(text: string, today: CivilDate): CivilDate | null {
  const date = narrow(text)
    .replace(/(?<!\d)\d{1,2}\s*[:時].*$/, '')
    .trim()
  return readDate(date, today)
}

/** The prefecture that a cell names or begins with. Without one that of the session. */
function prefectureOf(text: string, session: Session | null): string {
  const named = PREFECTURES.find(({ code, ja, en }) => text.startsWith(ja) || text === code || text === en)
  return named?.code ?? (text === '' ? (session?.prefecture ?? '') : text)
}

type Found = Pick<BookingRead, 'session' | 'slot'> & { fate: 'none' | 'several' | null }

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
  return { session: null, slot: null, fate: at.length === 0 ? 'none' : 'several' }
}

/** The sessions of the next year in which the actor's desk may enter bookings. */
async function openSessions(ctx: Ctx, days: readonly (CivilDate | null)[]): Promise<Session[]> {
  const named = days.filter((day) => day !== null).toSorted()
  const [from, to] = [named[0], named.at(-1)]
  if (from === undefined || to === undefined) return []
  const filter = { from, to, prefectures: visiblePrefectures(ctx.actor), status: ENTERED }
  return (await sessions(ctx, filter, { limit: 500 })).sessions
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
    return { line: n + 1, cells, day, time: timeIn(cell(cells, 'time')) ?? timeIn(cell(cells, 'day')) }
  })
  const open = await openSessions(
    ctx,
    dated.map(({ day }) => day),
  )
  const above: Above = { places: new Map(), people: new Map() }
  const rows: BookingRead[] = []
  for (const one of dated) {
    const found = placeAt(open, one)
    const isStruck = one.cells.some((text) => text.endsWith('【中止】'))
    const isOff = isStruck || /キャンセル|取消|取り消し|辞退|cancel/i.test(cell(one.cells, 'state'))
    const isPast = one.day !== null && one.day < today
    const fate = isOff ? 'left' : isPast ? 'past' : (found.fate ?? 'ready')
    const { session, slot } = found
    const input: BookingTyped = {
      slot: slot?.id ?? '',
      company: cell(one.cells, 'company'),
      name: cell(one.cells, 'name'),
      name_kana: cell(one.cells, 'name_kana'),
      email: cell(one.cells, 'email'),
      phone: cell(one.cells, 'phone'),
      prefecture: prefectureOf(cell(one.cells, 'prefecture'), session),
      seats: narrow(cell(one.cells, 'seats')).replace(/[名人]$/, ''),
      format: formatOf(cell(one.cells, 'format'), session),
      employees: narrow(cell(one.cells, 'employees')).replace(/[名人]$/, ''),
      message: cell(one.cells, 'message'),
      note: cell(one.cells, 'note'),
      channel: 'mail',
      consent: true,
    }
    const faults: Faults = one.day === null && fate === 'none' ? { day: 'choice' } : {}
    const row: BookingRead = { ...one, session, slot, input, fate, faults, other: null }
    rows.push(await judged(ctx, row, above))
  }
  return { head: table[columns.head] ?? [], unknown: columns.unknown, rows }
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
