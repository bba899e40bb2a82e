import { type Instant, plusMinutes } from '../base/clock.ts'
import { settledHours } from '../base/hours.ts'
import { type CivilDate, civilTime, instantAt } from '../base/japan/civil.ts'
import { type Session, withDay, withoutDay } from '../schedule/session.ts'

/** The minutes by which a start moves to another day, at this time of day `HH:MM` or else its own. Negative: earlier. */
export function shiftMinutes(starts_at: Instant, date: CivilDate, starts: string | null): number {
  return (Date.parse(instantAt(date, starts ?? civilTime(starts_at))) - Date.parse(starts_at)) / 60_000
}

/**
 * The session and its slots, moved to another day or time of day; postponed without a day. Unchanged if it never had
 * hours.
 */
export function shiftedBy(given: Session, date: CivilDate | null, starts: string | null): Session {
  const session = withDay(given)
  const settled = settledHours(session)
  if (settled === null) return given
  if (date === null) return withoutDay({ ...session, status: 'postponed' })
  const minutes = shiftMinutes(settled.starts_at, date, starts)
  const later = <T extends { starts_at: Instant; ends_at: Instant; cancels_at: Instant | null }>(hours: T): T => ({
    ...hours,
    starts_at: plusMinutes(hours.starts_at, minutes),
    ends_at: plusMinutes(hours.ends_at, minutes),
    cancels_at: hours.cancels_at && plusMinutes(hours.cancels_at, minutes),
  })
  const status = session.status === 'postponed' ? ('open' as const) : session.status
  const hours = later({ ...session, ...settled })
  return { ...session, ...hours, date, status, former: null, settled: 'time', slots: session.slots.map(later) }
}
