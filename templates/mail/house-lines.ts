import type { Locale } from '../../src/base/locale.ts'
import type { House } from '../../src/house/house.ts'
import { texts } from '../text/index.ts'

/** The last lines of every letter before the address of the site: the service and its operator. */
export function houseLines(locale: Locale, house: House | null): string[] {
  const operator = house?.operator[locale]
  return [house?.name[locale] ?? texts(locale).site, ...(operator ? [operator] : [])]
}
