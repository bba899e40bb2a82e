import { searchKey, toKatakana } from './japan/kana.ts'
import { phoneDigits } from './japan/phone.ts'
import { narrowAddress } from './japan/width.ts'

/**
 * The key that allows a person one active booking per session: e-mail, else telephone and kana (docs/domain.md rule 8).
 * The name stands for kana that are empty.
 */
export function personKey(person: { email: string | null; phone: string; name_kana: string; name?: string }): string {
  if (person.email !== null) return `mail:${person.email.toLowerCase()}`
  return `tel:${phoneDigits(person.phone)}:${searchKey(person.name_kana || (person.name ?? ''))}`
}

/** The key of a person as it is typed: an e-mail address in any width, kana of either script. */
export function typedPersonKey(typed: { email: string; phone: string; name_kana: string; name: string }): string {
  const { email, name_kana, ...rest } = typed
  return personKey({ ...rest, email: narrowAddress(email) || null, name_kana: toKatakana(name_kana) })
}

/** Whether the personal data of a booking is erased: every booking has a telephone number. */
export function isAnonymous({ phone }: { phone: string }): boolean {
  return phone === ''
}
