import { meaningOf } from '../../src/base/letters.ts'
import { texts } from '../text/index.ts'
import { type LetterTexts, letterTexts } from '../text/letters.ts'
import { bookingLetter, type LetterFacts, wordsOf } from './booking-letter.ts'

/** The facts that a short message has: those to which its first words point. */
function labelsOf({ kind, locale }: LetterFacts, l: LetterTexts): string[] {
  const t = texts(locale)
  const changed = meaningOf(kind).before ? [l.was, l.format, t.book.labels.seats] : []
  const held = [l.offerEnds, l.confirmEnds, l.answerEnds]
  return [t.booking.status, l.when, ...held, l.place, l.meetingUrl, ...changed]
}

/**
 * A short message about a booking: what happened, when and where, and what was before. Somebody without a booking yet
 * reads that, and until when to answer. It has its link and whom to call. No name: others see it too.
 */
export function bookingSms(facts: LetterFacts): string {
  const { locale, manageUrl, booking, reason } = facts
  const l = letterTexts(locale)
  const colon = locale === 'ja' ? '：' : ': '
  const { subject, opening, facts: rows } = bookingLetter(facts)
  const { warns } = wordsOf(facts, l)
  const labels = labelsOf(facts, l)
  const told = rows.filter(({ label }) => labels.includes(label))
  const { phones } = booking.session.desk
  return [
    subject,
    opening[0],
    opening.find((line) => line === warns),
    ...told.map(({ label, value }) => `${label}${colon}${value}`),
    reason && `${l.reason}${colon}${reason[locale]}`,
    manageUrl && `${l.sms}${manageUrl}`,
    phones[0] && `${texts(locale).desks.phone}${colon}${phones[0]}`,
  ]
    .filter(Boolean)
    .join('\n')
}
