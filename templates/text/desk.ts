import type { Locale } from '../../src/base/locale.ts'
import { en } from './desk.en.ts'
import { type DeskTexts, ja } from './desk.ja.ts'

/** The sentences of the console in a language. */
export function deskTexts(locale: Locale): DeskTexts {
  return locale === 'ja' ? ja : en
}
