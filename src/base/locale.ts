export const LOCALES = ['ja', 'en'] as const

/** The language of a page or letter. Japanese is the source, and what is shown unless a person chose otherwise. */
export type Locale = (typeof LOCALES)[number]

export function isLocale(text: string | undefined): text is Locale {
  return LOCALES.some((locale) => locale === text)
}
