import type { Instant } from '../../src/base/clock.ts'
import type { AccountLetterKind } from '../../src/base/letters.ts'
import type { Locale } from '../../src/base/locale.ts'
import type { Account } from '../../src/people/account.ts'
import type { Desk } from '../../src/people/desk.ts'
import type { AccountNews } from '../../src/people/write/tell-account.ts'
import { browserText } from '../text/browser.ts'
import { type LetterTexts, letterTexts } from '../text/letters.ts'
import { momentText } from '../text/when.ts'
import type { LetterView } from './booking-letter.ts'

/** The view of a letter to the owner of an account. */
export type AccountFacts = {
  kind: AccountLetterKind
  locale: Locale
  name: string
  role: Account['role']
  /** When it happened. */
  at: Instant
  news: AccountNews
  /** Whom to call if it was somebody else, unless the owner works there. */
  desk: Pick<Desk, 'name' | 'phones'> | undefined
}

/** An address that its owner recognises, and nobody else can write to: `t***@example.jp`. */
function masked(email: string): string {
  return email.replace(/^(.)[^@]*/u, '$1***')
}

/** What to do. A letter on trial warns of nothing, and a webhook is not the account's. */
function sectionsOf(kind: AccountLetterKind, words: LetterTexts['account'], notYou: string[]): LetterView['sections'] {
  if (kind === 'trial') return []
  const { next, how } = words.webhook
  const [title, lines] = kind === 'webhook_stopped' ? [next, how] : [words.notYou, notYou]
  return [{ title, lines, links: [] }]
}

/**
 * Writes a letter to the owner of an account: what happened, when, in which browser, and what to do. It has no link. Of two
 * addresses it names the other one masked, in case it is not the owner's.
 */
export function accountLetter({ kind, locale, name, role, at, news, desk }: AccountFacts): LetterView {
  const l = letterTexts(locale)
  const { account: a } = l
  const { emails } = news
  const toNew = news.email === undefined
  const words = kind === 'email_changed' && toNew ? a.kinds.email_new : a.kinds[kind]
  const phones = desk && desk.phones.length > 0 ? [`${desk.name[locale]} ${l.phone(desk.phones)}`] : []
  const help = role === 'secretariat' ? [a.colleague] : [a.call, ...phones]
  return {
    locale,
    subject: words.subject,
    heading: words.heading,
    company: '',
    dear: l.dear(name),
    opening: words.opening,
    facts: [
      ...(emails
        ? [
            { label: a.former, value: toNew ? masked(emails.former) : emails.former },
            { label: a.present, value: toNew ? emails.present : masked(emails.present) },
          ]
        : []),
      ...(news.factor ? [{ label: a.factor, value: a.factors[news.factor] }] : []),
      ...(news.webhook
        ? [
            { label: a.webhook.host, value: news.webhook.host },
            { label: a.webhook.why, value: a.webhook.whys[news.webhook.why] },
          ]
        : []),
      ...(news.left === undefined ? [] : [{ label: a.left, value: a.codes(news.left) }]),
      { label: a.at, value: momentText(locale, at) },
      ...(news.by === 'secretariat' ? [{ label: a.by, value: a.secretariat }] : []),
      ...(news.agent === undefined ? [] : [{ label: a.browser, value: browserText(news.agent) ?? a.unknown }]),
    ],
    sections: sectionsOf(kind, a, [...help, a.fine]),
    signature: [],
    footnote: l.unread,
  }
}
