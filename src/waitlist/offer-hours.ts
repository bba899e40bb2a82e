import { type Instant, plusMinutes } from '../base/clock.ts'
import { addDays, type CivilDate, civilDate, daysBetween, instantAt } from '../base/japan/civil.ts'
import type { Config } from '../config.ts'
import { answerEnds } from '../schedule/business-day.ts'
import type { Session } from '../schedule/session.ts'

/** Hours of the day `HH:MM` in Japan, the end excluded; `24:00` is midnight. */
type Hours = Config['offerHours']

function hoursOf(date: CivilDate, { from, to }: Hours): { opens: Instant; shuts: Instant } {
  const shuts = to === '24:00' ? instantAt(addDays(date, 1), '00:00') : instantAt(date, to)
  return { opens: instantAt(date, from), shuts }
}

/** Whether offers may leave at this instant: none at night (docs/domain.md rule 7). */
export function isOfferTime(hours: Hours, now: Instant): boolean {
  const { opens, shuts } = hoursOf(civilDate(now), hours)
  return opens <= now && now < shuts
}

/** A session as the winners of a draw see it: places are given until it begins, whenever entries closed. */
export function openUntilStart(session: Session): Session {
  const slots = session.slots.map((slot) => ({ ...slot, closes_at: slot.starts_at }))
  return { ...session, slots, closes_at: session.starts_at }
}

/** The end of an offer made now: `minutes` later, counted within the hours, never past the deadline. */
export function offerEnds(hours: Hours, minutes: number, now: Instant, deadline: Instant | null): Instant {
  let at = now
  for (let left = minutes; ; ) {
    const date = civilDate(at)
    const { opens, shuts } = hoursOf(date, hours)
    if (at < opens) at = opens
    const today = Math.max(0, (Date.parse(shuts) - Date.parse(at)) / 60_000)
    if (left <= today) {
      at = plusMinutes(at, left)
      break
    }
    left -= today
    at = instantAt(addDays(date, 1), '00:00')
  }
  return deadline !== null && deadline < at ? deadline : at
}

/** The minutes of an offer whose day is near, unless OFFER_MINUTES says otherwise. */
const NEAR_MINUTES = 240
/** The days ahead up to which a day is near. */
const NEAR_DAYS = 2

/**
 * The end of an offer made now for a day. Near the day an offer lasts `NEAR_MINUTES`. More than two days ahead it lasts to
 * 17:00 of the next business day at least, when the desk can be asked. OFFER_MINUTES replaces both. Never past the
 * deadline.
 */
export function offerUntil(
  config: Pick<Config, 'offerHours' | 'offerMinutes'>,
  now: Instant,
  day: { date: CivilDate | null; deadline: Instant | null },
  isClosed: (date: CivilDate) => boolean,
): Instant {
  const { offerHours, offerMinutes } = config
  const soon = offerEnds(offerHours, offerMinutes ?? NEAR_MINUTES, now, day.deadline)
  const near = day.date === null || daysBetween(civilDate(now), day.date) <= NEAR_DAYS
  if (offerMinutes !== null || near) return soon
  const later = answerEnds(1, now, day.deadline, isClosed)
  return later > soon ? later : soon
}
