import { LOCALES, type Locale } from '../../src/base/locale.ts'

/** What happened, and what to do next. */
export type What = { what: string; next: string }

/** The same sentences in every language, one column each. */
export type Spoken<Words> = Record<Locale, Words>

/**
 * Checks that every language says what Japanese, the source, says: the same keys, and no other parameters.
 * A missing or extra sentence does not compile. The lengths of lists are compared by a test.
 */
export function spoken<Words>(columns: { ja: Words } & Spoken<NoInfer<Words>>): Spoken<Words> {
  return columns
}

/** Builds one object of sentences per language. */
export function inEveryLanguage<Words>(assemble: (locale: Locale) => Words): Spoken<Words> {
  return Object.fromEntries(LOCALES.map((locale) => [locale, assemble(locale)])) as Spoken<Words>
}
