import type { Context } from 'hono'
import { sha256 } from '../base/token.ts'
import type { Store } from '../store/store.ts'
import { conditional } from './conditional.ts'
import type { Env } from './env.ts'

/** How long a page may be kept where another process may have written meanwhile, in milliseconds. */
const KEPT_MS = 1000
const MOST_PAGES = 500

export type Made = { body: string; type: string; modified?: string | null; headers?: Record<string, string> }

/** A store that also tells how often it has been written to through it. */
export function counted(store: Store): Store & { commits(): number } {
  let commits = 0
  return {
    ...store,
    async commit(...writes) {
      const done = await store.commit(...writes)
      commits++
      return done
    },
    commits: () => commits,
  }
}

/**
 * Public answers kept in memory, by address and language, until the next commit of this process and a second at most:
 * under a rush a page is made once a second, and what it shows is never older than that.
 */
export function pageCache(on: boolean, commits: () => number) {
  const kept = new Map<string, { answer: Made & { tag: string }; commits: number; until: number }>()
  return async (c: Context<Env>, make: () => Promise<Made>): Promise<Response> => {
    const { locale, path } = c.get('frame')
    const key = `${locale} ${path}`
    const now = Date.parse(c.get('ctx').clock.now())
    c.header('Vary', 'Cookie')
    const found = kept.get(key)
    if (on && found && found.commits === commits() && now < found.until) return conditional(c, found.answer)
    const before = commits()
    const made = await make()
    const answer = { ...made, tag: (await sha256(made.body)).slice(0, 27) }
    if (kept.size >= MOST_PAGES) kept.clear()
    if (on) kept.set(key, { answer, commits: before, until: now + KEPT_MS })
    return conditional(c, answer)
  }
}

export type PageCache = ReturnType<typeof pageCache>
