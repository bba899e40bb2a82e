import { texts } from '../text/index.ts'
import { letterTexts } from '../text/letters.ts'
import { bookingLetter, type LetterFacts } from './booking-letter.ts'

/**
 * A short message about a booking: what happened, when and where, its link and whom to call. No name: others see it
 * too.
 */
export function bookingSms(facts: LetterFacts): string {
  const { locale, manageUrl, booking, reason } = facts
  const l = letterTexts(locale)
  const colon = locale === 'ja' ? '：' : ': '
  const { subject, opening, facts: rows } = bookingLetter(facts)
  const told = rows.filter(({ label }) => label === l.when || label === l.place)
  const { phones } = booking.session.desk
  return [
    subject,
    opening[0],
    ...told.map(({ label, value }) => `${label}${colon}${value}`),
    reason && `${l.reason}${colon}${reason[locale]}`,
    manageUrl && `${l.sms}${manageUrl}`,
    phones[0] && `${texts(locale).desks.phone}${colon}${phones[0]}`,
  ]
    .filter(Boolean)
    .join('\n')
}
