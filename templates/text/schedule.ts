import type { Locale } from '../../src/base/locale.ts'
import { en } from './schedule.en.ts'
import { ja, type ScheduleTexts } from './schedule.ja.ts'

/** The sentences of the console's schedule in a language. */
export function scheduleTexts(locale: Locale): ScheduleTexts {
  return locale === 'ja' ? ja : en
}
