import { foldName } from '../../base/japan/fold.ts'
import { phoneDigits } from '../../base/japan/phone.ts'
import { personKey } from '../../base/person.ts'
import type { BookingRow } from '../../store/schema.ts'

/**
 * The text in which the ledger searches: company, name and reading as `foldName`, with a space between. Keys of earlier
 * versions have no space, so `refold` finds them.
 */
export function searchColumn({ company, name, name_kana }: Pick<BookingRow, 'company' | 'name' | 'name_kana'>): string {
  return [company, name, name_kana].map(foldName).join(' ')
}

/** The columns computed from who made a booking: its keys for the search and for one booking per person. */
export function personColumns(
  person: Pick<BookingRow, 'company' | 'name' | 'name_kana' | 'email' | 'phone'>,
): Pick<BookingRow, 'phone_digits' | 'person_key' | 'search_key'> {
  return {
    phone_digits: phoneDigits(person.phone) ?? '',
    person_key: personKey(person),
    search_key: searchColumn(person),
  }
}
