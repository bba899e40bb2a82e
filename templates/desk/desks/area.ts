import { regionOf } from '../../../src/base/japan/prefecture.ts'
import type { Locale } from '../../../src/base/locale.ts'
import type { Desk } from '../../../src/people/desk.ts'
import { prefectureName } from '../../kit.tsx'
import { scheduleTexts } from '../../text/schedule.ts'

/** The prefectures of a desk in words: a whole region by its name, all of Japan if there are none. */
export function areaText(locale: Locale, { prefectures }: Pick<Desk, 'prefectures'>): string {
  if (prefectures.length === 0) return scheduleTexts(locale).desks.everywhere
  const names = prefectures.map((code) => prefectureName(locale, code))
  return regionOf(prefectures)?.[locale] ?? names.join(locale === 'ja' ? '、' : ', ')
}
