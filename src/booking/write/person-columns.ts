import { searchKey } from '../../base/japan/kana.ts'
import { phoneDigits } from '../../base/japan/phone.ts'
import { personKey } from '../../base/person.ts'
import type { BookingRow } from '../../store/schema.ts'

/** The columns computed from who made a booking: its keys for the search and for one booking per person. */
export function personColumns(
  person: Pick<BookingRow, 'company' | 'name' | 'name_kana' | 'email' | 'phone'>,
): Pick<BookingRow, 'phone_digits' | 'person_key' | 'search_key'> {
  return {
    phone_digits: phoneDigits(person.phone) ?? '',
    person_key: personKey(person),
    search_key: searchKey(`${person.company} ${person.name} ${person.name_kana}`),
  }
}
