import { narrow } from './width.ts'

/** Numbers that can be dialled only in Japan: 0120 and 0800 free dial, 0570 navi dial. */
const DOMESTIC_ONLY = /^0(?:120|800|570)/

/**
 * The digits of one Japanese telephone number, for matching. Width, hyphens, brackets, dots and spaces are ignored; a
 * leading +81 or +81(0) becomes 0. Returns null unless 10 or 11 digits remain that begin with 0. Two numbers printed
 * together (`03-6230-1695・1693`) therefore return null. Does not check whether the number is assigned.
 */
export function phoneDigits(text: string): string | null {
  const digits = narrow(text)
    .replace(/[\s\-().[\]\p{Cf}]/gu, '')
    .replace(/^\+810?/, '0')
  return /^0[0-9]{9,10}$/.test(digits) ? digits : null
}

/**
 * A `tel:` link (RFC 3966) for one number. The leading 0 becomes +81, so that the link also works from abroad. 0120,
 * 0800 and 0570 stay as they are: they cannot be dialled from abroad. Any other text keeps its digits and its leading
 * +.
 */
export function telHref(phone: string): string {
  const digits = phoneDigits(phone)
  if (digits === null) return `tel:${narrow(phone).replace(/(?!^\+)[^0-9]/g, '')}`
  return DOMESTIC_ONLY.test(digits) ? `tel:${digits}` : `tel:+81${digits.slice(1)}`
}
