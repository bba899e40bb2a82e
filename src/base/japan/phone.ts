import { narrow } from './width.ts'

/** Numbers of the kinds that only a caller in Japan can dial: 0120 and 0800 free dial, 0570 navi dial. */
const DOMESTIC_ONLY = /^0(?:120|800|570)/

/**
 * The digits of one Japanese phone number, for matching: any width; hyphens, brackets, dots and spaces dropped;
 * a leading +81, with or without (0), becomes 0. Null unless 10 or 11 digits beginning with 0 remain, so also for two
 * numbers printed together (`03-6230-1695・1693`). Whether the number is assigned is not checked.
 */
export function phoneDigits(text: string): string | null {
  const digits = narrow(text)
    .replace(/[\s\-().[\]\p{Cf}]/gu, '')
    .replace(/^\+810?/, '0')
  return /^0[0-9]{9,10}$/.test(digits) ? digits : null
}

/**
 * A `tel:` link (RFC 3966): +81 in place of the leading 0, so that it also works from abroad; 0120, 0800 and 0570 stay as
 * dialled in Japan, since they cannot be reached otherwise. Any other text keeps its digits and its leading +.
 * Pass one number: two printed together must be parted first.
 */
export function telHref(phone: string): string {
  const digits = phoneDigits(phone)
  if (digits === null) return `tel:${narrow(phone).replace(/(?!^\+)[^0-9]/g, '')}`
  return DOMESTIC_ONLY.test(digits) ? `tel:${digits}` : `tel:+81${digits.slice(1)}`
}
