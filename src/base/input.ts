import * as z from 'zod'

/** The reasons for which a field is refused. Pages and the API put them into words. */
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

/** The first fault of each field, by field name. */
export type Faults = Record<string, Fault>

/**
 * Control characters that a text may not contain. Line breaks are allowed. U+0000 is not, because no engine stores it.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
export const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

/** One line of text with at most `most` characters. */
export const line = (most: number) =>
  z
    .string('required')
    .trim()
    .min(1, 'required')
    .max(most, 'long')
    .refine((text) => !CONTROLS.test(text) && !/[\r\n]/.test(text), 'text')
    .refine((text) => text.isWellFormed(), 'text')

/** A search text without control characters, which no row contains. */
export const searchable = (text: string) => text.replaceAll(/\p{Cc}/gu, '').trim()

/** Turns a missing or blank value into null. */
export const blankIsNull = (value: unknown) =>
  typeof value === 'string' && value.trim() === '' ? null : (value ?? null)

/** An optional field: missing, null and blank all become null. */
export const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsNull, schema.nullable()).default(null)

/** The first fault of each field, by field name. */
export function faultsOf(error: z.ZodError): Faults {
  const faults: Faults = {}
  for (const issue of error.issues) {
    const field = String(issue.path[0] ?? 'form')
    const fault = FAULTS.find((one) => one === issue.message) ?? 'choice'
    faults[field] ??= fault
  }
  return faults
}
