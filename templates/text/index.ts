import type { Locale } from '../../src/base/locale.ts'
import { en } from './en.ts'
import { ja } from './ja.ts'

/** Every sentence of the pages in one language. */
export type Texts = typeof ja

/** What happened, and what to do next. */
export type What = { what: string; next: string }

/** The answers that have a page of their own. */
export type FaultStatus = 400 | 403 | 404 | 405 | 409 | 413 | 415 | 429 | 500 | 503

const all: Record<Locale, Texts> = { ja, en }

/** The sentences in a language. */
export function texts(locale: Locale): Texts {
  return all[locale]
}
