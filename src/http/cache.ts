import type { Context } from 'hono'
import type { Bytes } from '../base/chunks.ts'
import type { Instant } from '../base/clock.ts'
import { type Sight, type Span, sightOf } from '../store/sight.ts'
import { type Answer, conditional, tagged } from './conditional.ts'
import type { Env } from './env.ts'
import { type Pack, packing } from './packed.ts'
import { forEverybody } from './shared.ts'

/** The most bytes of all cached pages. */
const MOST_BYTES = 32 * 1024 * 1024

/** An answer before it is bytes: a text, or parts of it of which some are bytes already. */
export type Made = {
  body: string | readonly (string | Bytes)[]
  type: string
  modified?: string | null
  headers?: Record<string, string>
}

/** What an answer depends on besides path and language: the parsed parameters. Those without a value are left out. */
export type Parameters = Record<string, string | number | undefined>

type Kept = { answer: Answer; sight: Sight }
type Making = { answer: Promise<Answer>; sight: Sight; waiting: number; stop: AbortController }

/** Bytes of an answer besides its body and its notes, roughly: address, tag and headers. */
const BESIDE_BYTES = 500

/** Compressed forms of a body are together as large as it is, at most. */
const FORMS = 2

const bytesOf = ({ answer, sight }: Kept) => answer.body.byteLength * FORMS + sight.bytes() + BESIDE_BYTES

/** Answers, at most `most` bytes of them. Those that nobody asked for longest are dropped first. */
function shelf(most: number) {
  const kept = new Map<string, Kept>()
  let bytes = 0
  const drop = (key: string) => {
    const one = kept.get(key)
    if (one) bytes -= bytesOf(one)
    kept.delete(key)
  }
  return {
    /** The answer that is right at this instant, if it is here. */
    get(key: string, now: Instant): Kept | undefined {
      const one = kept.get(key)
      if (!one?.sight.holds(now)) return undefined
      kept.delete(key)
      kept.set(key, one)
      return one
    },
    set(key: string, one: Kept) {
      drop(key)
      const size = bytesOf(one)
      if (size > most) return
      for (const other of kept.keys()) {
        if (bytes + size <= most) break
        drop(other)
      }
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
  return { ...rest, ...(await tagged(...(typeof body === 'string' ? [body] : body))) }
}

/** The second in which an instant lies. */
function secondOf(instant: Instant): Span {
  const begun = Math.floor(Date.parse(instant) / 1000) * 1000
  return { from: new Date(begun).toISOString(), until: new Date(begun + 1000).toISOString() }
}

/** Makes an answer by a replica, if there is one. If that fails, the database itself answers. */
async function madeByReplica(c: Context<Env>, make: () => Promise<Made>): Promise<Answer> {
  const { ctx } = c.var
  const { reading } = ctx.store
  const store = reading ? await reading() : null
  if (store === null) return made(make)
  c.set('ctx', { ...ctx, store })
  try {
    return await made(make)
  } catch {
    c.set('ctx', ctx)
    return made(make)
  }
}

/** Makes an answer as of the instant of its request, and notes what it shows. */
async function noted(
  c: Context<Env>,
  sight: Sight,
  signal: () => AbortSignal,
  make: () => Promise<Made>,
): Promise<Answer> {
  c.set('ctx', { ...c.var.ctx, sight, signal })
  const answer = await madeByReplica(c, make)
  // It will have a date once the second of the last change is over.
  if (answer.modified === null) sight.lasts(secondOf(c.var.frame.now))
  return answer
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
 * Keeps public answers by path, parsed parameters and language, while they are right (`Sight`). Each is made by one
 * request at a time, and the others wait for it. With `finished` they do not: each makes its own until one is kept.
 * `make` reads `c.var` itself: its page has an address without other parameters, and its clock stands still.
 */
export function pageCache(on: boolean | 'finished', most = MOST_BYTES, pack: Pack = packing(undefined)) {
  const kept = shelf(most)
  const making = new Map<string, Making>()

  function started(c: Context<Env>, key: string, sight: Sight, make: () => Promise<Made>): Making {
    const stop = new AbortController()
    const answer = noted(c, sight, () => stop.signal, make)
    const one = { answer, sight, waiting: 0, stop }
    making.set(key, one)
    answer
      .then((done) => kept.set(key, { answer: done, sight }))
      .catch(() => undefined)
      .finally(() => making.delete(key))
    return one
  }

  /** An answer that this request makes, also for others that ask for it meanwhile. */
  async function makeShared(c: Context<Env>, key: string, make: () => Promise<Made>): Promise<Answer> {
    const sight = sightOf(c.var.ctx.store.changes, c.var.frame.now)
    return joined(c, started(c, key, sight, make))
  }

  /** An answer that this request makes for itself. Others have it once it is complete. */
  async function makeAlone(c: Context<Env>, key: string, make: () => Promise<Made>): Promise<Answer> {
    const sight = sightOf(c.var.ctx.store.changes, c.var.frame.now)
    const answer = await noted(c, sight, () => c.req.raw.signal, make)
    kept.set(key, { answer, sight })
    return answer
  }

  /** The answer that another request makes. Undefined if it would not be right for this one. */
  async function fromOther(c: Context<Env>, other: Making): Promise<Answer | undefined> {
    if (!other.sight.isUntouched() || other.stop.signal.aborted) {
      await other.answer.catch(() => undefined)
      return undefined
    }
    const answer = await joined(c, other)
    return other.sight.covers(c.var.frame.now) ? answer : undefined
  }

  async function answerFor(c: Context<Env>, key: string, make: () => Promise<Made>): Promise<Answer> {
    for (;;) {
      const found = kept.get(key, c.var.frame.now)
      if (found) return found.answer
      if (on === 'finished') return makeAlone(c, key, make)
      const other = making.get(key)
      const answer = other ? await fromOther(c, other) : await makeShared(c, key, make)
      if (answer) return answer
    }
  }

  return async (c: Context<Env>, parameters: Parameters, make: () => Promise<Made>): Promise<Response> => {
    const { frame } = c.var
    const path = addressOf(c.req.path, parameters)
    c.set('frame', { ...frame, path })
    c.header('Vary', 'Cookie')
    const answer = on ? await answerFor(c, `${frame.locale} ${path}`, make) : await made(make)
    const shared = forEverybody(answer.type, frame.chosen ?? false)
    return conditional(c, await pack(c, { ...answer, headers: { ...shared, ...answer.headers } }))
  }
}

export type PageCache = ReturnType<typeof pageCache>
