import * as z from 'zod'
import { line, optional } from '../base/input.ts'
import type { Localized } from './session.ts'

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
