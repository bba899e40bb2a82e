import { POST_SECONDS, type Poster } from '../webhooks/delivery.ts'

/**
 * Posts deliveries from a Worker. An isolate cannot look at the address that a name leads to; its network reaches public
 * addresses only (docs/deploy.md).
 */
export const postFromWorker: Poster = async ({ url, headers, body }) => {
  try {
    const signal = AbortSignal.timeout(POST_SECONDS * 1000)
    const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal })
    await answer.body?.cancel()
    return { status: answer.status, retryAfter: answer.headers.get('retry-after') }
  } catch (error) {
    return { fault: error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'unreachable' }
  }
}
