import type { Context } from 'hono'
import type { Instant } from '../base/clock.ts'
import { sha256 } from '../base/token.ts'

/**
 * Answers with ETag and, where known, Last-Modified; with 304 where the asker has this version already
 * (RFC 9110 section 13: If-None-Match goes before If-Modified-Since).
 */
export async function conditional(
  c: Context,
  answer: { body: string; type: string; tag?: string; modified?: Instant | null; headers?: Record<string, string> },
): Promise<Response> {
  const tag = `"${answer.tag ?? (await sha256(answer.body)).slice(0, 27)}"`
  c.header('ETag', tag)
  c.header('Cache-Control', 'no-cache')
  for (const [name, value] of Object.entries(answer.headers ?? {})) c.header(name, value)
  const { modified } = answer
  if (modified) c.header('Last-Modified', new Date(modified).toUTCString())
  const asked = c.req.header('if-none-match')
  const since = Date.parse(c.req.header('if-modified-since') ?? '')
  const same =
    asked === undefined
      ? modified !== undefined && modified !== null && Math.floor(Date.parse(modified) / 1000) * 1000 <= since
      : asked === '*' || asked.split(',').some((one) => one.trim().replace(/^W\//, '') === tag)
  if (same) return c.body(null, 304)
  return c.body(answer.body, 200, { 'Content-Type': answer.type })
}
