const encoder = new TextEncoder()

/** What is signed: the id and time of an attempt, and the body as it is sent. `timestamp` is in seconds since 1970. */
type Signed = { id: string; timestamp: number; body: string }

async function signature(secret: string, { id, timestamp, body }: Signed): Promise<string> {
  const bytes = Uint8Array.from(atob(secret.slice('whsec_'.length)), (one) => one.charCodeAt(0))
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const mac = await crypto.subtle.sign('HMAC', key, encoder.encode(`${id}.${timestamp}.${body}`))
  return `v1,${btoa(String.fromCharCode(...new Uint8Array(mac)))}`
}

/** The headers of an attempt (Standard Webhooks 1.0.0): a signature by each secret, so that a receiver may know either. */
export async function signedHeaders(secrets: readonly string[], signed: Signed): Promise<Record<string, string>> {
  const signatures = await Promise.all(secrets.map((secret) => signature(secret, signed)))
  return {
    'webhook-id': signed.id,
    'webhook-timestamp': String(signed.timestamp),
    'webhook-signature': signatures.join(' '),
  }
}
