import type { Instant } from '../base/clock.ts'
import { plusMinutes } from '../base/clock.ts'
import { addDays, type CivilDate, instantAt } from '../base/japan/civil.ts'
import { addBusinessDays } from './business-day.ts'

/**
 * The end of booking or cancelling: hours before the start, or n days or business days before at HH:MM. Times are
 * Asia/Tokyo.
 */
export type Deadline =
  | { shape: 'hours'; hours: number }
  | { shape: 'days'; days: number; at: string }
  | { shape: 'business_days'; days: number; at: string }

/** The most hours, days or business days of a deadline. */
export const MOST_BEFORE = 99

/** By default, booking closes one business day before at 15:00. */
export const DEFAULT_CLOSES: Deadline = { shape: 'business_days', days: 1, at: '15:00' }

/** By default, cancelling is possible until the start. */
export const DEFAULT_CANCELS: Deadline = { shape: 'hours', hours: 0 }

/** A deadline as text for its row: `hours:24`, `days:2@17:00`, `business_days:1@15:00`. */
export function deadlineText(deadline: Deadline): string {
  return deadline.shape === 'hours' ? `hours:${deadline.hours}` : `${deadline.shape}:${deadline.days}@${deadline.at}`
}

/** Reads the text of `deadlineText`. Throws on anything else: only acts write rows. */
export function parseDeadline(text: string): Deadline {
  const match = /^(?:hours:(\d+)|(days|business_days):(\d+)@(\d\d:\d\d))$/.exec(text)
  if (!match) throw new Error(`not a deadline: ${text}`)
  const [, hours, shape, days, at] = match
  if (hours !== undefined) return { shape: 'hours', hours: Number(hours) }
  return { shape: shape === 'days' ? 'days' : 'business_days', days: Number(days), at: at ?? '' }
}

/**
 * The instant of a deadline; from that instant on it has passed. Hours count from the start of the slot, days from the
 * date. `isClosed` returns true for days on which offices are closed; it may ignore weekends.
 */
export function deadlineAt(
  deadline: Deadline,
  start: { date: CivilDate; starts_at: Instant },
  isClosed: (date: CivilDate) => boolean,
): Instant {
  if (deadline.shape === 'hours') return plusMinutes(start.starts_at, -deadline.hours * 60)
  if (deadline.shape === 'days') return instantAt(addDays(start.date, -deadline.days), deadline.at)
  return instantAt(addBusinessDays(start.date, -deadline.days, isClosed), deadline.at)
}
