import type { Locale } from '../../src/base/locale.ts'
import { en } from './figures.en.ts'
import { type FiguresTexts, ja } from './figures.ja.ts'

/** The sentences of figures, reports and exports in a language. */
export function figuresTexts(locale: Locale): FiguresTexts {
  return locale === 'ja' ? ja : en
}
