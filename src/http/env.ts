import type { Logger } from 'pino'
import type { Frame } from '../../templates/layout.tsx'
import type { Clock } from '../base/clock.ts'
import type { Config } from '../config.ts'
import type { Ctx } from '../context.ts'
import type { Migration } from '../store/migrate.ts'
import type { Store } from '../store/store.ts'
import type { Metrics } from './metrics.ts'

/** A file served under `/assets/`, with the tag that its address carries. */
export type Asset = { body: Uint8Array<ArrayBuffer>; type: string; tag: string }

/** What the doors are built on; `main` chooses each. */
export type Deps = {
  store: Store
  clock: Clock
  config: Config
  log: Logger
  migrations: Migration[]
  assets: ReadonlyMap<string, Asset>
  /** Keep public pages in memory for a second, until the next commit. */
  cache: boolean
  metrics: Metrics
  /** Called after a request that may have queued a letter. */
  nudge: () => void
}

/** What `open` puts beside each request. */
export type Env = {
  Variables: { ctx: Ctx; deps: Deps; requestId: string; frame: Frame; refused?: string }
  Bindings: { incoming?: { socket: { remoteAddress?: string } } }
}
