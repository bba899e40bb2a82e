import * as z from 'zod'
import { day } from '../base/fields.ts'
import { isPrefectureCode } from '../base/japan/prefecture.ts'
import { ReasonInput } from '../schedule/reason.ts'
import type { SuspensionRow } from '../store/schema.ts'

/** The formats of sessions during a suspension. */
export const SUSPENDED_INTO = ['online', 'phone'] as const satisfies readonly SuspensionRow['format'][]

/** The input of a suspension: prefectures by code, both days included. */
export const SuspensionInput = ReasonInput.extend({
  prefectures: z.array(z.string().refine(isPrefectureCode, 'choice'), 'required').min(1, 'required'),
  starts_on: day,
  ends_on: day,
  into: z.enum(SUSPENDED_INTO, 'choice'),
}).refine(({ starts_on, ends_on }) => starts_on <= ends_on, { message: 'choice', path: ['ends_on'] })
