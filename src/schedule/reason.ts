import * as z from 'zod'
import { line, optional } from '../base/input.ts'
import type { Localized, Session } from './session.ts'

/** The reason of a change, for everybody concerned. Japanese replaces English if that is missing. */
export const ReasonInput = z.object({ reason_ja: line(200), reason_en: optional(line(200)) })

/** The two columns of a reason. */
export function reasonColumns(input: z.output<typeof ReasonInput>): { reason_ja: string; reason_en: string } {
  return { reason_ja: input.reason_ja, reason_en: input.reason_en || input.reason_ja }
}

/** A reason in both languages. */
export function reasonOf(input: z.output<typeof ReasonInput>): Localized {
  const { reason_ja, reason_en } = reasonColumns(input)
  return { ja: reason_ja, en: reason_en }
}

/** The states with a reason of their own: why nobody comes on that day. */
const OWN_REASON: readonly Session['status'][] = ['called_off', 'postponed', 'skipped']

/**
 * The columns of the reason of a change beside the state of a session: of its form or place. None if the state has a
 * reason of its own, which stays. `reason` null: the change has none.
 */
export function reasonBeside(
  { status }: Pick<Session, 'status'>,
  reason: Localized | null,
): { reason_ja?: string | null; reason_en?: string | null } {
  return OWN_REASON.includes(status) ? {} : { reason_ja: reason?.ja ?? null, reason_en: reason?.en ?? null }
}
