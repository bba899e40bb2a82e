import { readFileSync, writeFileSync } from 'node:fs'
import type { KyselyConfig } from 'kysely'
import { readMigrations } from '../db/seed/migrations.ts'
import { seed } from '../db/seed/seed.ts'
import type { Actor } from '../src/base/actor.ts'
import { type Config, parseConfig } from '../src/config.ts'
import type { Ctx } from '../src/context.ts'
import { migrate } from '../src/store/migrate.ts'
import { openSqlite } from '../src/store/sqlite.ts'
import type { Store } from '../src/store/store.ts'

/** Sunday 22 November 2026, 10:00 in Japan; Monday is a holiday, the next Friday in Mito is the 27th. */
export const NOW = '2026-11-22T01:00:00.000Z'
export const MITO = 'ibaraki-2026-11-27'

export function testConfig(env: Record<string, string> = {}): Config {
  const parsed = parseConfig({
    NODE_ENV: 'test',
    SECRET: 'a secret for tests only',
    PUBLIC_URL: 'http://localhost:8787',
    ...env,
  })
  if (!parsed.ok) throw new Error(parsed.faults.join())
  return parsed.config
}

/** A context on any rows, with a clock that stands still. */
export function contextOn(store: Store, actor: Actor = { kind: 'public' }, env: Record<string, string> = {}): Ctx {
  return { store, clock: { now: () => NOW }, config: testConfig(env), actor, locale: 'ja' }
}

export type World = {
  ctx: Ctx
  /** The same rows, seen by the clockwork. */
  system: Ctx
  raw: ReturnType<typeof openSqlite>['raw']
  /** Sets the clock. */
  at(now: string): void
  /** How many reads ran since it was last asked. */
  reads(): number
  close(): Promise<void>
}

/** The database as it stands once seeded at NOW, made once for the whole run (`test/seeded.ts`); copies are quick. */
function seededImage(): Buffer | undefined {
  const path = process.env.MADOGUCHI_SEEDED
  return path ? readFileSync(path) : undefined
}

/** A database of its own with all migrations, a clock that stands still, and by default the published schedule. */
export async function world(
  options: { path?: string; now?: string; seeded?: boolean; env?: Record<string, string> } = {},
): Promise<World> {
  let now = options.now ?? NOW
  let reads = 0
  const log: KyselyConfig['log'] = (event) => {
    if (event.level === 'query') reads++
  }
  const seeded = options.seeded !== false
  const image = now === NOW && seeded ? seededImage() : undefined
  if (image && options.path) writeFileSync(options.path, image)
  const store = openSqlite(options.path ?? image ?? ':memory:', log)
  await migrate(store, readMigrations(), now)
  const config = testConfig(options.env)
  const base = { store, clock: { now: () => now }, config, locale: 'ja' as const }
  const ctx: Ctx = { ...base, actor: { kind: 'public' } }
  const system: Ctx = { ...base, actor: { kind: 'system', name: 'seed' } }
  if (seeded && !image) await seed(system)
  return {
    ctx,
    system,
    raw: store.raw,
    at: (instant) => {
      now = instant
    },
    reads: () => {
      const count = reads
      reads = 0
      return count
    },
    close: () => store.close(),
  }
}

let keys = 0

/** A key no other call was given. */
export function freshKey(): string {
  keys++
  return `key-of-a-test-${String(keys).padStart(8, '0')}`
}

/** An application for the next Friday in Mito; each call is another person. */
export function application(changes: Record<string, unknown> = {}): Record<string, unknown> {
  keys++
  return {
    session: MITO,
    slot: `${MITO}-1000`,
    format: 'onsite',
    seats: 1,
    locale: 'ja',
    company: '株式会社髙﨑製作所',
    name: '髙橋 太郎',
    name_kana: 'たかはし たろう',
    email: `taro${keys}@example.jp`,
    phone: '０２９-224-０００１',
    prefecture: '08',
    employees: '１２',
    industry: 'E',
    corporate_number: null,
    topics: ['ict'],
    message: '',
    consent: true,
    ...changes,
  }
}
