import * as z from 'zod'
import { day, wholeNumber } from '../base/fields.ts'
import { line, nameLine, optional } from '../base/input.ts'
import { ADVICE_FORMATS, HALVES, MOST_WISHES, ORGANISATIONS, REQUEST_TOPICS, STAGES } from '../base/vocabulary.ts'
import { BookFields, hasKana, KANA_NEEDED } from '../booking/input.ts'

/** A list without the same choice twice, in the order of the wish. */
const wishes = <const T extends readonly [string, ...string[]]>(choices: T) =>
  z
    .array(z.enum(choices, 'choice'), 'required')
    .min(1, 'required')
    .transform((all) => [...new Set(all)])

/** The fields of an application for an expert. */
export const AskFields = BookFields.pick({
  company: true,
  corporate_number: true,
  prefecture: true,
  industry: true,
  name: true,
  name_kana: true,
  email: true,
  phone: true,
  message: true,
  locale: true,
  consent: true,
}).extend({
  company: nameLine(100),
  organisation: z.enum(ORGANISATIONS, 'choice'),
  municipality: line(60),
  /** The place of a visit. Required only if a visit is among the formats. */
  address: optional(line(200)).transform((text) => text ?? ''),
  employees: optional(wholeNumber(0, 9_999_999, 'number')),
  stage: optional(z.enum(STAGES, 'choice')),
  /** The main topic first. */
  topics: wishes(REQUEST_TOPICS),
  /** In the order of the wish. */
  formats: wishes(ADVICE_FORMATS),
  wished: z
    .array(z.object({ date: day, half: z.enum(HALVES, 'choice').default('any') }), 'choice')
    .max(MOST_WISHES, 'choice')
    .default([]),
  /** Whether the firm wishes the expert of an earlier request again. */
  wishes_former: z.boolean('choice').default(false),
})

const hasAddress = (given: unknown) => {
  const { formats, address } = Object(given) as Record<string, unknown>
  const visits = Array.isArray(formats) && formats.includes('visit')
  return !visits || (typeof address === 'string' && address.trim() !== '')
}

/** Reports `hasAddress` at its field, even if other fields have faults. */
const ADDRESS_NEEDED = { path: ['address'], error: 'required', when: KANA_NEEDED.when }

/** An application for an expert, on the web and in the API. Widths and kana are read as in a booking. */
export const AskInput = AskFields.refine(hasKana, KANA_NEEDED).refine(hasAddress, ADDRESS_NEEDED)
export type AskInput = z.output<typeof AskInput>

/** The same as a desk enters it. It may have no e-mail address. */
export const EnterRequestInput = AskFields.extend({
  email: optional(AskFields.shape.email),
  channel: z.enum(['phone', 'counter', 'mail'], 'choice').default('phone'),
})
  .refine(hasKana, KANA_NEEDED)
  .refine(hasAddress, ADDRESS_NEEDED)
