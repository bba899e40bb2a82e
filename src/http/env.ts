import type { Frame } from '../../templates/layout.tsx'
import type { Clock } from '../base/clock.ts'
import type { Config } from '../config.ts'
import type { Ctx } from '../context.ts'
import type { Pass } from '../people/queries.ts'
import type { Migration } from '../store/migrate.ts'
import type { Store } from '../store/store.ts'
import type { Metrics } from './metrics.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A file served under `/assets/`, with the tag that its address carries. */
export type Asset = { body(): Bytes | Promise<Bytes>; type: string; tag: string }

/** What happens, one JSON object a line, without personal data. */
export type Log = Record<'error' | 'warn' | 'info', (entry: object, message?: string) => void>

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
    frame: Frame
    refused?: string
    /** Who is signed in; behind `staffOnly` it is always there. */
    pass: Pass
  }
  Bindings: { incoming?: { socket: { remoteAddress?: string } } }
}
