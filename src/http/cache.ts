import type { Context } from 'hono'
import type { Store } from '../store/store.ts'
import { type Answer, conditional, tagged } from './conditional.ts'
import type { Env } from './env.ts'

/** The longest that a page is cached, in milliseconds, because other processes may write. */
const KEPT_MS = 1000
/** The most bytes of all cached pages. */
const MOST_BYTES = 32 * 1024 * 1024

export type Made = { body: string; type: string; modified?: string | null; headers?: Record<string, string> }

/** What an answer depends on besides path and language: the parsed parameters. Those without a value are left out. */
export type Parameters = Record<string, string | number | undefined>

type Begun = { commits: number; until: number }
type Kept = Begun & { answer: Answer }
type Making = Begun & { answer: Promise<Answer>; waiting: number; stop: AbortController }

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

/** The answers of the last second, at most `most` bytes of them. The oldest are dropped first. */
function shelf(most: number, elapsed: () => number) {
  const kept = new Map<string, Kept>()
  let bytes = 0
  const drop = (key: string) => {
    bytes -= kept.get(key)?.answer.body.byteLength ?? 0
    kept.delete(key)
  }
  return {
    get: (key: string) => kept.get(key),
    set(key: string, one: Kept) {
      const size = one.answer.body.byteLength
      drop(key)
      for (const [other, { until }] of kept) {
        if (elapsed() < until && bytes + size <= most) break
        drop(other)
      }
      if (size > most) return
      kept.set(key, one)
      bytes += size
    },
  }
}

/** The address of a page with only the parameters that it depends on. */
function addressOf(path: string, parameters: Parameters): string {
  const given = Object.entries(parameters).flatMap(([name, value]): [string, string][] =>
    value ? [[name, String(value)]] : [],
  )
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`
}

async function made(make: () => Promise<Made>): Promise<Answer> {
  const { body, ...rest } = await make()
  return { ...rest, ...(await tagged(body)) }
}

/** Waits for an answer that is being made. Once nobody waits any more, making it stops. */
function joined(c: Context<Env>, making: Making): Promise<Answer> {
  making.waiting++
  const leave = () => {
    making.waiting--
    if (making.waiting === 0) making.stop.abort()
  }
  c.req.raw.signal.addEventListener('abort', leave, { once: true })
  return making.answer
}

/**
 * Caches public responses by path, parsed parameters and language until the next local commit, at most 1 s. Each is made
 * by one request at a time, and the others wait for it. With `finished` they do not: each makes its own until one is
 * cached. `make` reads `c.var` itself: its page has an address without other parameters.
 */
export function pageCache(on: boolean | 'finished', commits: () => number, elapsed: () => number, most = MOST_BYTES) {
  const kept = shelf(most, elapsed)
  const making = new Map<string, Making>()
  const isFresh = (one: Begun) => one.commits === commits() && elapsed() < one.until
  const begin = (): Begun => ({ commits: commits(), until: elapsed() + KEPT_MS })

  function started(c: Context<Env>, key: string, make: () => Promise<Made>): Making {
    const stop = new AbortController()
    c.set('ctx', { ...c.var.ctx, signal: () => stop.signal })
    const begun = begin()
    const answer = made(make)
    const one = { ...begun, answer, waiting: 0, stop }
    making.set(key, one)
    answer
      .then((done) => kept.set(key, { ...begun, answer: done }))
      .catch(() => undefined)
      .finally(() => making.delete(key))
    return one
  }

  return async (c: Context<Env>, parameters: Parameters, make: () => Promise<Made>): Promise<Response> => {
    const { frame } = c.var
    const path = addressOf(c.req.path, parameters)
    c.set('frame', { ...frame, path })
    c.header('Vary', 'Cookie')
    const key = `${frame.locale} ${path}`
    if (!on) return conditional(c, await made(make))
    for (;;) {
      const found = kept.get(key)
      if (found && isFresh(found)) return conditional(c, found.answer)
      if (on === 'finished') {
        const begun = begin()
        const answer = await made(make)
        kept.set(key, { ...begun, answer })
        return conditional(c, answer)
      }
      const others = making.get(key)
      if (!others) return conditional(c, await joined(c, started(c, key, make)))
      if (isFresh(others) && !others.stop.signal.aborted) return conditional(c, await joined(c, others))
      await others.answer.catch(() => undefined)
    }
  }
}

export type PageCache = ReturnType<typeof pageCache>
