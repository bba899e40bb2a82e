import { type CompiledQuery, type KyselyConfig, sql } from 'kysely'
import { readMigrations } from '../db/seed/migrations.ts'
import { seed } from '../db/seed/seed.ts'
import type { Actor } from '../src/base/actor.ts'
import { type Config, parseConfig } from '../src/config.ts'
import type { Ctx } from '../src/context.ts'
import { migrate } from '../src/store/migrate.ts'
import { orThrow, type Store } from '../src/store/store.ts'
import { openAgain, openFresh } from './engine.ts'

/** Sunday 22 November 2026, 10:00 in Japan; Monday is a holiday, the next Friday in Mito is the 27th. */
export const NOW = '2026-11-22T01:00:00.000Z'
export const MITO = 'ibaraki-2026-11-27'

/** The least that production asks for. */
export const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://madoguchi.example',
  MAIL_FROM: '窓口 <noreply@madoguchi.example>',
  SECRET: 'BQ8mHkT2vXw0ZrJ5yLd7NcEa9SfUgPi3oVbKqWt1xM4=',
}

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
  /** The address with which another world or process opens the same rows (`on`). Needs `shared`. */
  address: string
  /** Runs SQL and returns rows, without counting a read. `?` is a parameter. */
  rows<T = Record<string, unknown>>(sql: string, ...given: unknown[]): Promise<T[]>
  /** The first column of such rows. */
  column<T = unknown>(sql: string, ...given: unknown[]): Promise<T[]>
  /** Changes rows directly, without an act. */
  run(sql: string, ...given: unknown[]): Promise<void>
  /** Sets the clock. */
  at(now: string): void
  /** The number of reads since the last call. */
  reads(): number
  close(): Promise<void>
}

type Options = {
  now?: string
  seeded?: boolean
  env?: Record<string, string>
  /** Whether others open these rows too, see `address`. */
  shared?: boolean
  /** The address of existing rows. */
  on?: string
}

/** A statement with the parameters of the store's engine. */
function statement(store: Store, text: string, given: unknown[]): CompiledQuery {
  const parts = text.split('?')
  const query = sql.join(
    parts.flatMap((part, i) => (i < given.length ? [sql.raw(part), sql`${given[i]}`] : [sql.raw(part)])),
    sql``,
  )
  return query.compile(store.db)
}

/** A database of its own with all migrations, a clock that stands still, and by default the published schedule. */
export async function world(options: Options = {}): Promise<World> {
  let now = options.now ?? NOW
  let reads = 0
  const log: KyselyConfig['log'] = (event) => {
    if (event.level === 'query') reads++
  }
  const { on, seeded = on === undefined, shared = false } = options
  const opened =
    on === undefined ? await openFresh({ seeded: seeded && now === NOW, shared }, log) : await openAgain(on, log)
  const { store, address } = opened
  await migrate(store, readMigrations(), now)
  const config = testConfig(options.env)
  const base = { store, clock: { now: () => now }, config, locale: 'ja' as const }
  const ctx: Ctx = { ...base, actor: { kind: 'public' } }
  const system: Ctx = { ...base, actor: { kind: 'system', name: 'seed' } }
  if (seeded && !opened.seeded) await seed(system)
  async function rows<T>(text: string, ...given: unknown[]): Promise<T[]> {
    const found = await store.db.executeQuery<T>(statement(store, text, given))
    reads--
    return found.rows
  }
  return {
    ctx,
    system,
    address,
    rows,
    async column<T>(text: string, ...given: unknown[]) {
      const found = await rows<Record<string, T>>(text, ...given)
      return found.map((row) => Object.values(row)[0] as T)
    },
    async run(text, ...given) {
      orThrow(await store.commit({ compile: () => statement(store, text, given) }))
    },
    at: (instant) => {
      now = instant
    },
    reads: () => {
      const count = reads
      reads = 0
      return count
    },
    close: opened.close,
  }
}

let keys = 0

/** A key that no other call returns. */
export function freshKey(): string {
  keys++
  return `key-of-a-test-${String(keys).padStart(8, '0')}`
}

/** An application for the next Friday in Mito. Each call is another person. */
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
