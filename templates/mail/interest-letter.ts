import type { Instant } from '../../src/base/clock.ts'
import { settledHours } from '../../src/base/hours.ts'
import { prefectureByCode } from '../../src/base/japan/prefecture.ts'
import type { Locale } from '../../src/base/locale.ts'
import { placeText } from '../../src/calendar/place.ts'
import type { Localized, Session } from '../../src/schedule/session.ts'
import { texts } from '../text/index.ts'
import { letterTexts } from '../text/letters.ts'
import { dateText, dayText, hoursText, momentText } from '../text/when.ts'
import type { LetterView } from './booking-letter.ts'

/** What a letter to a person who asked for a date says, and where its link leads. */
export const NEWS = {
  confirm_interest: 'tell',
  settled: 'book',
  redated: 'book',
  dated_again: 'book',
  interest_postponed: 'tell',
  interest_again: 'tell',
  interest_over: 'others',
} as const

/** The news of a letter to a person who asked for a date. */
export type InterestNews = keyof typeof NEWS

/** The view of a letter to a person who asked to hear when the date of a session is set. */
export type InterestFacts = {
  news: InterestNews
  /** Whether they may book before everybody else now. */
  early: boolean
  locale: Locale
  session: Session
  /** The reason of the act that the letter tells of; null if there is none on record. */
  why: Localized | null
  /** The end of early access: until then they may book before everybody else. */
  first_until: Instant | null
  publicUrl: string
  token: string
  replies: boolean
}

function whenText(locale: Locale, session: Session): string {
  const t = texts(locale)
  const { date } = session
  if (date === null) return t.dateUndecided
  const hours = settledHours(session)
  return `${dateText(locale, date)} ${hours === null ? t.timeUndecided : hoursText(locale, hours)}`
}

/** The first paragraphs: what happened, who may book, and whether the session is a sample. */
function openingOf({ news, early, locale, session }: InterestFacts, said: string[]): string[] {
  const { interest } = letterTexts(locale)
  const booking = NEWS[news] === 'book' ? [early ? interest.early : interest.open] : []
  return [...said, ...booking, ...(session.sample ? [texts(locale).sampleNote] : [])]
}

/** Why: as the act said of which the letter tells. The session keeps the reason of its last change alone. */
function reasonOf({ news, why, session }: InterestFacts, isOff: boolean): Localized | null {
  if (isOff) return session.reason
  return news === 'redated' || news === 'interest_postponed' ? why : null
}

/** Writes a letter to a person who asked to hear when the date of a session is set. */
export function interestLetter(facts: InterestFacts): LetterView {
  const { news, early, locale, session, first_until, publicUrl, token, replies } = facts
  const l = letterTexts(locale)
  const t = texts(locale)
  const isOff = news === 'interest_over' && (session.status === 'called_off' || session.status === 'skipped')
  const off = session.status === 'skipped' ? l.interest.skipped : l.interest.off
  const words = isOff ? off : l.interest[news]
  const book = NEWS[news] === 'book'
  const links = {
    book: `${publicUrl}/sessions/${session.id}/book?first=${token}`,
    tell: `${publicUrl}/tell/${token}`,
    others: `${publicUrl}/calendar?prefecture=${session.prefecture}`,
  }
  const link = links[NEWS[news]]
  // A day that does not hold any more is not the date.
  const known = news === 'interest_postponed' ? { ...session, date: null } : session
  const { name, phones, hours } = session.desk
  const desk = [name[locale], phones.length > 0 && l.phone(phones), hours && t.openHours(hours[locale])]
  const first = book && early && first_until !== null ? t.until(momentText(locale, first_until)) : null
  const day = known.date === null ? t.dateUndecided : dayText(locale, known.date)
  const prefecture = prefectureByCode(session.prefecture)?.[locale] ?? ''
  const place = placeText(session, session.formats, locale, isOff)
  const rows = [
    [l.what, session.title[locale]],
    [l.when, whenText(locale, known)],
    [l.prefecture, prefecture],
    [l.format, session.formats.map((format) => t.format[format]).join(locale === 'ja' ? '、' : ', ')],
    [l.place, place],
    [l.reason, reasonOf(facts, isOff)?.[locale]],
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
    opening: openingOf(facts, words.opening),
    facts: rows.flatMap(([label, value]) => (value ? [{ label, value }] : [])),
    sections: [
      { title: words.title, lines: [words.text], links: [{ label: words.open, url: link }] },
      ...(book
        ? [{ title: l.interest.end, lines: [], links: [{ label: l.interest.end, url: `${publicUrl}/tell/${token}` }] }]
        : []),
    ],
    signature: desk.filter((line) => typeof line === 'string'),
    footnote: replies ? l.replies : l.noReplies,
  }
}
