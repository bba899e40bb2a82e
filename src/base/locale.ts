export const LOCALES = ['ja', 'en'] as const

/** The language of a page or letter. Japanese is the source and the default. */
export type Locale = (typeof LOCALES)[number]

export function isLocale(text: string | undefined): text is Locale {
  return LOCALES.some((locale) => locale === text)
}

/** The language of a terminal by POSIX: `LC_ALL`, else `LC_MESSAGES`, else `LANG`. English if it is none of ours. */
export function localeOfTerminal(env: Record<string, string | undefined>): Locale {
  const [language] = (env.LC_ALL || env.LC_MESSAGES || env.LANG || '').split(/[_.@]/)
  return isLocale(language) ? language : 'en'
}
