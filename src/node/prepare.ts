import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { readMigrations } from '../../db/seed/migrations.ts'
import { seed } from '../../db/seed/seed.ts'
import type { Actor } from '../base/actor.ts'
import { systemClock } from '../base/clock.ts'
import type { Locale } from '../base/locale.ts'
import { type Config, parseConfig } from '../config.ts'
import type { Ctx } from '../context.ts'
import { accountByEmail } from '../people/queries.ts'
import { type Migration, migrate } from '../store/migrate.ts'
import { openSqlite } from '../store/sqlite.ts'
import type { Store } from '../store/store.ts'
import { keptSecret } from './secret.ts'

const DEMO_STAFF = [
  { email: 'desk@example.jp', name: '水戸 花子', role: 'desk', prefectures: ['08'] },
  { email: 'secretariat@example.jp', name: '総務 太郎', role: 'secretariat', prefectures: [] },
] as const

/** The accounts of a demonstration, in development only. Their letters are kept and not sent. */
export function demoStaff({ environment }: Config) {
  return environment === 'development' ? DEMO_STAFF : []
}

/** The configuration of this environment, with a secret to sign with. Refuses with all faults. */
export function configure(env: Record<string, string | undefined>): ReturnType<typeof parseConfig> {
  const parsed = parseConfig(env)
  if (parsed.ok && parsed.config.databaseUrl.startsWith('d1:')) {
    return { ok: false, faults: ['DATABASE_URL: d1:… is reached from Workers only'] }
  }
  if (!parsed.ok || parsed.config.secrets.length > 0) return parsed
  return { ok: true, config: { ...parsed.config, secrets: [keptSecret()] } }
}

async function openStore({ databaseUrl: url, databaseReadUrl }: Config): Promise<Store> {
  if (!url.startsWith('sqlite:')) {
    const { openPostgres } = await import('../store/postgres.ts')
    const main = openPostgres(url)
    if (databaseReadUrl === null) return main
    return (await import('../store/replica/with-replica.ts')).withReplica(main, openPostgres(databaseReadUrl))
  }
  const path = url.replace(/^sqlite:/, '')
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
  return openSqlite(path)
}

/** Opens the configured database without changing it. */
export async function openHome(
  config: Config,
  actor: Actor,
  locale: Locale = 'ja',
): Promise<{ ctx: Ctx; migrations: Migration[] }> {
  const ctx: Ctx = { store: await openStore(config), clock: systemClock, config, actor, locale }
  return { ctx, migrations: readMigrations() }
}

/** The addresses of the demonstration's accounts that may sign in. */
async function demoAccounts(ctx: Ctx): Promise<string[]> {
  const found: string[] = []
  for (const { email } of demoStaff(ctx.config)) {
    if ((await accountByEmail(ctx, email))?.state === 'active') found.push(email)
  }
  return found
}

/**
 * Opens the database, applies the migrations, and seeds the published schedule if configured. `accounts` are the e-mail
 * addresses of the demonstration's accounts.
 */
export async function prepare(config: Config, actor: Actor) {
  const { ctx, migrations } = await openHome(config, actor)
  const migrated = await migrate(ctx.store, migrations, ctx.clock.now())
  const seeded = config.seed === 'demo' && (await seed(ctx, demoStaff(config)))
  return { ctx, migrations, migrated, seeded, accounts: await demoAccounts(ctx) }
}
