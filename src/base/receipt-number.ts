import { narrow } from './japan/width.ts'

/** What is copied or read out along with a number. */
const LABEL =
  /^(?:(?:受付|予約|申込|申し込み|お申し込み)?番号|(?:(?:receipt|reference|booking)[\s-]*)?(?:number|no\.?))[\s:#]*(?=[a-z]{2}[\s-]*[0-9])/i

/** Letters, month and day, running number; hyphens between them as typed. */
const PARTED = /^([A-Z]{2})-?([0-9]{3,4})-([0-9]+)$/
const TOGETHER = /^([A-Z]{2})-?([0-9]{4})([0-9]+)$/

/**
 * A receipt number as it is stored, `IB-1127-03`, from what was read out or copied. Hyphens, spaces and leading zeros may
 * be missing, in any width and case: `ib1127 3`. A label may stand before it: `受付番号：IB-1127-03`. Any other text is only made narrow and upper case.
 */
export function receiptNumber(text: string): string {
  const typed = narrow(text).replace(LABEL, '').toUpperCase().replaceAll(/\s+/g, '-').replaceAll(/-{2,}/g, '-')
  const [, letters, day = '', number = ''] = PARTED.exec(typed) ?? TOGETHER.exec(typed.replaceAll('-', '')) ?? []
  if (letters === undefined) return typed
  return `${letters}-${day.padStart(4, '0')}-${number.replace(/^0+/, '').padStart(2, '0')}`
}
