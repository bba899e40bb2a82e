import type { Locale } from './locale.ts'

/** What a text of a desk may name of its receiver: the word between braces in each language. A closed list. */
export const PLACEHOLDERS = {
  company: { ja: '会社名', en: 'company' },
  name: { ja: '氏名', en: 'name' },
  what: { ja: '内容', en: 'what' },
  when: { ja: '日時', en: 'when' },
  place: { ja: '場所', en: 'place' },
  number: { ja: '受付番号', en: 'number' },
} as const satisfies Record<string, Record<Locale, string>>
export type Placeholder = keyof typeof PLACEHOLDERS

/** Those that differ between the bookings of one person. */
const OF_BOOKING: readonly Placeholder[] = ['what', 'when', 'place', 'number']

const BRACES = /[{｛]([^{}｛｝\n]{0,40})[}｝]/gu

function placeholderOf(word: string): Placeholder | undefined {
  const typed = word.trim().toLowerCase()
  const named = Object.entries(PLACEHOLDERS).find(([, { ja, en }]) => typed === ja || typed === en)
  return named?.[0] as Placeholder | undefined
}

/** The words between braces that stand for nothing. */
export function unknownPlaceholders(text: string): string[] {
  return [...text.matchAll(BRACES)].map(([, word = '']) => word).filter((word) => placeholderOf(word) === undefined)
}

/** Whether a text names the booking of its receiver, so that somebody with two bookings needs it twice. */
export function namesBooking(text: string): boolean {
  return [...text.matchAll(BRACES)].some(([, word = '']) => OF_BOOKING.some((one) => one === placeholderOf(word)))
}

/** A text with the values of one receiver. Braces around other words stay. */
export function filled(text: string, values: Record<Placeholder, string>): string {
  return text.replaceAll(BRACES, (all, word: string) => {
    const name = placeholderOf(word)
    return name === undefined ? all : values[name]
  })
}
