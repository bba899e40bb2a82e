import type { BookingLetterKind } from '../../src/base/letters.ts'
import type { Locale } from '../../src/base/locale.ts'
import { account } from './letters/account.ts'
import { alert } from './letters/alert.ts'
import { approval } from './letters/approval.ts'
import { applied, booking } from './letters/booking.ts'
import { changes, displaced, neverHeld, postponedAgain } from './letters/changes.ts'
import { email } from './letters/email.ts'
import { interest } from './letters/interest.ts'
import { invitation } from './letters/invitation.ts'
import { lines } from './letters/lines.ts'
import { declined, lapsedDraw, lottery, reserves, undrawn } from './letters/lottery.ts'
import { message, messageWords } from './letters/message.ts'
import { pending } from './letters/pending.ts'
import { request } from './letters/request.ts'
import { sections } from './letters/sections.ts'
import { signIn } from './letters/sign-in.ts'
import { survey, surveyLink } from './letters/survey.ts'
import { unheard, waitlist } from './letters/waitlist.ts'
import { inEveryLanguage } from './spoken.ts'

/** What only one kind of letter says. */
export type KindWords = {
  /** The start of the subject. */
  mark: string
  heading: string
  /** The first paragraphs. */
  opening: string[]
  /** What people with a place must not do. */
  warns?: string
  /** The paragraph that only booked people get. Left out if the letter goes to booked people alone. */
  booked?: string
  /** The same, if its session has other forms than its own: these are named. */
  others?: (forms: string[]) => string
  /** What follows if a calendar file is attached. */
  entry?: string
}

const all = inEveryLanguage((locale) => {
  const kinds: Record<BookingLetterKind, KindWords> = {
    ...booking[locale],
    ...waitlist[locale],
    ...approval[locale],
    ...lottery[locale],
    ...changes[locale],
    ...survey[locale],
    ...message[locale],
  }
  return {
    ...lines[locale],
    kinds,
    ...sections[locale],
    pending: pending[locale],
    lapsedDraw: lapsedDraw[locale],
    displaced: displaced[locale],
    neverHeld: neverHeld[locale],
    undrawn: undrawn[locale],
    postponedAgain: postponedAgain[locale],
    unheard: unheard[locale],
    declined: declined[locale],
    applied: applied[locale],
    reserves: reserves[locale],
    survey: surveyLink[locale],
    messages: messageWords[locale],
    interest: interest[locale],
    alert: alert[locale],
    request: request[locale],
    email: email[locale],
    signIn: signIn[locale],
    invitation: invitation[locale],
    account: account[locale],
  }
})

/** Every sentence of the letters in one language. */
export type LetterTexts = (typeof all)[Locale]

/** Returns the sentences of the letters in a language. */
export function letterTexts(locale: Locale): LetterTexts {
  return all[locale]
}
