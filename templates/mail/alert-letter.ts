import type { AlertView } from '../../src/alerts/alert.ts'
import { settledHours } from '../../src/base/hours.ts'
import { prefectureByCode } from '../../src/base/japan/prefecture.ts'
import type { AlertLetterKind } from '../../src/base/letters.ts'
import type { Locale } from '../../src/base/locale.ts'
import { placeText } from '../../src/calendar/place.ts'
import type { Session } from '../../src/schedule/session.ts'
import { alertRows } from '../alert-rows.ts'
import { texts } from '../text/index.ts'
import { letterTexts } from '../text/letters.ts'
import { dateText, hoursText } from '../text/when.ts'
import type { LetterView } from './booking-letter.ts'

/** The view of a letter to a person who asked to hear of free places. */
export type AlertFacts = {
  kind: AlertLetterKind
  locale: Locale
  alert: AlertView
  /** The sessions with a free place, in order. */
  sessions: readonly Session[]
  token: string
  publicUrl: string
  replies: boolean
}

/** A session with a free place: when, what, how and where, and the link to book it. */
function place({ locale, publicUrl }: AlertFacts, session: Session): LetterView['sections'][number] {
  const t = texts(locale)
  const { date, formats, prefecture, title } = session
  const hours = settledHours(session)
  const when = [date && dateText(locale, date), hours && hoursText(locale, hours)].filter(Boolean).join(' ')
  const held = formats.map((format) => t.format[format]).join(locale === 'ja' ? '・' : ', ')
  return {
    title: when,
    lines: [
      title[locale],
      [prefectureByCode(prefecture)?.[locale], held].join(locale === 'ja' ? '　' : ' · '),
      ...(formats.includes('onsite') ? [placeText(session, formats, locale) ?? ''] : []),
    ].filter((line) => line !== ''),
    links: [{ label: letterTexts(locale).alert.book, url: `${publicUrl}/sessions/${session.id}` }],
  }
}

/** Writes a letter to a person who asked to hear of free places. */
export function alertLetter(facts: AlertFacts): LetterView {
  const { kind, locale, alert, sessions, token, publicUrl, replies } = facts
  const l = letterTexts(locale)
  const words = l.alert.kinds[kind]
  const prefecture = prefectureByCode(alert.prefecture)?.[locale] ?? ''
  const url =
    kind === 'alert_over' ? `${publicUrl}/alerts?prefecture=${alert.prefecture}` : `${publicUrl}/alerts/${token}`
  return {
    locale,
    subject: l.alert.subject(words.mark, prefecture),
    heading: words.heading,
    company: '',
    dear: '',
    opening: words.opening,
    facts: alertRows(locale, alert).map(([label, value]) => ({ label, value })),
    sections: [
      ...sessions.map((session) => place(facts, session)),
      { title: words.title, lines: [words.text], links: [{ label: words.open, url }] },
    ],
    signature: [],
    footnote: replies ? l.replies : l.noReplies,
  }
}
