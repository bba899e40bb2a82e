import type { PageContext } from '../../templates/layout.tsx'
import type { Bytes } from '../base/chunks.ts'
import type { Clock } from '../base/clock.ts'
import type { Config } from '../config.ts'
import type { Ctx } from '../context.ts'
import type { Pass } from '../people/queries.ts'
import type { Migration } from '../store/migrate.ts'
import type { ApiKeyRow } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import type { Compress } from './packed.ts'

/** A file served under `/assets/`, with the tag in its address. */
export type Asset = { body(): Bytes | Promise<Bytes>; type: string; tag: string }

/** The log: one JSON object a line, without personal data. */
export type Log = Record<'error' | 'warn' | 'info', (entry: object, message?: string) => void>

/** The metrics of serving. The Node home keeps all of them; another home may keep fewer. */
export type Metrics = {
  /** A request was answered. `route` is the pattern in the code, never the address. */
  answered(request: { route: string; method: string; status: number; seconds: number }): void
  /** A commit ended: `ok`, `busy`, `fault`, or the broken constraint. */
  committed(outcome: string): void
  /** A refusal was answered, by its reason. */
  refused(why: string): void
  /** Letters were sent or given up. */
  delivered(letters: Record<string, number>): void
  /** All metrics in the text format of Prometheus, with the present state of the rows. */
  text(now: { letters: Record<string, number>; oldestUnsentSeconds: number }): Promise<{ type: string; body: string }>
}

/** What the routes are built on. `main` chooses each. */
export type Deps = {
  store: Store
  clock: Clock
  config: Config
  log: Log
  migrations: Pick<Migration, 'name'>[]
  assets: ReadonlyMap<string, Asset>
  /**
   * Whether to keep public pages until something that they show has changed. `finished` keeps only complete pages, for
   * homes in which a request must not wait for another request's work.
   */
  cache: boolean | 'finished'
  /** The most bytes of all kept pages; 32 MB by default. With 0 each page is made again from what is remembered. */
  cacheBytes?: number
  metrics: Metrics
  /** Milliseconds on a clock that only goes forward, for caches and limits. By default `performance.now`. */
  elapsed?: () => number
  /** Called after a request that may have queued a letter. */
  nudge: () => void
  /** Compresses answers for everybody. A home whose network does it has none. */
  compress?: Compress | undefined
}

/** The time on the clock that only goes forward, in milliseconds. */
export const elapsedOf = ({ elapsed = () => performance.now() }: Pick<Deps, 'elapsed'>): number => elapsed()

/** The variables that the middleware `open` sets for each request. */
export type Env = {
  Variables: {
    ctx: Ctx
    deps: Deps
    requestId: string
    frame: PageContext
    refused?: string
    /** Throws 405 if the path is known with other methods only. */
    requireMethod(): void
    /** The signed-in account. Always set behind `staffOnly`. */
    pass: Pass
    /** The key of a partner that the request brought. */
    partner?: ApiKeyRow
    /** The account, once its sign-in is complete. */
    staff?: Pass['account']
  }
  Bindings: { incoming?: { socket: { remoteAddress?: string } } }
}
