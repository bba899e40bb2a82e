import * as z from 'zod'
import { email, paragraphs, phone, wholeNumber } from '../base/fields.ts'
import { blankIsNull, line, nameLine, optional, word } from '../base/input.ts'
import { corporateNumber } from '../base/japan/corporate-number.ts'
import { isKatakana, toKatakana } from '../base/japan/kana.ts'
import { isPrefectureCode } from '../base/japan/prefecture.ts'
import { narrow } from '../base/japan/width.ts'
import { LOCALES } from '../base/locale.ts'
import { FORMATS } from '../base/vocabulary.ts'
import { INDUSTRIES, TOPICS } from './booking.ts'

const corporate = z.string().transform((text, check) => {
  const read = corporateNumber(text)
  if (read.ok) return read.value
  check.addIssue({ code: 'custom', message: read.why === 'digits' ? 'corporate_digits' : 'corporate_check' })
  return z.NEVER
})
const message = paragraphs(2000)

/** The desk's own note. */
export const NoteInput = message.default('')
/** A receipt number as read out or copied: any width and case, with or without hyphens of any kind. */
const bookingNumber = word(20).transform((text) => narrow(text).toUpperCase())

/** Input to find a booking without its link. */
export const FindInput = z.object({ number: bookingNumber, phone })

/** What a person may change on their booking afterwards. */
export const AmendInput = z.object({
  phone,
  message,
})
export type AmendInput = z.output<typeof AmendInput>

/**
 * An application on the web, in the API and by staff. Any width is accepted: names stay as typed, the kana become
 * katakana, number-like fields become narrow.
 */
export const BookInput = z.object({
  session: word(64),
  slot: optional(word(64)),
  format: z.enum(FORMATS, 'choice'),
  seats: z.preprocess((value) => blankIsNull(value) ?? 1, wholeNumber(1, 999, 'seats')).default(1),
  locale: z.enum(LOCALES, 'choice').default('ja'),
  waitlist: z.boolean('choice').default(false),
  /** The token of a person with early access, who may book before everybody else. */
  first: optional(word(64)),
  company: nameLine(100),
  name: nameLine(60),
  name_kana: line(80)
    .transform(toKatakana)
    .refine((text) => isKatakana(text), 'kana'),
  email,
  phone,
  prefecture: line(2).refine((code) => isPrefectureCode(code), 'choice'),
  employees: optional(wholeNumber(0, 9_999_999, 'number')),
  industry: optional(z.enum(INDUSTRIES, 'choice')),
  corporate_number: optional(corporate),
  topics: z
    .preprocess((value) => value ?? [], z.array(z.enum(TOPICS, 'choice'), 'choice').max(TOPICS.length, 'choice'))
    .default([]),
  message: message.default(''),
  consent: z.literal(true, 'consent'),
})
export type BookInput = z.output<typeof BookInput>

/** The target of a move; without a format it keeps its own. */
export const MoveInput = BookInput.pick({ session: true, slot: true }).extend({
  format: optional(z.enum(FORMATS, 'choice')),
})
export type MoveInput = z.output<typeof MoveInput>
