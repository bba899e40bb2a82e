import type * as z from 'zod'
import type { Faults } from '../base/input.ts'
import { type Ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { actsFor } from '../schedule/acts-for.ts'
import { BesideShape } from '../schedule/clashes.ts'
import { ReasonInput, reasonOf } from '../schedule/reason.ts'
import { changeSession, type Look } from './change-session.ts'
import { backWrites, clashesInPerson } from './conversion.ts'
import { SCOPES } from './queries.ts'

/**
 * Converted back; `again` if it is held as it was. Refuses faulty fields, a session that is over, off or suspended, or
 * `changed`.
 */
export type ConvertedBack =
  | Ok<{ session: string; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed' | 'changed' | 'busy'>

const BackInput = ReasonInput.extend(BesideShape)

const LOOK: Look<z.output<typeof BackInput>> = { scope: SCOPES['convert-back'], clashes: clashesInPerson }

/**
 * Holds a session again in the formats that it had before it was converted, for a reason. People who were converted get
 * their form back, and one letter in the same commit; they can move or cancel. Others keep theirs. For the desk of its
 * prefecture. Idempotent. Throws `NotFound`, `Forbidden`.
 */
export async function convertBack(ctx: Ctx, id: string, given: unknown): Promise<ConvertedBack> {
  return changeSession(ctx, id, BackInput, given, LOOK, async (session, reason) => {
    if (session.formats_before === null && session.status !== 'held') return 'again'
    if (!actsFor(session).has('convert-back')) return refused('closed')
    return backWrites(ctx, session, reasonOf(reason), { beside: reason.beside })
  })
}
