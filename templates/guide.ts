import type { Locale } from '../src/base/locale.ts'
import type { Format } from '../src/base/vocabulary.ts'
import type { Session } from '../src/schedule/session.ts'
import { texts } from './text/index.ts'

/** One thing that helps people to find a venue. With `url`, `value` is the address itself. */
export type GuideRow = { label: string; value: string; url?: true }

/** What helps people who come to a venue to find it. Empty for other formats, and if nothing is known. */
export function guideRows(locale: Locale, { venue }: Pick<Session, 'venue'>, formats: readonly Format[]): GuideRow[] {
  const guide = venue?.guide
  if (!guide || !formats.includes('onsite')) return []
  const t = texts(locale).session.guide
  const { access, parking, mapUrl, stepFree } = guide
  return [
    ...(access === null ? [] : [{ label: t.access, value: access[locale] }]),
    ...(parking === null ? [] : [{ label: t.parking, value: parking[locale] }]),
    ...(stepFree === null ? [] : [{ label: t.steps, value: stepFree ? t.stepFree : t.withSteps }]),
    ...(mapUrl === null ? [] : [{ label: t.map, value: mapUrl, url: true as const }]),
  ]
}
