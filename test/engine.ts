import type { KyselyConfig } from 'kysely'
import type { Store } from '../src/store/store.ts'

/** An open database. `address` opens the same rows again, also in another process if the engine allows it. */
export type Opened = { store: Store; address: string; seeded: boolean; close(): Promise<void> }

/** How the tests get databases on one engine. */
export type Engine = {
  /** Opens a new database. With `seeded` it has the schedule as seeded at NOW. */
  openFresh(want: { seeded: boolean; shared: boolean }, log: KyselyConfig['log']): Promise<Opened>
  /** Opens rows that may exist already. */
  openAgain(address: string, log: KyselyConfig['log']): Promise<Opened>
}

/** The engine of this run, from its project in `vitest.config.ts`. */
export const ENGINE = (process.env.MADOGUCHI_ENGINE ?? 'sqlite') as 'sqlite' | 'postgres' | 'd1' | 'workerd'

/** The number of runs of a property that works on rows. PROPERTY_RUNS sets another. */
export const RUNS = Number(process.env.PROPERTY_RUNS ?? 40)

const engines = {
  sqlite: async () => (await import('./engines/sqlite.ts')).sqlite,
  postgres: async () => (await import('./engines/postgres.ts')).postgres,
  d1: async () => (await import('./engines/d1.ts')).d1,
  workerd: async () => (await import('./engines/workerd.ts')).workerd,
}

/** As `Engine.openFresh`, on the engine of this run. */
export async function openFresh(...given: Parameters<Engine['openFresh']>): Promise<Opened> {
  return (await engines[ENGINE]()).openFresh(...given)
}

/** As `Engine.openAgain`. A file is always opened by SQLite. */
export async function openAgain(...given: Parameters<Engine['openAgain']>): Promise<Opened> {
  const [, scheme] = /^(postgres|d1|workerd):/.exec(given[0]) ?? []
  const engine = (scheme ?? 'sqlite') as keyof typeof engines
  return (await engines[engine]()).openAgain(...given)
}
