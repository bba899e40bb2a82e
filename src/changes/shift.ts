import { type Instant, plusMinutes } from '../base/clock.ts'
import { settledHours } from '../base/hours.ts'
import { type CivilDate, civilTime, instantAt } from '../base/japan/civil.ts'
import type { Session } from '../schedule/session.ts'

/** The minutes by which a start moves to another day, at this time of day `HH:MM` or else its own. Negative: earlier. */
export function shiftMinutes(starts_at: Instant, date: CivilDate, starts: string | null): number {
  return (Date.parse(instantAt(date, starts ?? civilTime(starts_at))) - Date.parse(starts_at)) / 60_000
}

/** The session and its slots, moved to another day or time of day. Unchanged without a day or hours. */
export function shiftedBy(session: Session, date: CivilDate | null, starts: string | null): Session {
  const settled = settledHours(session)
  if (date === null || settled === null) return session
  const minutes = shiftMinutes(settled.starts_at, date, starts)
  const later = <T extends { starts_at: Instant; ends_at: Instant; cancels_at: Instant | null }>(hours: T): T => ({
    ...hours,
    starts_at: plusMinutes(hours.starts_at, minutes),
    ends_at: plusMinutes(hours.ends_at, minutes),
    cancels_at: hours.cancels_at && plusMinutes(hours.cancels_at, minutes),
  })
  return { ...session, ...later({ ...session, ...settled }), date, slots: session.slots.map(later) }
}
