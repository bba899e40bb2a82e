import * as z from 'zod'
import type { Faults } from '../base/input.ts'
import { type Ok, type Refused, refused } from '../base/outcome.ts'
import { isInPerson } from '../base/seating.ts'
import type { Ctx } from '../context.ts'
import { actsFor, isChangeable } from '../schedule/acts-for.ts'
import { ReasonInput, reasonOf } from '../schedule/reason.ts'
import { changeSession } from './change-session.ts'
import { conversionWrites } from './conversion.ts'
import { SCOPES } from './queries.ts'
import { SUSPENDED_INTO } from './suspension.ts'

const ConvertInput = ReasonInput.extend({ into: z.enum(SUSPENDED_INTO, 'choice') })

/**
 * Converted; `again` if it had no in-person format. Refuses faulty fields, a session that is over or off, or `changed`.
 */
export type Converted =
  | Ok<{ session: string; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed' | 'changed' | 'busy'>

/**
 * Holds one session on the web or by telephone instead of in person, for a reason. Notifies each party concerned once,
 * in the same commit; they can move or cancel. For the desk of its prefecture. Idempotent. Throws `NotFound`,
 * `Forbidden`.
 */
export async function convert(ctx: Ctx, id: string, given: unknown): Promise<Converted> {
  return changeSession(ctx, id, ConvertInput, given, { scope: SCOPES.convert }, (session, input) => {
    if (isChangeable(session) && !isInPerson(session)) return 'again'
    if (!actsFor(session).has('convert')) return refused('closed')
    return conversionWrites(ctx, session, { into: input.into, reason: reasonOf(input), suspension: null })
  })
}
