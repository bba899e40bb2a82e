import { z } from 'zod'
import { CONTROLS, type Fault, line } from './input.ts'
import { phoneDigits } from './japan/phone.ts'
import { narrow } from './japan/width.ts'

/** A whole number, written in any width. */
export const wholeNumber = (least: number, most: number, fault: Fault) =>
  z
    .union(
      [z.number(), z.string().transform((text) => (/^\d+$/.test(narrow(text)) ? Number(narrow(text)) : Number.NaN))],
      fault,
    )
    .pipe(z.number(fault).int(fault).min(least, fault).max(most, fault))

/** An address that mail programmes take: one @, no spaces, a domain with a dot (narrower than RFC 5322). */
export const email = line(254)
  .transform((text) => narrow(text))
  .pipe(z.email({ error: 'email', pattern: /^[^\s@<>(),;:"[\]\\]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u }))

export const phone = line(30).refine((text) => phoneDigits(text) !== null, 'phone')

/** A text that may be left out. A form sends a line break as two characters and counts it as one (HTML, `maxlength`). */
export const paragraphs = (most: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : (value ?? '')),
    z
      .string('text')
      .max(most, 'long')
      .refine((text) => !CONTROLS.test(text) && text.isWellFormed(), 'text'),
  )

/** An address alone, for a link sent again. */
export const EmailInput = z.object({ email })
