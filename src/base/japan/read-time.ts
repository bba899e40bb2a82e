import { clockText } from './civil.ts'
import { narrow } from './width.ts'

/** `9:00`, `9時`, `9時半`, `9時30分`, with the half of the day before it. A spreadsheet adds seconds. */
const WORDS = /^(午前|午後|am|pm)?(\d{1,2})(?::(\d{2})(?::00)?|時(?:(半)|(\d{1,2})分?)?)(am|pm)?$/i
const TOGETHER = /^(\d{2})(\d{2})$/
const HALF_BEFORE = /(午前|午後|[ap]m)\s+(?=\d)/gi
const HALF_AFTER = /(?<=\d)\s+(?=[ap]m\b)/gi
const DOTTED = /\b([ap])\.m\.?/gi

/** A text of times with each half of a day joined to its time, in half width. */
const joined = (text: string) =>
  narrow(text).replaceAll(DOTTED, '$1m').replaceAll(HALF_BEFORE, '$1').replaceAll(HALF_AFTER, '')

/** The hour from 0 to 23 of an hour from 1 to 11 in a half of the day. 12 is null: people mean noon or midnight by it. */
function hourIn(half: string, hour: number): number | null {
  if (hour > 11) return null
  return half === '午後' || half === 'pm' ? hour + 12 : hour
}

function timeOf(hour: number, minute: number): string | null {
  return hour < 24 && minute < 60 ? clockText(hour * 60 + minute) : null
}

/**
 * The time of day that a person typed or pasted, as `HH:MM`, or null. Reads `9:00`, `９：３０`, `9時`, `10時半`, `9時30分`,
 * `午後1時`, `1:30 pm`, `0930` and `正午`. Any width. It is null if the hour after 午前, 午後, am or pm is above 11.
 */
export function readTime(text: string): string | null {
  const typed = joined(text).replaceAll(/\s*([:時])\s*/g, '$1')
  if (typed === '正午') return '12:00'
  const together = TOGETHER.exec(typed)
  if (together) return timeOf(Number(together[1]), Number(together[2]))
  const [found, before, hours, minutes, isHalf, spoken, after] = WORDS.exec(typed) ?? []
  if (found === undefined || (before !== undefined && after !== undefined)) return null
  const half = (before ?? after)?.toLowerCase()
  const hour = half === undefined ? Number(hours) : hourIn(half, Number(hours))
  return hour === null ? null : timeOf(hour, isHalf === undefined ? Number(minutes ?? spoken ?? 0) : 30)
}

/** The parts of a text with several times, as typed: separated by commas, spaces or lines. */
export function timesIn(text: string): string[] {
  return joined(text)
    .split(/[\s,、，;]+/)
    .filter(Boolean)
}
