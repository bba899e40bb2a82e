import { type Instant, plusMinutes } from '../base/clock.ts'
import { type CivilDate, civilDate, civilTime, instantAt } from '../base/japan/civil.ts'
import { isBookable, isFew, lesser } from '../base/seating.ts'
import { FORMATS, type SessionStatus } from '../base/vocabulary.ts'
import type {
  Acceptance,
  BookingRow,
  DeskRow,
  Format,
  Kind,
  ProgrammeRow,
  SessionRow,
  SlotRow,
  VenueRow,
} from '../store/schema.ts'
import { type Closures, closureOn } from './closure.ts'
import { deadlineAt, parseDeadline } from './deadline.ts'

/** A text in both languages. */
export type Both = { ja: string; en: string }

/** How a session stands. */
export type Status = SessionStatus

export type Apply =
  | { kind: 'here' }
  | { kind: 'elsewhere'; name: string; phone: string | null; url: string | null; url_printed: string | null }

/** A time within a session. `room` and `remaining` are the lesser of its own and the day's; null is unlimited. */
export type Slot = {
  id: string
  starts_at: Instant
  ends_at: Instant
  capacity: number | null
  /** People who still fit, those who wait not considered; null is unlimited. */
  room: number | null
  /** People that anybody may still book for: the room less what those who wait will be offered. */
  remaining: number | null
  /** People who may still change to it from another slot of the day, however full the day is; null is unlimited. */
  spare: number | null
  /** Booking this slot is closed from this instant on. */
  closes_at: Instant
  /** Cancelling is closed from this instant on. */
  cancels_at: Instant
}

export type SessionDesk = { id: string; name: Both; phones: string[]; hours: Both | null; email: string | null }

/** A session as pages, letters, calendars and the API read it: its row with all that follows from it at this moment. */
export type Session = {
  id: string
  uid: string
  kind: Kind
  series: string | null
  programme: { id: string; starts_on: CivilDate; ends_on: CivilDate }
  prefecture: string
  title: Both
  note: Both | null
  desk: SessionDesk
  venue: { id: string; name: Both; address: string | null; areaOnly: boolean } | null
  date: CivilDate | null
  starts_at: Instant | null
  ends_at: Instant | null
  /** How much is decided. */
  settled: 'nothing' | 'date' | 'time'
  formats: Format[]
  /** People a day, over all slots and formats; null is unlimited. */
  capacity: number | null
  /** People who still fit in the day, those who wait not considered; null is unlimited. */
  room: number | null
  /** People that anybody may still book for; null is unlimited. */
  remaining: number | null
  waiting: number
  status: Status
  reason: Both | null
  acceptance: Acceptance
  /** How far its lots are: drawn, then told to everybody; null before, and where there are none. */
  draw: 'drawn' | 'announced' | null
  /** Only for who has a place on the web; never shown in public. */
  meeting_url: string | null
  opens_at: Instant
  /** Booking is closed from this instant on (of the last slot, where there are slots); null while undecided. */
  closes_at: Instant | null
  cancels_at: Instant | null
  apply: Apply
  slots: Slot[]
  printed: string | null
  printed_weekday: string | null
  sample: boolean
  sequence: number
  revision: number
  created_at: Instant
  updated_at: Instant
}

/** A party that waits for one slot, or for any (null). */
export type WaitingParty = Pick<BookingRow, 'slot' | 'seats' | 'format'>

/** What `schedule/queries.ts` selects for one session. */
export type SessionRead = SessionRow & {
  waiting_parties: readonly WaitingParty[]
  desk_row: Pick<DeskRow, 'id' | 'name_ja' | 'name_en' | 'phones' | 'hours_ja' | 'hours_en' | 'email' | 'email_use'>
  venue_row: Pick<VenueRow, 'id' | 'name_ja' | 'name_en' | 'address' | 'area_only'> | null
  programme_row: Pick<ProgrammeRow, 'id' | 'starts_on' | 'ends_on'>
  drawn_at: Instant | null
  announced_at: Instant | null
  slot_rows: SlotRow[]
}

const both = (ja: string | null, en: string | null): Both | null => (ja === null ? null : { ja, en: en ?? ja })

/** People who still fit; null is unlimited. Never below zero, also where staff went over deliberately. */
function room(counter: { capacity: number | null; seats_taken: number }): number | null {
  return counter.capacity === null ? null : Math.max(0, counter.capacity - counter.seats_taken)
}

/** Where a party may be seated: the room of a day and of its slots, the slots' own or the lesser of both. */
type Places = Pick<Session, 'formats' | 'room' | 'closes_at'> & { slots: Pick<Slot, 'id' | 'room' | 'closes_at'>[] }

