import type { Instant } from '../../src/base/clock.ts'
import { prefectureByCode } from '../../src/base/japan/prefecture.ts'
import type { Locale } from '../../src/base/locale.ts'
import type { Session } from '../../src/schedule/session.ts'
import { letterTexts } from '../text/letters.ts'
import { dateText, momentText } from '../text/when.ts'
import type { LetterView } from './booking-letter.ts'

/** The view of a letter about a change of address. It says nothing of the person: the address may be a stranger's. */
export type EmailFacts = {
  locale: Locale
  session: Session
  publicUrl: string
  /** The link of the new address and its end; null in the letter to the old address. */
  confirm: { token: string; expires_at: Instant } | null
}

/** Writes the letter that asks a new address for its confirmation, or tells the old one that it was left. */
export function emailLetter({ locale, session, publicUrl, confirm }: EmailFacts): LetterView {
  const l = letterTexts(locale)
  const words = confirm ? l.email.confirm : l.email.left
  const { name, phones } = session.desk
  const until = confirm && momentText(locale, confirm.expires_at)
  return {
    locale,
    subject: words.subject,
    heading: words.heading,
    company: '',
    dear: '',
    opening: words.opening,
    facts: [
      { label: l.what, value: session.title[locale] },
      { label: l.prefecture, value: prefectureByCode(session.prefecture)?.[locale] ?? '' },
      // The address that was left hears no day: it may be a stranger's.
      ...(confirm && session.date !== null ? [{ label: l.when, value: dateText(locale, session.date) }] : []),
      ...(until ? [{ label: l.email.until, value: until }] : []),
    ],
    sections: confirm
      ? [
          {
            title: l.email.confirm.title,
            lines: [l.email.confirm.text],
            links: [{ label: l.email.confirm.open, url: `${publicUrl}/b/email/${confirm.token}` }],
          },
        ]
      : [],
    signature: [name[locale], ...(phones.length > 0 ? [l.phone(phones)] : [])],
    footnote: l.noReplies,
  }
}
