import { faultText } from '../../templates/fields.tsx'
import { deskTexts } from '../../templates/text/desk.ts'
import { texts } from '../../templates/text/index.ts'
import { scheduleTexts } from '../../templates/text/schedule.ts'
import type { Faults } from '../base/input.ts'
import type { Locale } from '../base/locale.ts'

/** The subject of a command. The console has a table of refusals for each. */
export type Subject = 'session' | 'booking' | 'account' | 'office' | 'programme'

type Notice = { what: string; next: string }

function underOneTitle<Why extends string>({ what, ...whys }: { what: string } & Record<Why, string>) {
  const notices = Object.entries(whys).map(([why, next]) => [why, { what, next }])
  return Object.fromEntries(notices) as Record<Exclude<Why, 'what'>, Notice>
}

const TABLES = {
  session: (locale: Locale) => underOneTitle(deskTexts(locale).session.refused),
  booking: (locale: Locale) => underOneTitle(deskTexts(locale).booking.refused),
  account: (locale: Locale) => deskTexts(locale).people.refused,
  programme: (locale: Locale) => scheduleTexts(locale).programme.list.refused,
  office: (locale: Locale) => {
    const { busy, changed, taken } = scheduleTexts(locale).desks
    return { busy, changed, taken, used: scheduleTexts(locale).series.used }
  },
}

/** The reasons for which the console has a sentence about this subject. */
export type Reason<About extends Subject> = keyof ReturnType<(typeof TABLES)[About]> & string

export type Refusal<Why extends string> = { ok: false; why: Why } | { ok: false; why: 'invalid'; errors: Faults }

/** The options of the command line, by the field of the act. */
const OPTIONS: Record<string, string> = {
  reason_ja: '--reason',
  reason_en: '--reason-en',
  beside: '--beside',
  starts_on: '--from',
  ends_on: '--to',
  url: 'URL',
  email: 'EMAIL',
  fiscal_year: 'YEAR',
  retention_years: '--keep',
  name_ja: '--name',
  name_en: '--name-en',
  hours_ja: '--hours',
  hours_en: '--hours-en',
}

/**
 * The console's sentences for this refusal, one a line. Faulty fields have the names of their options. A reason without
 * a sentence does not compile.
 */
export function refusalText<About extends Subject>(
  locale: Locale,
  about: About,
  refusal: Refusal<Reason<About>>,
): string {
  if ('errors' in refusal) {
    const t = texts(locale)
    const faults = Object.entries(refusal.errors)
    const sentences = faults.map(([field, fault]) => faultText(t, field, fault, OPTIONS[field] ?? `--${field}`))
    return [t.book.summaryTitle(faults.length), ...sentences].join('\n')
  }
  const notices: Record<string, Notice> = TABLES[about](locale)
  const { what = refusal.why, next = '' } = notices[refusal.why] ?? {}
  return [what, next].filter((sentence) => sentence !== '').join('\n')
}
