import type { Hono } from 'hono'
import type { Env } from '../../src/http/env.ts'

/** A request that can be sent again, also by another process. `as` names who sends it, for people who read a failure. */
export type Sent = { as: string; method: string; path: string; headers: Record<string, string>; body?: string }

/** What was answered, its body read. */
export type Got = { status: number; type: string; location: string; headers: Headers; body: Uint8Array<ArrayBuffer> }

/** Quotes a text for the shell, whatever it holds. */
function quoted(text: string): string {
  if (/^[\w./:=?&%@,;+-]+$/.test(text)) return text
  const escaped = Array.from(new TextEncoder().encode(text), (byte) => {
    if (byte === 0x27 || byte === 0x5c) return `\\${String.fromCharCode(byte)}`
    return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`
  })
  return `$'${escaped.join('')}'`
}

/** The request as a line for a shell. The cookie and the token are left out: `as` says whose they are. */
export function commandOf({ as, method, path, headers, body }: Sent): string {
  const kept = Object.entries(headers).filter(([name]) => name !== 'cookie' && name !== 'authorization')
  return [
    `curl -i -X ${method}`,
    ...kept.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data-binary ${quoted(body)}`]),
    `${quoted(`http://localhost:8787${path}`)} # as ${as}`,
  ].join(' ')
}

/** Sends a request to the app itself. */
export async function send(app: Hono<Env>, { method, path, headers, body }: Sent): Promise<Got> {
  const init = { method, headers, ...(body !== undefined && { body }) }
  const answer = await app.request(path, init, { incoming: { socket: { remoteAddress: '192.0.2.1' } } })
  return {
    status: answer.status,
    type: answer.headers.get('content-type') ?? '',
    location: answer.headers.get('location') ?? '',
    headers: answer.headers,
    body: new Uint8Array(await answer.arrayBuffer()),
  }
}

const FORM = 'application/x-www-form-urlencoded'

/** A request as a browser without scripts sends a form. */
export function form(as: string, path: string, fields: [string, string][], headers: Record<string, string> = {}): Sent {
  return {
    as,
    method: 'POST',
    path,
    headers: { 'content-type': FORM, ...headers },
    body: new URLSearchParams(fields).toString(),
  }
}

/** A request of a program, with JSON if a body is given. */
export function call(
  as: string,
  method: string,
  path: string,
  given?: unknown,
  headers: Record<string, string> = {},
): Sent {
  if (given === undefined) return { as, method, path, headers }
  return { as, method, path, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(given) }
}
