import { z } from 'zod'
import { isCivilDate } from '../base/japan/civil.ts'
import { isPrefectureCode } from '../base/japan/prefecture.ts'
import type { Format } from '../base/vocabulary.ts'
import { ReasonInput } from '../schedule/reason.ts'
import type { Session } from '../schedule/session.ts'
import type { SuspensionRow } from '../store/schema.ts'

/** The formats for which people meet in one place. */
export const IN_PERSON = ['onsite', 'visit'] as readonly Format[]

/** How sessions are held while meeting in person is suspended. */
export const SUSPENDED_INTO = ['online', 'phone'] as const satisfies readonly SuspensionRow['format'][]

/** Whether a session can be taken part in by meeting. */
export function isInPerson({ formats }: Pick<Session, 'formats'>): boolean {
  return formats.some((format) => IN_PERSON.includes(format))
}

const date = z.string('required').refine(isCivilDate, 'choice')

/** A suspension as it is ordered: prefectures by code, both days included. */
export const SuspensionInput = ReasonInput.extend({
  prefectures: z.array(z.string().refine(isPrefectureCode, 'choice'), 'required').min(1, 'required'),
  starts_on: date,
  ends_on: date,
  into: z.enum(SUSPENDED_INTO, 'choice'),
}).refine(({ starts_on, ends_on }) => starts_on <= ends_on, { message: 'choice', path: ['ends_on'] })
