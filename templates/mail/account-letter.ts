import type { Instant } from '../../src/base/clock.ts'
import type { AccountLetterKind } from '../../src/base/letters.ts'
import type { Locale } from '../../src/base/locale.ts'
import type { Desk } from '../../src/people/desk.ts'
import type { AccountNews } from '../../src/people/write/tell-account.ts'
import { browserText } from '../text/browser.ts'
import { texts } from '../text/index.ts'
import { letterTexts } from '../text/letters.ts'
import { momentText } from '../text/when.ts'
import type { LetterView } from './booking-letter.ts'

/** The view of a letter to the owner of an account. */
export type AccountFacts = {
  kind: AccountLetterKind
  locale: Locale
  name: string
  /** When it happened. */
  at: Instant
  news: AccountNews
  /** Whom to call if it was somebody else. */
  desk: Pick<Desk, 'name' | 'phones'> | undefined
  publicUrl: string
}

/** Writes a letter to the owner of an account: what happened, when, in which browser, and what to do. It has no link. */
export function accountLetter({ kind, locale, name, at, news, desk, publicUrl }: AccountFacts): LetterView {
  const l = letterTexts(locale)
  const { account: a } = l
  const words = kind === 'email_changed' && news.email === undefined ? a.kinds.email_new : a.kinds[kind]
  const called = desk && desk.phones.length > 0 ? [`${desk.name[locale]} ${l.phone(desk.phones)}`] : []
  return {
    locale,
    subject: words.subject,
    heading: words.heading,
    company: '',
    dear: l.dear(name),
    opening: words.opening,
    facts: [
      ...(news.factor ? [{ label: a.factor, value: a.factors[news.factor] }] : []),
      { label: a.at, value: momentText(locale, at) },
      ...(news.by === 'secretariat' ? [{ label: a.by, value: a.secretariat }] : []),
      ...(news.agent === undefined ? [] : [{ label: a.browser, value: browserText(news.agent) ?? a.unknown }]),
    ],
    sections: [{ title: a.notYou, lines: [a.call, ...called, a.fine], links: [] }],
    signature: [texts(locale).site, publicUrl],
    footnote: l.noReplies,
  }
}
