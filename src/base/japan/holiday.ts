import JapaneseHolidays from 'japanese-holidays'
import type { CivilDate } from './civil.ts'

/** The reason for a proposed closure, as printed beside the day. */
export type ClosureReason = { reason_ja: string; reason_en: string }

/** English names as the Cabinet Office gives them (内閣府 「国民の祝日」について). */
const ENGLISH: Readonly<Record<string, string>> = {
  元日: "New Year's Day",
  成人の日: 'Coming of Age Day',
  建国記念の日: 'National Foundation Day',
  天皇誕生日: "The Emperor's Birthday",
  春分の日: 'Vernal Equinox Day',
  昭和の日: 'Showa Day',
  憲法記念日: 'Constitution Memorial Day',
  みどりの日: 'Greenery Day',
  こどもの日: "Children's Day",
  海の日: 'Marine Day',
  山の日: 'Mountain Day',
  敬老の日: 'Respect for the Aged Day',
  秋分の日: 'Autumnal Equinox Day',
  体育の日: 'Health and Sports Day',
  スポーツの日: 'Sports Day',
  文化の日: 'Culture Day',
  勤労感謝の日: 'Labor Thanksgiving Day',
  振替休日: 'Substitute holiday',
  国民の休日: "Citizens' holiday",
  即位の日: "Day of the Emperor's Accession",
  即位礼正殿の儀: 'Enthronement Ceremony',
  昭和天皇の大喪の礼: 'Funeral of Emperor Showa',
  皇太子明仁親王の結婚の儀: 'Wedding of Crown Prince Akihito',
  皇太子徳仁親王の結婚の儀: 'Wedding of Crown Prince Naruhito',
}

/**
 * The reason to propose a closure on a day, or null. Staff decide. National holidays come first, with substitute and
 * citizens' holidays (国民の祝日に関する法律). Then 29 December to 3 January (行政機関の休日に関する法律 第一条第一項第三号). Saturdays and Sundays are
 * not proposed.
 */
export function proposedClosure(date: CivilDate): ClosureReason | null {
  // Noon in Japan, because the package computes in the machine's zone. All 418 zones give the same answers for 2008 to
  // 2099. Before 2008 some shift a single day (America/Recife: 2000-10-08 for 2000-10-09).
  const holiday = JapaneseHolidays.isHolidayAt(new Date(`${date}T12:00:00+09:00`))
  if (holiday !== undefined) return { reason_ja: holiday, reason_en: ENGLISH[holiday] ?? 'National holiday' }
  const day = date.slice(5)
  if (day < '12-29' && day > '01-03') return null
  return { reason_ja: '年末年始', reason_en: 'Year-end and New Year holidays' }
}
