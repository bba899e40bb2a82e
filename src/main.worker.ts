import type { Bindings } from './worker/bindings.ts'
import { type Open, open } from './worker/open.ts'

let kept: Open | undefined

/** The opened product of this isolate. Requests that arrive while it opens open their own; the first is kept. */
async function opened(bindings: Bindings): Promise<Open> {
  if (kept) return kept
  const made = await open(bindings)
  kept ??= made
  return kept
}

export default {
  async fetch(
    request: Request,
    bindings: Bindings,
    execution: { waitUntil(work: Promise<unknown>): void },
  ): Promise<Response> {
    try {
      const { response, later } = await (await opened(bindings)).answer(request)
      if (later) execution.waitUntil(later)
      return response
    } catch (error) {
      console.error(error instanceof Error ? error.message : error)
      return new Response(null, { status: 503, headers: { 'Retry-After': '5' } })
    }
  },

  async scheduled(_: unknown, bindings: Bindings): Promise<void> {
    await (await opened(bindings)).tick()
  },
}
