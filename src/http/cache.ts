import type { Context } from 'hono'
import type { Store } from '../store/store.ts'
import { type Answer, conditional, tagged } from './conditional.ts'
import type { Env } from './env.ts'

/** How long a page may be kept where another process may have written meanwhile, in milliseconds. */
const KEPT_MS = 1000
const MOST_PAGES = 500

export type Made = { body: string; type: string; modified?: string | null; headers?: Record<string, string> }

type Kept = { answer: Answer | Promise<Answer>; commits: number; until: number }

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
 * under a rush a page is made once a second, by whoever comes first, and what it shows is never older than that. Where only
 * what is `finished` is kept, those who come while it is being made make it themselves.
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
