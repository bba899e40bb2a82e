import type { Locale } from '../../src/base/locale.ts'
import { charts } from './figures/charts.ts'
import { ledgerExport } from './figures/export.ts'
import { overview } from './figures/overview.ts'
import { report } from './figures/report.ts'
import { inEveryLanguage } from './spoken.ts'

const all = inEveryLanguage((locale) => ({
  ...overview[locale],
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
