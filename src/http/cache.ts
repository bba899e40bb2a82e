import type { Context } from 'hono'
import type { Store } from '../store/store.ts'
import { type Answer, conditional, tagged } from './conditional.ts'
import type { Env } from './env.ts'

/** The longest that a page is cached, in milliseconds, because other processes may write. */
const KEPT_MS = 1000
const MOST_PAGES = 500

export type Made = { body: string; type: string; modified?: string | null; headers?: Record<string, string> }

type Kept = { answer: Answer | Promise<Answer>; commits: number; until: number }

/** A store that also counts the commits made through it. */
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
 * Caches public responses by URL and language until the next local commit, at most 1 s. Parallel requests share one
 * response while it is made. With `finished` they do not: each makes its own until one is cached.
 */
export function pageCache(on: boolean | 'finished', commits: () => number) {
  const kept = new Map<string, Kept>()
  const made = async (make: () => Promise<Made>): Promise<Answer> => {
    const { body, ...rest } = await make()
    return { ...rest, ...(await tagged(body)) }
  }
  return async (c: Context<Env>, make: () => Promise<Made>): Promise<Response> => {
    const { locale, path } = c.get('frame')
    const key = `${locale} ${path}`
    const now = Date.parse(c.get('ctx').clock.now())
    c.header('Vary', 'Cookie')
    const found = kept.get(key)
    if (on && found && found.commits === commits() && now < found.until) return conditional(c, await found.answer)
    const begun = { commits: commits(), until: now + KEPT_MS }
    const keep = (answer: Kept['answer']) => {
      if (kept.size >= MOST_PAGES) kept.clear()
      kept.set(key, { ...begun, answer })
    }
    const making = made(make)
    if (on === true) {
      keep(making)
      making.catch(() => kept.delete(key))
    }
    const answer = await making
    if (on === 'finished') keep(answer)
    return conditional(c, answer)
  }
}

export type PageCache = ReturnType<typeof pageCache>
