import type { CivilDate } from '../../base/japan/civil.ts'
import { readDate } from '../../base/japan/read-date.ts'
import type { BookingRow } from '../../store/schema.ts'
import { many, oneOf, type Values } from '../forms.ts'

/** A first choice and the others, as one list. */
const ranked = (values: Values, name: 'topics' | 'formats') => [
  ...new Set([...many(values, name), ...many(values, `${name}_more`)]),
]

/** Half-days that have a day, however it was typed. */
function wishedIn(values: Values, today: CivilDate): { date: string; half: string | undefined }[] {
  const halves = [values.wished_half ?? []].flat()
  return [values.wished_date ?? []].flat().flatMap((typed, i) => {
    if (typed.trim() === '') return []
    return [{ date: readDate(typed, today) ?? typed, half: halves[i] || undefined }]
  })
}

/** The values of a form in the shape of the API. Lists are in the order of the wish. A ticked box is `true`. */
export function askingOf(values: Values, today: CivilDate): Record<string, unknown> {
  const { topics: _, topics_more: __, formats: ___, formats_more: ____, wished_date, wished_half, ...rest } = values
  return {
    ...rest,
    // Without a first choice it is missing, even if others are ticked.
    topics: many(values, 'topics').length === 0 ? [] : ranked(values, 'topics'),
    formats: many(values, 'formats').length === 0 ? [] : ranked(values, 'formats'),
    wished: wishedIn({ wished_date: wished_date ?? [], wished_half: wished_half ?? [] }, today),
    wishes_former: oneOf(values, 'wishes_former') === 'true',
    locale: oneOf(values, 'locale') || undefined,
    consent: oneOf(values, 'consent') === 'true',
  }
}

/** What a booking says of its firm, as values of the form. */
export function bookingValues(
  booking: Pick<
    BookingRow,
    'company' | 'corporate_number' | 'prefecture' | 'employees' | 'industry' | 'name' | 'name_kana' | 'email' | 'phone'
  > & { topics: readonly string[]; message: string },
): Values {
  const [main = '', ...others] = booking.topics
  const { company, corporate_number, prefecture, employees, industry, name, name_kana, email, phone, message } = booking
  return {
    company,
    corporate_number: corporate_number ?? '',
    prefecture: prefecture ?? '',
    employees: employees === null ? '' : String(employees),
    industry: industry ?? '',
    name,
    name_kana,
    email: email ?? '',
    phone,
    message,
    topics: main,
    topics_more: [...others],
  }
}
