import { narrow } from './width.ts'

/** A 法人番号 of 13 half-width digits. Refused: `digits` if there are not 13, `check` if the check digit is wrong. */
export type CorporateNumber = { ok: true; value: string } | { ok: false; why: 'digits' | 'check' }

/**
 * Reads a 法人番号 in any width. Spaces, hyphens and the leading T of an invoice registration number are ignored. The
 * leftmost digit is the check digit, 1 to 9: 9 − (Σ Pn·Qn mod 9) over the other twelve. They are counted from the
 * right; Qn = 1 for odd n and 2 for even n. It detects every single wrong digit, except 0 for 9 or 9 for 0 among those
 * twelve. Source: 国税庁 法人番号 の 検査用数字, 法人番号の指定等に関する省令 (平成26年財務省令第70号) 第二条.
 */
export function corporateNumber(text: string): CorporateNumber {
  const value = narrow(text).replace(/[\s-]/g, '').replace(/^T/i, '')
  if (!/^[0-9]{13}$/.test(value)) return { ok: false, why: 'digits' }
  return Number(value[0]) === checkDigit(value.slice(1)) ? { ok: true, value } : { ok: false, why: 'check' }
}

function checkDigit(base: string): number {
  const sum = Array.from(base, Number).reduceRight((total, digit, i) => total + digit * (i % 2 === 1 ? 1 : 2), 0)
  return 9 - (sum % 9)
}
