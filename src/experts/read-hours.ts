import { readTime, timesIn } from '../base/japan/read-time.ts'
import { narrow } from '../base/japan/width.ts'

/** From when until when somebody advises on a day, as times of day. */
export type DayHours = { starts: string; ends: string }

/**
 * The hours of a day as they were typed: `10:00-12:00, 13:00-17:00`, in any width, with 〜 or から. Each time is read by
 * `readTime`. None for an empty text; null if it cannot be read. `fitTogether` says whether they can be saved.
 */
export function readHours(text: string): DayHours[] | null {
  const parts = timesIn(narrow(text).replaceAll(/\s*(?:[-~〜]|から)\s*/g, '-'))
  const read = parts.flatMap((part) => {
    const [starts, ends, ...more] = part.replace(/まで$/, '').split('-').map(readTime)
    return starts && ends && more.length === 0 ? [{ starts, ends }] : []
  })
  return read.length === parts.length ? read : null
}

/** Whether hours of one day end after they start, and do not overlap. */
export function fitTogether(hours: readonly DayHours[]): boolean {
  const inOrder = hours.toSorted((a, b) => (a.starts < b.starts ? -1 : 1))
  return inOrder.every(({ starts, ends }, i) => ends > starts && (inOrder[i - 1]?.ends ?? '') <= starts)
}

/** The hours of a day as a form shows them: `10:00-12:00, 13:00-17:00`. `readHours` reads them. */
export function writeHours(hours: readonly DayHours[]): string {
  return hours.map(({ starts, ends }) => `${starts}-${ends}`).join(', ')
}
