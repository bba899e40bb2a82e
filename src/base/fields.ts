import * as z from 'zod'
import { type Fault, isClean, withoutPadding, word } from './input.ts'
import { phoneDigits } from './japan/phone.ts'
import { narrow, narrowAddress } from './japan/width.ts'

/** A whole number from `least` to `most`, in full or half width. */
export const wholeNumber = (least: number, most: number, fault: Fault) =>
  z
    .union(
      [z.number(), z.string().transform((text) => (/^\d+$/.test(narrow(text)) ? Number(narrow(text)) : Number.NaN))],
      fault,
    )
    .pipe(z.number(fault).int(fault).min(least, fault).max(most, fault))

/** The revision that a form was loaded with. Not above 2,147,483,647: PostgreSQL throws for a larger integer. */
export const seenRevision = z.coerce.number().int().min(0).max(2_147_483_647)

/** A mail address: one @, no spaces, a domain with a dot. Narrower than RFC 5322, so that mail programs accept it. */
export const email = word(254)
  .transform((text) => narrowAddress(text))
  .pipe(z.email({ error: 'email', pattern: /^[^\s@<>(),;:"[\]\\]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u }))

/** A telephone number as typed; an extension (内線) and the mark of a switchboard (代) may follow. */
export const phone = word(50).refine((text) => phoneDigits(text) !== null, 'phone')

/** An optional text of several lines. A line break counts as one character, as in HTML `maxlength`. */
export const paragraphs = (most: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? withoutPadding(value.replaceAll('\r\n', '\n')).trim() : (value ?? '')),
    z
      .string('text')
      .max(most, 'long')
      .refine((text) => isClean(text), 'text'),
  )

/** The input of an act that sends a link again. */
export const EmailInput = z.object({ email })

/** The key that makes a double submission one booking: 16 to 200 visible characters. */
export const IdempotencyKey = z
  .string('key')
  .trim()
  .regex(/^[\x21-\x7e]{16,200}$/, 'key')
