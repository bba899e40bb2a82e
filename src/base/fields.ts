import * as z from 'zod'
import { type Fault, isClean, line, withoutPadding, word } from './input.ts'
import { isCivilDate, isTimeOfDay } from './japan/civil.ts'
import { phoneDigits } from './japan/phone.ts'
import { readTime, timesIn } from './japan/read-time.ts'
import { narrow, narrowAddress, postcodeNarrow } from './japan/width.ts'

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

/** The most octets before the @ (RFC 5321 section 4.5.3.1.1). */
const LOCAL_PART = 64

/** A label of a domain: no hyphen at its ends, at most 63 characters (RFC 1035 section 2.3.4). */
const LABEL = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}])?`

/** A domain that can exist. Its last label is no number, which would be an address of the internet protocol. */
const DOMAIN = new RegExp(String.raw`^(?:${LABEL}\.)+(?!\p{N}+$)${LABEL}$`, 'u')

const partsOf = (address: string) => address.split('@') as [local: string, domain: string]

/**
 * A mail address: one @, no spaces, a domain that can exist. Narrower than RFC 5322, so that mail programs accept it. ASCII
 * alone before the @: few servers carry more (RFC 6531), and mostly an input method was left on. Dots at odd places stay: some carriers gave such addresses out, and the mailer quotes them.
 */
export const email = word(254)
  .transform((text) => narrowAddress(text))
  .pipe(
    z
      .email({ error: 'email', pattern: /^[^\s@<>(),;:"[\]\\]+@[^\s@<>(),;:"[\]\\]+$/u, abort: true })
      .refine((text) => /^[\x21-\x7e]+$/.test(partsOf(text)[0]), 'email_ascii')
      .refine((text) => partsOf(text)[0].length <= LOCAL_PART, 'email_local')
      .refine((text) => DOMAIN.test(partsOf(text)[1]), 'email_domain'),
  )

/**
 * A telephone number, kept as typed and shown in half width (`phoneText`). An extension (内線) and the mark of a
 * switchboard (代) may follow.
 */
export const phone = word(50).refine((text) => phoneDigits(text) !== null, 'phone')

/** The address of a place, its postcode in half width. */
export const placeAddress = (most: number) => line(most).overwrite(postcodeNarrow)

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

/** A civil date that must be given, as `YYYY-MM-DD` in any width. */
export const day = z.string('required').overwrite(narrow).min(1, 'required').refine(isCivilDate, 'choice')

/** A time of day that must be given, as people type times (`readTime`). Kept as `HH:MM`. */
export const timeOfDay = z
  .string('required')
  .overwrite((text) => readTime(text) ?? text.trim())
  .min(1, 'required')
  .refine(isTimeOfDay, 'choice')

/** Several times of day, as people type them, separated by commas, spaces or lines. */
export const timesOfDay = z.preprocess((value) => (typeof value === 'string' ? timesIn(value) : []), z.array(timeOfDay))
