import * as z from 'zod'

/** The reasons for which a field is refused. Pages and the API put them into words. */
export const FAULTS = [
  'required',
  'long',
  'text',
  'link',
  'email',
  'email_local',
  'email_ascii',
  'email_domain',
  'phone',
  'kana',
  'reading',
  'number',
  'choice',
  'midnight',
  'slots',
  'seats',
  'corporate_digits',
  'corporate_check',
  'consent',
  'unchosen',
  'unticked',
  'companions',
  'placeholder',
  'key',
] as const
export type Fault = (typeof FAULTS)[number]

/** The first fault of each field, by field name. */
export type Faults = Record<string, Fault>

/** Control characters, without tabs and line breaks, but with C1; lone surrogates; and Unicode's non-characters. */
const FORBIDDEN = /[^\P{Cc}\t\n\r]|\p{Cs}|\p{Noncharacter_Code_Point}/gu

/** Characters that reorder the text around them: bidirectional embeddings, overrides and isolates. */
const REORDERING = /[\u202a-\u202e\u2066-\u2069]/u

/** Invisible characters that no word needs. Joiners and variation selectors stay: emoji and 異体字 need them. */
const PADDING = /[\u00ad\u061c\u200b\u200e\u200f\u2060-\u2064\u206a-\u206f\ufeff]/gu

/** All characters that show nothing, without spaces. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu

/** A text without the characters that no format can carry. For everything that writes a file. */
export const withoutForbidden = (text: string) => text.replaceAll(FORBIDDEN, '')

/** A text without invisible characters that no word needs. */
export const withoutPadding = (text: string) => text.replaceAll(PADDING, '')

/** Whether a text has only characters that may be stored: none that is forbidden, and none that reorders others. */
export const isClean = (text: string) => text.search(FORBIDDEN) < 0 && !REORDERING.test(text)

const withoutInvisible = (text: string) => text.replaceAll(INVISIBLE, '')

const oneLine = (most: number, read: (text: string) => string) =>
  z
    .string('required')
    .overwrite(read)
    .trim()
    .min(1, 'required')
    .max(most, 'long')
    .refine((text) => isClean(text) && !/[\r\n\u2028\u2029]/.test(text), 'text')

/** One line of text with at most `most` characters. Drops padding; a line that shows nothing is missing. */
export const line = (most: number) =>
  oneLine(most, withoutPadding).refine((text) => withoutInvisible(text).trim() !== '', 'required')

/** One line of visible characters, for what is compared or dialled: an id, an address, a telephone number. */
export const word = (most: number) =>
  oneLine(most, (text) => text).refine((text) => withoutInvisible(text) === text, 'text')

/** The name of a person or firm: one line. The address of a web page is refused, because a letter would spread it. */
export const nameLine = (most: number) =>
  line(most).refine((text) => !/:\/\/|www[.。]/i.test(withoutInvisible(text.normalize('NFKC'))), 'link')

/** A search text without characters that no row contains. */
export const searchable = (text: string) => withoutPadding(withoutForbidden(text).replaceAll(/\p{Cc}/gu, '')).trim()

/** Turns a missing or blank value into null. */
export const blankIsNull = (value: unknown) =>
  typeof value === 'string' && value.trim() === '' ? null : (value ?? null)

/** An optional field: missing, null and blank all become null. */
export const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsNull, schema.nullable()).default(null)

/** The first fault of each field, by field name. */
export function faultsOf(error: z.ZodError): Faults {
  const faults: Faults = {}
  for (const issue of error.issues) {
    // A field of a group is named by its path. An element of a list is named as the list.
    const end = issue.path.findIndex((step) => typeof step !== 'string')
    const field = issue.path.slice(0, end < 0 ? undefined : end).join('.') || 'form'
    const fault = FAULTS.find((one) => one === issue.message) ?? 'choice'
    faults[field] ??= fault
  }
  return faults
}
