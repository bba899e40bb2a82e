import type { Instant } from '../base/clock.ts'
import { addDays, civilDate, instantAt } from '../base/japan/civil.ts'
import type { Changes } from './changes.ts'

/** For how long the clock leaves something true: `from` is the first instant, `until` the first no more. */
export type Span = { from: Instant; until: Instant }

/** The span around an instant in which none of the others lies. It is within the day in Japan. */
export function spanAround(now: Instant, instants: Iterable<Instant | null>): Span {
  const day = civilDate(now)
  let from = instantAt(day, '00:00')
  let until = instantAt(addDays(day, 1), '00:00')
  for (const instant of instants) {
    if (instant === null) continue
    if (instant <= now) from = instant > from ? instant : from
    else until = instant < until ? instant : until
  }
  return { from, until }
}

/**
 * What an answer shows, noted while it is made. So it is known for how long the answer is right. An answer that notes
 * nothing depends on the schedule and on the day.
 */
export type Sight = {
  /** It shows the places of these sessions. */
  showsPlaces(sessions: readonly { id: string }[]): void
  /** It depends on the places of all sessions. */
  showsEveryPlace(): void
  /** The clock leaves it true in this span. */
  lasts(span: Span): void
  span(): Span
  /** Whether the clock leaves it true at this instant. */
  covers(now: Instant): boolean
  /** Whether it is right at this instant: the clock leaves it true, and nothing that it shows has changed. */
  holds(now: Instant): boolean
  /** Whether nothing at all has changed since it was begun. */
  isUntouched(): boolean
  /** The bytes that its notes take, roughly. */
  bytes(): number
}

/** Bytes of an id in a set, roughly. */
const ID_BYTES = 40

/** Begins an answer as of this instant. What is read from now on is noted. */
export function sightOf(changes: Changes, now: Instant): Sight {
  const begun = changes.count()
  const shown = new Set<string>()
  let every = false
  let { from, until } = spanAround(now, [])
  let lookedAt = begun
  const covers = (instant: Instant) => from <= instant && instant < until
  return {
    span: () => ({ from, until }),
    covers,
    showsPlaces(sessions) {
      for (const { id } of sessions) shown.add(id)
    },
    showsEveryPlace() {
      every = true
    },
    lasts(span) {
      if (span.from > from) from = span.from
      if (span.until < until) until = span.until
    },
    holds(instant) {
      if (changes.schedule() > begun || !covers(instant)) return false
      const last = changes.places()
      if (last <= lookedAt) return true
      if (every) return false
      for (const id of shown) if (changes.places(id) > begun) return false
      lookedAt = last
      return true
    },
    isUntouched: () => changes.count() === begun,
    bytes: () => shown.size * ID_BYTES,
  }
}

/** The same sight for what shows only dates and texts: neither places nor what the clock makes of them. */
export function ofDates(sight: Sight): Sight {
  const nothing = () => undefined
  return { ...sight, showsPlaces: nothing, showsEveryPlace: nothing, lasts: nothing }
}
