import type { Instant } from '../../src/base/clock.ts'
import type { Locale } from '../../src/base/locale.ts'
import { letterTexts } from '../text/letters.ts'
import { momentText } from '../text/when.ts'
import type { LetterView } from './booking-letter.ts'

/** The view of the letter with a link to sign in. */
export type SignInFacts = {
  locale: Locale
  name: string
  token: string
  /** Null if the letter has none. */
  code: string | null
  expires_at: Instant
  publicUrl: string
}

/** Writes the letter with which staff sign in. */
export function signInLetter({ locale, name, token, code, expires_at, publicUrl }: SignInFacts): LetterView {
  const l = letterTexts(locale)
  const { subject, heading, opening, title, text, open, unasked } = l.signIn
  return {
    locale,
    subject,
    heading,
    company: '',
    dear: l.dear(name),
    opening,
    facts: [
      ...(code === null ? [] : [{ label: l.signIn.code, value: code }]),
      { label: l.signIn.until, value: momentText(locale, expires_at) },
    ],
    sections: [
      {
        title,
        lines: [code === null ? l.signIn.linkOnly : text],
        links: [{ label: open, url: `${publicUrl}/desk/sign-in/${token}` }],
      },
      { title: unasked.title, lines: [unasked.text], links: [] },
    ],
    signature: [],
    footnote: l.unread,
  }
}
