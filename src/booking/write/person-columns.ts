import { foldName } from '../../base/japan/fold.ts'
import { extensionDigits, phoneDigits } from '../../base/japan/phone.ts'
import { personKey } from '../../base/person.ts'
import type { BookingRow } from '../../store/schema.ts'

/** The columns of a person that the search reads. */
type Searched = Pick<BookingRow, 'company' | 'name' | 'name_kana' | 'email' | 'phone'>

/**
 * The text in which the ledger searches: extension, e-mail, company, name and reading as `foldName`, with a space
 * between. The reading is last, for `alike`. Keys of earlier versions have fewer spaces, so `refold` finds them.
 */
export function searchColumn({ company, name, name_kana, email, phone }: Searched): string {
  const extension = extensionDigits(phone)
  return [extension === null ? '' : `内線${extension}`, email ?? '', company, name, name_kana].map(foldName).join(' ')
}

/** A pattern for SQL `like` of keys with as many spaces as `searchColumn` puts. */
export const SEARCH_COLUMN = '% % % % %'

/** The columns computed from who made a booking: its keys for the search and for one booking per person. */
export function personColumns(person: Searched): Pick<BookingRow, 'phone_digits' | 'person_key' | 'search_key'> {
  return {
    phone_digits: phoneDigits(person.phone) ?? '',
    person_key: personKey(person),
    search_key: searchColumn(person),
  }
}
