import type { Locale } from '../../src/base/locale.ts'
import { charts } from './desk/charts.ts'
import { ledgerExport } from './desk/export.ts'
import { figures } from './desk/figures.ts'
import { report } from './desk/report.ts'
import { inEveryLanguage } from './spoken.ts'

const all = inEveryLanguage((locale) => ({
  ...figures[locale],
  charts: charts[locale],
  report: report[locale],
  export: ledgerExport[locale],
}))

/** Every sentence of figures, reports and exports in one language. */
export type FiguresTexts = (typeof all)[Locale]

/** Returns the sentences of figures, reports and exports in a language. */
export function figuresTexts(locale: Locale): FiguresTexts {
  return all[locale]
}
