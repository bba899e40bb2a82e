import { expect } from 'vitest'
import * as z from 'zod'
import { ProblemShape, type SessionShape } from '../../../src/http/api/shapes.ts'
import type { Answer } from '../app.ts'

export const BOOKINGS = '/api/v1/bookings'

/** A session as the API answers it. */
export type Told = z.output<typeof SessionShape>

/** A refusal as the API answers it. */
export type Problem = z.output<typeof ProblemShape>

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

/** Reads a problem document and checks it against its shape. */
export function problemOf(answer: Answer): Problem {
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const problem = z.strictObject(ProblemShape.shape).parse(JSON.parse(answer.body))
  expect(problem.status).toBe(answer.status)
  expect(problem.title).not.toBe('')
  return problem
}
