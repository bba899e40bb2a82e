import { serve } from '@hono/node-server'
import { pino } from 'pino'
import { readMigrations } from '../../db/seed/migrations.ts'
import { createApp } from '../../src/app.ts'
import { prometheus } from '../../src/node/prometheus.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { contextOn } from '../world.ts'

/** A process that serves the product on a PostgreSQL database. It sends its parent the port. */
const ctx = contextOn(openPostgres(process.argv[2] ?? ''), { kind: 'public' }, { RATE_LIMIT: 'off' })
const app = createApp({
  ...ctx,
  log: pino({ level: 'silent' }),
  migrations: readMigrations(),
  assets: new Map(),
  metrics: prometheus(),
  cache: true,
  nudge: () => undefined,
})
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => process.send?.(port))
