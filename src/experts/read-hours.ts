import { isTimeOfDay } from '../base/japan/civil.ts'
import { narrow } from '../base/japan/width.ts'

/** From when until when somebody advises on a day, as times of day. */
export type DayHours = { starts: string; ends: string }

const padded = (time: string) => time.padStart(5, '0')

/**
 * The hours of a day as they were typed: `10:00-12:00, 13:00-17:00`, in any width, with 〜 or 時. None for an empty text; null
 * if it cannot be read. `fitTogether` says whether they can be saved.
 */
export function readHours(text: string): DayHours[] | null {
  const plain = narrow(text)
    .replaceAll('時半', ':30')
    .replaceAll(/時(\d{1,2})分/g, ':$1')
    .replaceAll('時', ':00')
    .replaceAll(/\s*(?:[-~〜]|から)\s*/g, '-')
    .trim()
  if (plain === '') return []
  const parts = plain.split(/[、,;\s]+/).filter((part) => part !== '')
  const read = parts.flatMap((part) => {
    const [, starts = '', ends = ''] = /^(\d{1,2}:\d{2})-(\d{1,2}:\d{2})(?:まで)?$/.exec(part) ?? []
    const hours = { starts: padded(starts), ends: padded(ends) }
    return isTimeOfDay(hours.starts) && isTimeOfDay(hours.ends) ? [hours] : []
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
