import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { vi } from 'vitest'
import type { WebhookDeliveryRow } from '../../src/store/schema.ts'
import { addWebhook } from '../../src/webhooks/add-webhook.ts'
import { showSecret } from '../../src/webhooks/show-secret.ts'
import { afterTest } from '../ends.ts'
import type { World } from '../world.ts'

/** One request that a receiver got. */
export type Got = { path: string; headers: IncomingHttpHeaders; body: string }

type Answers = (answer: ServerResponse, got: Got) => void

/** A receiver on this machine. `answers` may be exchanged; by default it takes everything. */
export async function receiver(answers: Answers = (answer) => answer.writeHead(204).end()) {
  const got: Got[] = []
  const now = { answers }
  const server = createServer((request, answer) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (part: string) => {
      body += part
    })
    request.on('end', () => {
      const one = { path: request.url ?? '', headers: request.headers, body }
      got.push(one)
      now.answers(answer, one)
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  afterTest(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hook`,
    port,
    got,
    answer: (next: Answers) => {
      now.answers = next
    },
  }
}

/** A webhook of this address. Returns its id and its secret. */
export async function webhook(
  w: World,
  url: string,
  given: { types?: string[]; desk?: string | null } = {},
): Promise<{ id: string; secret: string }> {
  const { types = ['session.called_off'], desk = null } = given
  const added = await addWebhook(w.system, { url, types, desk })
  if (!added.ok) throw new Error(`no webhook: ${JSON.stringify(added)}`)
  const shown = await showSecret(w.system, added.webhook)
  if (!shown.ok) throw new Error('no secret')
  return { id: added.webhook, secret: shown.secret }
}

/**
 * What a receiver reads with the library of the standard, at the moment of sending: it refuses what is older than five
 * minutes. Throws if the signature is wrong.
 */
export function verified(secret: string, { body, headers }: Got): unknown {
  vi.useFakeTimers({ toFake: ['Date'], now: Number(headers['webhook-timestamp']) * 1000 })
  try {
    return new Webhook(secret).verify(body, headers as Record<string, string>)
  } finally {
    vi.useRealTimers()
  }
}

/** All deliveries, the oldest first. */
export function deliveries(w: World): Promise<WebhookDeliveryRow[]> {
  return w.ctx.store.db.selectFrom('webhook_delivery').selectAll().orderBy('id').execute()
}
