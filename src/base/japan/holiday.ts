import JapaneseHolidays from 'japanese-holidays'
import type { CivilDate } from './civil.ts'

/** Why a day is proposed as closed, as printed beside it. */
export type ClosureReason = { reason_ja: string; reason_en: string }

/** English names after those of the Cabinet Office (内閣府 「国民の祝日」について). */
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
 * Why a desk would be closed on a day, or null: a national holiday, substitute and citizens' holidays included
 * (国民の祝日に関する法律), else 29 December to 3 January (行政機関の休日に関する法律 第一条第一項第三号, which leaves days that are
 * already national holidays to their own name). Saturdays and Sundays are not proposed. A proposal, not a rule: staff decide.
 */
export function proposedClosure(date: CivilDate): ClosureReason | null {
  // At noon in Japan, since the package counts in the machine's zone. For 2008 to 2099 its answers were compared in all 418
  // zones and are the same; before, some zones shift a single day (America/Recife: 2000-10-08 for 2000-10-09).
  const holiday = JapaneseHolidays.isHolidayAt(new Date(`${date}T12:00:00+09:00`))
  if (holiday !== undefined) return { reason_ja: holiday, reason_en: ENGLISH[holiday] ?? 'National holiday' }
  const day = date.slice(5)
  if (day < '12-29' && day > '01-03') return null
  return { reason_ja: '年末年始', reason_en: 'Year-end and New Year holidays' }
}