/** Why somebody who waits is passed over. */
export type PassedOver = 'slot' | 'seats' | 'format' | 'closed'

/** The slot that a waiting party would be given now (null where there are none), or why there is no place for it. */
export function placeFor(
  { formats, room: day, closes_at, slots }: Places,
  { slot: wanted, seats, format }: WaitingParty,
  now: Instant,
): { ok: true; slot: string | null } | { ok: false; why: PassedOver } {
  if (!formats.includes(format)) return { ok: false, why: 'format' }
  const fits = (free: number | null) => free === null || seats <= free
  const asked = slots.filter((slot) => wanted === null || slot.id === wanted)
  const open = asked.filter((slot) => now < slot.closes_at)
  if (slots.length === 0 ? closes_at === null || now >= closes_at : open.length === 0)
    return { ok: false, why: 'closed' }
  if (!fits(day)) return { ok: false, why: 'seats' }
  if (slots.length === 0) return { ok: true, slot: null }
  const slot = open.find((one) => fits(one.room))
  if (slot) return { ok: true, slot: slot.id }
  return { ok: false, why: open.every((one) => one.room === 0) ? 'slot' : 'seats' }
}

/**
 * The room once all who wait and fit have theirs, in their turn: a freed place is not for whoever comes by before it is
 * offered (domain.md rule 7).
 */
function withoutAwaited(places: Places, parties: readonly WaitingParty[], now: Instant): Places {
  let day = places.room
  const slots = places.slots.map((slot) => ({ ...slot }))
  const less = (free: number | null, seats: number) => (free === null ? null : free - seats)
  for (const party of parties) {
    const place = placeFor({ ...places, room: day, slots }, party, now)
    if (!place.ok) continue
    day = less(day, party.seats)
    const slot = slots.find((one) => one.id === place.slot)
    if (slot) slot.room = less(slot.room, party.seats)
  }
  return { ...places, room: day, slots }
}

/** The lesser of the day's room and the sum of its slots'; null is unlimited. */
function remainingOf(day: number | null, slots: (number | null)[]): number | null {
  if (slots.length === 0) return day
  const sum = slots.reduce<number | null>((total, one) => (total === null || one === null ? null : total + one), 0)
  return lesser(day, sum)
}

function isOver(row: SessionRead, today: CivilDate, now: Instant): boolean {
  if (row.ends_at !== null) return now >= row.ends_at
  return (row.date ?? row.programme_row.ends_on) < today
}

function statusOf(row: SessionRead, remaining: number | null, closesAt: Instant | null, now: Instant): Status {
  if (row.state !== 'published') return row.state
  if (isOver(row, civilDate(now), now)) return 'held'
  if (row.apply_name !== null) return 'elsewhere'
  if (row.date === null || closesAt === null) return 'undecided'
  if (now < row.opens_at) return 'not_yet_open'
  const inYear = row.programme_row.starts_on <= row.date && row.date <= row.programme_row.ends_on
  if (now >= closesAt || !inYear) return 'closed'
  if (row.acceptance === 'lottery') return row.drawn_at === null ? 'open' : 'closed'
  if (remaining === 0) return 'full'
  return remaining !== null && isFew(remaining, row.capacity) ? 'few' : 'open'
}

/** A deadline of one day as a function of the start; days before are the same for every start, and counted once. */
function untilOf(text: string, date: CivilDate | null, isClosed: (date: CivilDate) => boolean) {
  const deadline = parseDeadline(text)
  const at = (starts_at: Instant) => deadlineAt(deadline, { date: date ?? civilDate(starts_at), starts_at }, isClosed)
  if (deadline.shape === 'hours') return at
  let once: Instant | null = null
  return (starts_at: Instant) => {
    once ??= at(starts_at)
    return once
  }
}

