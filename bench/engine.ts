import type { D1Database } from '@cloudflare/workers-types'
import { sql } from 'kysely'
import { pino } from 'pino'
import { getPlatformProxy } from 'wrangler'
import { readMigrations } from '../db/seed/migrations.ts'
import { createApp } from '../src/app.ts'
import { parseConfig } from '../src/config.ts'
import type { Ctx } from '../src/context.ts'
import { prometheus } from '../src/node/prometheus.ts'
import { openD1 } from '../src/store/d1.ts'
import { openPostgres } from '../src/store/postgres.ts'
import { openSqlite } from '../src/store/sqlite.ts'
import type { Store } from '../src/store/store.ts'

/** An opened database. `size` is in bytes, null if the engine does not say. */
type Opened = { name: string; store: Store; size(): Promise<number | null>; end(): Promise<void> }

/**
 * Opens `sqlite:<path>`, `postgres://…`, or a local D1 in workerd. `d1:<folder>` keeps it there; `d1:` deletes it
 * afterwards.
 */
export async function openEngine(url: string): Promise<Opened> {
  if (url.startsWith('d1:')) {
    const path = url.replace(/^d1:/, '')
    const persist = path === '' ? false : { path }
    const proxy = await getPlatformProxy<{ DB: D1Database }>({ configPath: 'wrangler.toml', persist })
    return { name: 'D1 (workerd)', store: openD1(proxy.env.DB), size: async () => null, end: () => proxy.dispose() }
  }
  const lite = url.startsWith('sqlite:')
  const store = lite ? openSqlite(url.replace(/^sqlite:/, '')) : openPostgres(url)
  const ask = async (query: ReturnType<typeof sql<{ value: string | number }>>) => {
    const { rows } = await query.execute(store.db)
    return rows[0]?.value ?? ''
  }
  const version = lite
    ? sql<{ value: string }>`select sqlite_version() as value`
    : sql<{ value: string }>`select current_setting('server_version') as value`
  const bytes = lite
    ? sql<{ value: number }>`select page_count * page_size as value from pragma_page_count(), pragma_page_size()`
    : sql<{ value: string }>`select pg_database_size(current_database()) as value`
  return {
    name: `${lite ? 'SQLite' : 'PostgreSQL'} ${await ask(version)}`,
    store,
    size: async () => Number(await ask(bytes)),
    end: () => store.close(),
  }
}

/** A context of the bench on these rows, at the present time. */
export function contextOf(store: Store, actor: Ctx['actor']): Ctx {
  const parsed = parseConfig({
    NODE_ENV: 'test',
    SECRET: 'a secret for the bench only',
    RATE_LIMIT: 'off',
    SMTP_URL: 'smtp://localhost',
  })
  if (!parsed.ok) throw new Error(parsed.faults.join())
  return { store, clock: { now: () => new Date().toISOString() }, config: parsed.config, locale: 'ja', actor }
}

/** All routes on these rows. Without `cache` every page is made again. */
export function appOf(store: Store, cache: boolean): ReturnType<typeof createApp> {
  return createApp({
    ...contextOf(store, { kind: 'public' }),
    log: pino({ level: 'silent' }),
    migrations: readMigrations(),
    assets: new Map(),
    metrics: prometheus(),
    cache,
    nudge: () => undefined,
  })
}
