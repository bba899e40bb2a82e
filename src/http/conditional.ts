import type { Context } from 'hono'
import { type Bytes, bytesOf } from '../base/chunks.ts'
import type { Instant } from '../base/clock.ts'
import { hashOf } from '../base/token.ts'

/** A response: its bytes, and a tag that changes with them. */
export type Answer = {
  body: Bytes
  type: string
  tag: string
  modified?: Instant | null
  headers?: Record<string, string>
}

/** The bytes of a text or of parts, with their tag. */
export async function tagged(...parts: readonly (string | Bytes)[]): Promise<Pick<Answer, 'body' | 'tag'>> {
  const body = bytesOf(parts)
  return { body, tag: (await hashOf(body)).slice(0, 27) }
}

/**
 * The Last-Modified of an answer made at `now`: the latest of these instants. Null within the second of that change.
 * A later change in that second would get the same date (RFC 9110 section 8.8.2.2).
 */
export function lastModified(now: Instant, ...changes: (Instant | null)[]): Instant | null {
  const last = changes.reduce<Instant>((latest, one) => (one !== null && one > latest ? one : latest), '')
  const second = (instant: Instant) => instant.slice(0, 19)
  return last !== '' && second(last) < second(now) ? last : null
}

/** Whether the client says that it has the version with this tag. Undefined if it says nothing. */
export function hasTag(c: Context, tag: string): boolean | undefined {
  const asked = c.req.header('if-none-match')
  if (asked === undefined) return undefined
  return asked === '*' || asked.split(',').some((one) => one.trim().replace(/^W\//, '') === `"${tag}"`)
}

/**
 * Answers with ETag and, if known, Last-Modified. Answers 304 if the client has this version. If-None-Match takes
 * precedence over If-Modified-Since (RFC 9110 section 13).
 */
export function conditional(c: Context, answer: Answer): Response {
  c.header('ETag', `"${answer.tag}"`)
  c.header('Cache-Control', 'no-cache')
  for (const [name, value] of Object.entries(answer.headers ?? {})) c.header(name, value)
  const { modified } = answer
  if (modified) c.header('Last-Modified', new Date(modified).toUTCString())
  const since = Date.parse(c.req.header('if-modified-since') ?? '')
  const same =
    hasTag(c, answer.tag) ??
    (modified !== undefined && modified !== null && Math.floor(Date.parse(modified) / 1000) * 1000 <= since)
  if (same) return c.body(null, 304)
  return c.body(answer.body, 200, { 'Content-Type': answer.type })
}
