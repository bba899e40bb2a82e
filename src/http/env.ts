import type { PageContext } from '../../templates/layout.tsx'
import type { Clock } from '../base/clock.ts'
import type { Config } from '../config.ts'
import type { Ctx } from '../context.ts'
import type { Pass } from '../people/queries.ts'
import type { Migration } from '../store/migrate.ts'
import type { Store } from '../store/store.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A file served under `/assets/`, with the tag that its address carries. */
export type Asset = { body(): Bytes | Promise<Bytes>; type: string; tag: string }

/** What happens, one JSON object a line, without personal data. */
export type Log = Record<'error' | 'warn' | 'info', (entry: object, message?: string) => void>

/** What is measured while serving; the Node home keeps it with a library, another home may keep less. */
export type Metrics = {
  /** A request answered: its route as it is written in the code, never its address. */
  answered(request: { route: string; method: string; status: number; seconds: number }): void
  /** A commit: `ok`, `busy`, `fault`, or the constraint that broke. */
  committed(outcome: string): void
  /** A refusal told to somebody, by its reason. */
  refused(why: string): void
  /** Letters that left or were given up. */
  delivered(letters: Record<string, number>): void
  /** Everything as Prometheus reads it, with what the rows say at this moment. */
  text(now: { letters: Record<string, number>; oldestUnsentSeconds: number }): Promise<{ type: string; body: string }>
}

/** What the doors are built on; `main` chooses each. */
export type Deps = {
  store: Store
  clock: Clock
  config: Config
  log: Log
  migrations: Pick<Migration, 'name'>[]
  assets: ReadonlyMap<string, Asset>
  /**
   * Keep public pages in memory for a second, until the next commit. `finished`: only once they are made, where a request
   * must not wait for what another has begun.
   */
  cache: boolean | 'finished'
  metrics: Metrics
  /** Called after a request that may have queued a letter. */
  nudge: () => void
}

/** What `open` puts beside each request. */
export type Env = {
  Variables: {
    ctx: Ctx
    deps: Deps
    requestId: string
    frame: PageContext
    refused?: string
    /** Who is signed in; behind `staffOnly` it is always there. */
    pass: Pass
  }
  Bindings: { incoming?: { socket: { remoteAddress?: string } } }
}
