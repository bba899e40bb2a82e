import type { Instant } from '../../src/base/clock.ts'
import type { Locale } from '../../src/base/locale.ts'
import type { Account } from '../../src/people/account.ts'
import { deskTexts } from '../text/desk.ts'
import { letterTexts } from '../text/letters.ts'
import { momentText } from '../text/when.ts'
import type { LetterView } from './booking-letter.ts'

/** The view of the letter with which staff sign in for the first time. */
export type InvitationFacts = {
  locale: Locale
  name: string
  role: Account['role']
  token: string
  expires_at: Instant
  publicUrl: string
}

/** Writes the letter that invites a person to the console. */
export function invitationLetter({ locale, name, role, token, expires_at, publicUrl }: InvitationFacts): LetterView {
  const l = letterTexts(locale)
  const { subject, heading, opening, title, text, open, late, unasked, ...label } = l.invitation
  const part = deskTexts(locale).role[role]
  return {
    locale,
    subject,
    heading,
    company: '',
    dear: l.dear(name),
    opening: opening(part),
    facts: [
      { label: label.role, value: part },
      { label: label.until, value: momentText(locale, expires_at) },
    ],
    sections: [
      { title, lines: [text], links: [{ label: open, url: `${publicUrl}/desk/sign-in/${token}` }] },
      { title: late.title, lines: [late.text], links: [{ label: late.open, url: `${publicUrl}/desk/sign-in` }] },
      { title: unasked.title, lines: [unasked.text], links: [] },
    ],
    signature: [],
    footnote: l.unread,
  }
}
