import { many, type Values } from '../../fields.tsx'
import type { Frame } from '../../layout.tsx'

/** The fields a person fills in, in the order of the form, by their names in the API. */
export const FIELDS = [
  'first',
  'slot',
  'format',
  'seats',
  'company',
  'name',
  'name_kana',
  'email',
  'phone',
  'prefecture',
  'employees',
  'industry',
  'corporate_number',
  'topics',
  'message',
  'consent',
  'waitlist',
] as const

/** All that was typed, to be sent again without being shown. */
export function Hidden({ frame, values, without = [] }: { frame: Frame; values: Values; without?: readonly string[] }) {
  return (
    <>
      <input type="hidden" name="locale" value={frame.locale} />
      {FIELDS.filter((name) => !without.includes(name)).map((name) =>
        many(values, name).map((value) => <input type="hidden" name={name} value={value} />),
      )}
    </>
  )
}
