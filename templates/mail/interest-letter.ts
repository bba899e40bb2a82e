import type { Instant } from '../../src/base/clock.ts'
import { prefectureByCode } from '../../src/base/japan/prefecture.ts'
import type { InterestLetterKind } from '../../src/base/letters.ts'
import type { Locale } from '../../src/base/locale.ts'
import { placeText } from '../../src/calendar/place.ts'
import type { Session } from '../../src/schedule/session.ts'
import { texts } from '../text/index.ts'
import { letterTexts } from '../text/letters.ts'
import { dateText, dayText, hoursText, momentText } from '../text/when.ts'
import type { LetterView } from './booking-letter.ts'

/** The view of a letter to a person who asked to hear when the date of a session is set. */
export type InterestFacts = {
  kind: InterestLetterKind
  locale: Locale
  session: Session
  /** The end of early access: until then they may book before everybody else. */
  first_until: Instant | null
  publicUrl: string
  token: string
  replies: boolean
}

function whenText(locale: Locale, { date, starts_at, ends_at }: Session): string {
  const t = texts(locale)
  if (date === null) return t.dateUndecided
  const hours = starts_at !== null && ends_at !== null ? hoursText(locale, { starts_at, ends_at }) : t.timeUndecided
  return `${dateText(locale, date)} ${hours}`
}

/** Writes a letter to a person who asked to hear when the date of a session is set. */
export function interestLetter(facts: InterestFacts): LetterView {
  const { kind, locale, session, first_until, publicUrl, token, replies } = facts
  const l = letterTexts(locale)
  const t = texts(locale)
  const words = kind === 'interest_over' && session.status === 'called_off' ? l.interest.off : l.interest[kind]
  const links = {
    settled: `${publicUrl}/sessions/${session.id}/book?first=${token}`,
    confirm_interest: `${publicUrl}/tell/${token}`,
    interest_over: `${publicUrl}/calendar?prefecture=${session.prefecture}`,
  }
  const link = links[kind]
  const { name, phones, hours } = session.desk
  const desk = [name[locale], phones.length > 0 && l.phone(phones), hours && t.openHours(hours[locale])]
  const first = kind === 'settled' && first_until !== null ? t.until(momentText(locale, first_until)) : null
  const day = session.date === null ? t.dateUndecided : dayText(locale, session.date)
  const prefecture = prefectureByCode(session.prefecture)?.[locale] ?? ''
  const place = placeText(session, session.formats, locale)
  const rows = [
    [l.what, session.title[locale]],
    [l.when, whenText(locale, session)],
    [l.prefecture, prefecture],
    [l.format, session.formats.map((format) => t.format[format]).join(locale === 'ja' ? '、' : ', ')],
    [l.place, place],
    [l.reason, kind === 'interest_over' && session.status === 'called_off' && session.reason?.[locale]],
    [l.interest.first, first],
  ] as const
  return {
    locale,
    subject:
      locale === 'ja'
        ? `${words.mark}${session.title.ja}（${prefecture}）${day}`
        : `${words.mark} ${session.title.en} (${prefecture}), ${day}`,
    heading: words.heading,
    company: '',
    dear: '',
    opening: words.opening,
    facts: rows.flatMap(([label, value]) => (value ? [{ label, value }] : [])),
    sections: [
      { title: words.title, lines: [words.text], links: [{ label: words.open, url: link }] },
      ...(kind === 'settled'
        ? [{ title: l.interest.end, lines: [], links: [{ label: l.interest.end, url: `${publicUrl}/tell/${token}` }] }]
        : []),
    ],
    signature: desk.filter((line) => typeof line === 'string'),
    footnote: replies ? l.replies : l.noReplies,
  }
}
