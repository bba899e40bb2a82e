import { z } from 'zod'

/** What can be wrong with a field; pages and the API say it in the person's language. */
export const FAULTS = [
  'required',
  'long',
  'text',
  'email',
  'phone',
  'kana',
  'number',
  'choice',
  'seats',
  'corporate_digits',
  'corporate_check',
  'consent',
  'key',
] as const
export type Fault = (typeof FAULTS)[number]

/** The first fault of each field. */
export type Faults = Record<string, Fault>

/** Letters, marks and lone spaces; no control characters but line breaks, never U+0000 (no engine keeps it). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
export const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

/** One line of text, at most so many characters. */
export const line = (most: number) =>
  z
    .string('required')
    .trim()
    .min(1, 'required')
    .max(most, 'long')
    .refine((text) => !CONTROLS.test(text) && !/[\r\n]/.test(text), 'text')
    .refine((text) => text.isWellFormed(), 'text')

/** What is searched for: without control characters, which no row holds. */
export const searchable = (text: string) => text.replaceAll(/\p{Cc}/gu, '').trim()

/** Missing and blank are null. */
export const blankIsNull = (value: unknown) =>
  typeof value === 'string' && value.trim() === '' ? null : (value ?? null)

/** A field that may be left out: missing, null and blank are all null. */
export const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsNull, schema.nullable()).default(null)

/** The first fault of each field, by the field's name. */
export function faultsOf(error: z.ZodError): Faults {
  const faults: Faults = {}
  for (const issue of error.issues) {
    const field = String(issue.path[0] ?? 'form')
    const fault = FAULTS.find((one) => one === issue.message) ?? 'choice'
    faults[field] ??= fault
  }
  return faults
}
