import * as z from 'zod'
import { email, paragraphs, phone, wholeNumber } from '../base/fields.ts'
import { blankIsNull, isClean, line, nameLine, optional, withoutPadding, word } from '../base/input.ts'
import { corporateNumber } from '../base/japan/corporate-number.ts'
import { isKatakana, toKatakana } from '../base/japan/kana.ts'
import { isPrefectureCode } from '../base/japan/prefecture.ts'
import { LOCALES } from '../base/locale.ts'
import { receiptNumber } from '../base/receipt-number.ts'
import { FORMATS, INDUSTRIES, TOPICS } from '../base/vocabulary.ts'
import { AnswersInput, CompanionsInput, SupportInput } from './extras/input.ts'

const corporate = z.string().transform((text, check) => {
  const read = corporateNumber(text)
  if (read.ok) return read.value
  check.addIssue({ code: 'custom', message: read.why === 'digits' ? 'corporate_digits' : 'corporate_check' })
  return z.NEVER
})
const message = paragraphs(2000)

/** The desk's own note. */
export const NoteInput = message.default('')
const bookingNumber = word(30).transform((text) => receiptNumber(text))

/** Input to find a booking without its link. */
export const FindInput = z.object({ number: bookingNumber, phone })

const kana = z
  .string('required')
  .overwrite(withoutPadding)
  .trim()
  .max(80, 'long')
  .refine((text) => isClean(text) && !/[\r\n\u2028\u2029]/.test(text), 'text')
  .transform(toKatakana)
  .refine((text) => text === '' || isKatakana(text), 'kana')

/** The fields of an application, for the inputs that have some of them. */
export const BookFields = z.object({
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
  /** May be empty if `locale` is `en`. */
  name_kana: kana.nullish().transform((text) => text ?? ''),
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
  /** The answers to the questions of its session, by their ids. */
  answers: AnswersInput,
  /** Those who come along, if its session asks for their names: at most one for each person besides one. */
  companions: CompanionsInput,
  support: SupportInput,
  consent: z.literal(true, 'consent'),
})

/** The reading of a name is required, except from people who use the English pages: their names have none. */
export const hasKana = (person: unknown) => {
  const { name_kana, locale } = Object(person) as Record<string, unknown>
  return locale === 'en' || (typeof name_kana === 'string' && name_kana.trim() !== '')
}

/** Reports `hasKana` at its field, even if other fields have faults. */
export const KANA_NEEDED = {
  path: ['name_kana'],
  error: 'required',
  when: ({ value }: { value: unknown }) => typeof value === 'object' && value !== null && !Array.isArray(value),
}

/**
 * An application on the web, in the API and by staff. Any width is accepted: names stay as typed, the kana become
 * katakana, number-like fields become narrow.
 */
export const BookInput = BookFields.refine(hasKana, KANA_NEEDED)
export type BookInput = z.output<typeof BookInput>

/** The target of a move; without a format it keeps its own. Also answers to what another session asks. */
export const MoveInput = BookFields.pick({ session: true, slot: true }).extend({
  format: optional(z.enum(FORMATS, 'choice')),
  answers: AnswersInput,
  companions: CompanionsInput,
})
export type MoveInput = z.output<typeof MoveInput>

/** What a person may change on their booking afterwards. Fields that are not given stay. */
export const AmendInput = BookFields.pick({ company: true, name: true, phone: true, format: true, email: true }).extend(
  {
    name_kana: kana,
    message,
    seats: wholeNumber(1, 999, 'seats'),
    answers: AnswersInput,
    companions: CompanionsInput,
    support: SupportInput,
  },
)
export type AmendInput = z.output<typeof AmendInput>
