import type { Instant } from '../base/clock.ts'
import { type CivilDate, civilDate } from '../base/japan/civil.ts'
import { phoneText } from '../base/japan/phone.ts'
import { isFew, lesser } from '../base/seating.ts'
import { FORMATS, type Format, type SessionStatus } from '../base/vocabulary.ts'
import type { DeskRow, ProgrammeRow, SessionRow, SlotRow } from '../store/schema.ts'
import { type WaitingParty, withoutAwaited } from './availability.ts'
import { type Closures, closureOn } from './closure.ts'
import { deadlineAt, parseDeadline } from './deadline.ts'
import { type Session, type Slot, withoutDay } from './session.ts'
import { localized, type ShownVenueRow, shownVenue } from './venue.ts'

/** What `schedule/queries.ts` selects for one session. */
export type SessionRead = SessionRow & {
  waiting_parties: readonly WaitingParty[]
  desk_row: Pick<DeskRow, 'id' | 'name_ja' | 'name_en' | 'phones' | 'hours_ja' | 'hours_en' | 'email' | 'email_use'>
  venue_row: ShownVenueRow | null
  programme_row: Pick<ProgrammeRow, 'id' | 'starts_on' | 'ends_on'>
  drawn_at: Instant | null
  announced_at: Instant | null
  slot_rows: SlotRow[]
}

/** The formats of a text, in the order of the form. */
function listed(text: string): Format[] {
  const named = text.split(',')
  return FORMATS.filter((format) => named.includes(format))
}

/** People who still fit; null is unlimited. Never below zero, even if staff exceeded the capacity. */
function room(counter: { capacity: number | null; seats_taken: number }): number | null {
  return counter.capacity === null ? null : Math.max(0, counter.capacity - counter.seats_taken)
}

/** The lesser of the day's room and the sum of its slots; null is unlimited. */
function remainingOf(day: number | null, slots: (number | null)[]): number | null {
  if (slots.length === 0) return day
  const sum = slots.reduce<number | null>((total, one) => (total === null || one === null ? null : total + one), 0)
  return lesser(day, sum)
}

/** Whether it has no day for now: it is postponed, or was called off while it was. */
function isPostponed({ state, state_before }: SessionRead): boolean {
  return state === 'postponed' || (state === 'called_off' && state_before === 'postponed')
}

function isOver(row: SessionRead, today: CivilDate, now: Instant): boolean {
  if (isPostponed(row)) return row.programme_row.ends_on < today
  if (row.ends_at !== null) return now >= row.ends_at
  return (row.date ?? row.programme_row.ends_on) < today
}

function statusOf(row: SessionRead, remaining: number | null, closesAt: Instant | null, now: Instant): SessionStatus {
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

/** A deadline of one day as a function of the start. A deadline in days is computed once, for all starts. */
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

/** Builds a session from its rows: places left, deadlines and status at the instant `now`. */
export function sessionOf(row: SessionRead, closures: Closures, now: Instant): Session {
  const isClosed = (date: CivilDate) => closureOn(closures, date, row.prefecture) !== null
  const closesAt = untilOf(row.closes, row.date, isClosed)
  const cancelsAt = untilOf(row.cancels, row.date, isClosed)
  const lastStart = row.slot_rows.at(-1)?.starts_at ?? row.starts_at
  const closes = lastStart && closesAt(lastStart)
  const formats = listed(row.formats)
  const day = room(row)
  const own = row.slot_rows.map((slot) => ({ id: slot.id, room: room(slot), closes_at: closesAt(slot.starts_at) }))
  // Before the draw, entries of a lottery hold no places.
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
  const session: Session = {
    id: row.id,
    uid: row.uid,
    kind: row.kind,
    series: row.series,
    programme,
    prefecture: row.prefecture,
    title: { ja: row.title_ja, en: row.title_en },
    title_kana: row.title_kana,
    note: localized(row.note_ja, row.note_en),
    desk: {
      id: desk.id,
      name: { ja: desk.name_ja, en: desk.name_en },
      phones: desk.phones === '' ? [] : desk.phones.split(',').map(phoneText),
      hours: localized(desk.hours_ja, desk.hours_en),
      email: desk.email_use === 'mail' ? desk.email : null,
    },
    venue: venue && shownVenue(venue),
    date: row.date,
    starts_at: row.starts_at,
    ends_at: row.ends_at,
    former: null,
    settled: row.date === null ? 'nothing' : row.starts_at === null ? 'date' : 'time',
    formats,
    formats_before: row.formats_before === null ? null : listed(row.formats_before),
    suspension: row.suspension,
    request: row.request,
    capacity: row.capacity,
    taken: row.seats_taken,
    room: day,
    remaining,
    waiting: row.waiting_parties.length,
    over: isOver(row, civilDate(now), now),
    status: statusOf(row, remaining, closes, now),
    reason: localized(row.reason_ja, row.reason_en),
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
            phone: row.apply_phone && phoneText(row.apply_phone),
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
    seats_changed_at: row.seats_changed_at,
  }
  return isPostponed(row) ? withoutDay(session) : session
}
