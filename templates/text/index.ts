import type { Locale } from '../../src/base/locale.ts'
import { en } from './en.ts'
import { ja } from './ja.ts'

/** Every sentence of the pages in one language. */
export type Texts = typeof ja

const all: Record<Locale, Texts> = { ja, en }

/** The sentences in a language. */
export function texts(locale: Locale): Texts {
  return all[locale]
}