/** Puts a session together from its rows: places left, deadlines and status at the instant `now`. */
export function sessionOf(row: SessionRead, closures: Closures, now: Instant): Session {
  const isClosed = (date: CivilDate) => closureOn(closures, date, row.prefecture) !== null
  const closesAt = untilOf(row.closes, row.date, isClosed)
  const cancelsAt = untilOf(row.cancels, row.date, isClosed)
  const lastStart = row.slot_rows.at(-1)?.starts_at ?? row.starts_at
  const closes = lastStart && closesAt(lastStart)
  const formats = FORMATS.filter((format) => row.formats.split(',').includes(format))
  const day = room(row)
  const own = row.slot_rows.map((slot) => ({ id: slot.id, room: room(slot), closes_at: closesAt(slot.starts_at) }))
  // Entries of a lottery take nothing from anybody before the draw.
  const parties = row.acceptance === 'lottery' ? [] : row.waiting_parties
  const left = withoutAwaited({ formats, room: day, closes_at: closes, slots: own }, parties, now)
  const slots = row.slot_rows.map((slot, i): Slot => {
    const { id, starts_at, ends_at, capacity } = slot
    const spare = left.slots[i]?.room ?? null
    return {
      id,
      starts_at,
      ends_at,
      capacity,
      room: lesser(room(slot), day),
      remaining: lesser(spare, left.room),
      spare,
      closes_at: closesAt(starts_at),
      cancels_at: cancelsAt(starts_at),
    }
  })
  const remaining = remainingOf(
    left.room,
    left.slots.map((slot) => slot.room),
  )
  const { desk_row: desk, venue_row: venue, programme_row: programme } = row
  return {
    id: row.id,
    uid: row.uid,
    kind: row.kind,
    series: row.series,
    programme,
    prefecture: row.prefecture,
    title: { ja: row.title_ja, en: row.title_en },
    note: both(row.note_ja, row.note_en),
    desk: {
      id: desk.id,
      name: { ja: desk.name_ja, en: desk.name_en },
      phones: desk.phones === '' ? [] : desk.phones.split(','),
      hours: both(desk.hours_ja, desk.hours_en),
      email: desk.email_use === 'mail' ? desk.email : null,
    },
    venue: venue && {
      id: venue.id,
      name: { ja: venue.name_ja, en: venue.name_en },
      address: venue.address,
      areaOnly: venue.area_only === 1,
    },
    date: row.date,
    starts_at: row.starts_at,
    ends_at: row.ends_at,
    settled: row.date === null ? 'nothing' : row.starts_at === null ? 'date' : 'time',
    formats,
    capacity: row.capacity,
    room: day,
    remaining,
    waiting: row.waiting_parties.length,
    status: statusOf(row, remaining, closes, now),
    reason: both(row.reason_ja, row.reason_en),
    acceptance: row.acceptance,
    draw: row.announced_at !== null ? 'announced' : row.drawn_at !== null ? 'drawn' : null,
    meeting_url: row.meeting_url,
    opens_at: row.opens_at,
    closes_at: closes,
    cancels_at: lastStart && cancelsAt(lastStart),
    apply:
      row.apply_name === null
        ? { kind: 'here' }
        : {
            kind: 'elsewhere',
            name: row.apply_name,
            phone: row.apply_phone,
            url: row.apply_url,
            url_printed: row.apply_url_printed,
          },
    slots,
    printed: row.printed,
    printed_weekday: row.printed_weekday,
    sample: row.sample === 1,
    sequence: row.sequence,
    revision: row.revision,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}

/** Whether a party may be seated now: in one of its slots, where there are slots. */
export function hasRoom(session: Session, seats: number, now: Instant): boolean {
  const fits = ({ remaining }: { remaining: number | null }) => remaining === null || remaining >= seats
  if (session.slots.length === 0) return isBookable(session, null, now) && fits(session)
  return session.slots.some((slot) => isBookable(session, slot, now) && fits(slot))
}

/** The four columns of an application taken elsewhere; all null where it is taken here. */
export function applyColumns(apply: Apply) {
  if (apply.kind === 'here') return { apply_name: null, apply_phone: null, apply_url: null, apply_url_printed: null }
  const { name, phone, url, url_printed } = apply
  return { apply_name: name, apply_phone: phone, apply_url: url, apply_url_printed: url_printed }
}

/** A session as it is on another day or time of day, its slots with it; as it is where no day is given, or it has no hours. */
export function shiftedBy(session: Session, date: CivilDate | null, starts: string | null): Session {
  const { starts_at, ends_at } = session
  if (date === null || starts_at === null || ends_at === null) return session
  const minutes = (Date.parse(instantAt(date, starts ?? civilTime(starts_at))) - Date.parse(starts_at)) / 60_000
  const later = <T extends { starts_at: Instant; ends_at: Instant; cancels_at: Instant | null }>(one: T): T => ({
    ...one,
    starts_at: plusMinutes(one.starts_at, minutes),
    ends_at: plusMinutes(one.ends_at, minutes),
    cancels_at: one.cancels_at && plusMinutes(one.cancels_at, minutes),
  })
  return { ...session, ...later({ ...session, starts_at, ends_at }), date, slots: session.slots.map(later) }
}
