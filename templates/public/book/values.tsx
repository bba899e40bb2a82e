import { extrasTyped } from '../../extra-fields.tsx'
import { many, type Values } from '../../fields.tsx'
import type { PageContext } from '../../layout.tsx'

/** The fields that a person fills in, in the order of the form. The names are those of the API. */
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

/** Hidden fields that send the typed values again. */
export function Hidden({
  frame,
  values,
  without = [],
}: {
  frame: PageContext
  values: Values
  without?: readonly string[]
}) {
  return (
    <>
      <input type="hidden" name="locale" value={frame.locale} />
      {[...FIELDS, ...extrasTyped(values)]
        .filter((name) => !without.includes(name))
        .map((name) => many(values, name).map((value) => <input type="hidden" name={name} value={value} />))}
    </>
  )
}
