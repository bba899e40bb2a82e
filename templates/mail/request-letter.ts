import type { RequestLetterKind } from '../../src/base/letters.ts'
import type { Locale } from '../../src/base/locale.ts'
import type { Wish } from '../../src/matching/candidate.ts'
import type { RequestView } from '../../src/matching/view.ts'
import type { Desk } from '../../src/people/desk.ts'
import { consultTexts } from '../text/consult.ts'
import { letterTexts } from '../text/letters.ts'
import { dayText } from '../text/when.ts'
import type { LetterView } from './booking-letter.ts'

/** The view of a letter to a firm about its request. */
export type RequestFacts = {
  kind: RequestLetterKind
  locale: Locale
  request: RequestView
  /** The address of its page. */
  url: string
  publicUrl: string
  desk: Pick<Desk, 'name' | 'phones'> | undefined
  replies: boolean
}

/** A half-day in words. */
export function wishText(locale: Locale, { date, half }: Wish): string {
  return `${dayText(locale, date)} ${consultTexts(locale).halves[half]}`
}

/**
 * Writes a letter to a firm about its request. It holds nothing of its own words, and no telephone or address of its
 * people.
 */
export function requestLetter({ kind, locale, request, url, publicUrl, desk, replies }: RequestFacts): LetterView {
  const l = letterTexts(locale)
  const c = consultTexts(locale)
  const { labels, kinds, page, again, phone, visits, subject } = l.request
  const listed = (names: readonly string[]) => names.join(c.comma)
  const isOver = kind === 'request_withdrawn'
  const rows: [string, string][] = [
    [labels.number, request.number],
    ...(kind === 'request_link' ? [[labels.state, c.states[request.state]] satisfies [string, string]] : []),
    [labels.topics, listed(request.topics.map((topic) => c.topics[topic]))],
    [labels.formats, listed(request.formats.map((format) => c.formats[format]))],
    [labels.wished, listed(request.wished.map((wish) => wishText(locale, wish)))],
    [labels.visits, request.allowed === null ? '' : visits(request.used, request.allowed)],
  ]
  const phones = desk && desk.phones.length > 0 ? [`${desk.name[locale]} ${l.phone(desk.phones)}`] : []
  const link = isOver
    ? { title: again.title, lines: [again.text], links: [{ label: again.open, url: `${publicUrl}/consult` }] }
    : { title: page.title, lines: [page.text], links: [{ label: page.open, url }] }
  return {
    locale,
    subject: subject(kinds[kind].mark, request.number),
    heading: kinds[kind].heading,
    company: request.company,
    dear: l.dear(request.name),
    opening: kinds[kind].opening,
    facts: rows.flatMap(([label, value]) => (value === '' ? [] : [{ label, value }])),
    sections: [
      link,
      ...(isOver || phones.length === 0
        ? []
        : [{ title: phone.title, lines: [phone.text(request.number), ...phones], links: [] }]),
    ],
    signature: [],
    footnote: replies ? l.replies : l.noReplies,
  }
}
