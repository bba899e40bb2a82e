import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Env } from '../env.ts'

/** The JSON object that a request sends, or null if it is none. Answers 415 for another media type. */
export async function jsonBody(c: Context<Env>): Promise<Record<string, unknown> | null> {
  if (!/^application\/([\w.+-]+\+)?json\b/i.test(c.req.header('content-type') ?? '')) throw new HTTPException(415)
  const body: unknown = await c.req.json().catch(() => null)
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : null
}

/** The token that a request bears, or undefined. */
export function bearerToken(c: Context<Env>): string | undefined {
  return /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
}
