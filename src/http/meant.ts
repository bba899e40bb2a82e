import { narrowAddress } from '../base/japan/width.ts'
import { meantAddress } from '../base/mail-domain.ts'
import { oneOf, type Values } from './forms.ts'

/**
 * The values of a form whose e-mail address looks like a slip, with the address that was probably meant. null if it
 * looks right, if it is the `record`'s, or if it was asked about and sent again. It is never refused.
 */
export function withMeant(values: Values, record: string | null = null): Values | null {
  const typed = narrowAddress(oneOf(values, 'email'))
  if (typed === record || typed === oneOf(values, 'email_sure')) return null
  const meant = meantAddress(typed)
  return meant === null ? null : { ...values, email_sure: typed, email_meant: meant }
}
