import { searchKey } from './japan/kana.ts'
import { phoneDigits } from './japan/phone.ts'

/**
 * The key that allows a person one active booking per session: e-mail, else telephone and kana (docs/domain.md rule 8).
 * The name stands for kana that are empty.
 */
export function personKey(person: { email: string | null; phone: string; name_kana: string; name?: string }): string {
  if (person.email !== null) return `mail:${person.email.toLowerCase()}`
  return `tel:${phoneDigits(person.phone)}:${searchKey(person.name_kana || (person.name ?? ''))}`
}

/** Whether the personal data of a booking is erased: every booking has a telephone number. */
export function isAnonymous({ phone }: { phone: string }): boolean {
  return phone === ''
}
