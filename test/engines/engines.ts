import { readMigrations } from '../../db/seed/migrations.ts'
import type { Ctx } from '../../src/context.ts'
import { addDesk } from '../../src/people/add-desk.ts'
import { addVenue } from '../../src/planning/add-venue.ts'
import { importSeries } from '../../src/planning/import-series.ts'
import { openProgramme } from '../../src/planning/open-programme.ts'
import { plan } from '../../src/planning/plan.ts'
import { openD1 } from '../../src/store/d1.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { contextOn, NOW } from '../world.ts'
import { createDatabase } from './postgres-database.ts'
import { databaseOf, numberOf, workerd } from './workerd.ts'

/** An engine opens empty databases; `open` may be called again for a second connection to the same rows. */
export type Engine = { name: string; start(): Promise<{ open(): Store; end(): Promise<void> }> }

/** SQLite in memory, a real PostgreSQL, and D1 as workerd runs it. */
export const ENGINES: Engine[] = [
  {
    name: 'SQLite',
    async start() {
      const store = openSqlite(':memory:')
      return { open: () => store, end: () => store.close() }
    },
  },
  {
    name: 'PostgreSQL',
    async start() {
      const url = await createDatabase('madoguchi_engines')
      const stores: Store[] = []
      const open = () => {
        const store = openPostgres(url)
        stores.push(store)
        return store
      }
      const end = async () => {
        for (const store of stores) await store.close()
      }
      return { open, end }
    },
  },
  {
    name: 'D1',
    async start() {
      const { address, close } = await workerd.openFresh({ seeded: false, shared: false }, undefined)
      const rows = await databaseOf(numberOf(address))
      return { open: () => openD1(rows), end: close }
    },
  },
]

/** Fridays in Mito as published, made over the horizon by the acts themselves. */
async function fridays(ctx: Ctx): Promise<void> {
  const system: Ctx = { ...ctx, actor: { kind: 'system', name: 'cli' } }
  await migrate(ctx.store, readMigrations(), NOW)
  await openProgramme(system, { fiscalYear: 2026, name: { ja: '令和8年度', en: 'Fiscal year 2026' } })
  const blank = { region: null, address: null, hours_ja: null, hours_en: null, email: null, url: null, printed: null }
  const named = { name_ja: '茨城県窓口', name_en: 'Ibaraki desk', prefecture: '08', phones: '029-000-0000' }
  await addDesk(system, { ...blank, ...named, id: 'desk', kind: 'local', email_use: 'none', topics: 'general' })
  const mito = { name_ja: '水戸エリア', name_en: 'Mito area', prefecture: '08', address: null, printed: null }
  await addVenue(system, { ...mito, id: 'mito', area_only: 1 })
  await importSeries(system, {
    id: 'ibaraki',
    kind: 'consultation',
    desk: 'desk',
    venue: 'mito',
    prefecture: '08',
    note: null,
    title: { ja: 'テレワーク無料相談会', en: 'Free telework consultation day' },
    rule: 'FREQ=WEEKLY;BYDAY=FR',
    dates: [],
    starts_on: '2026-11-20',
    until: null,
    hours: { slots: ['10:00', '11:00', '13:00', '14:00', '15:00'], minutes: 50, capacity: 2 },
    capacity: 5,
    formats: ['onsite', 'online'],
    apply: { kind: 'here' },
    printed: null,
    sample: false,
  })
  await plan(system)
}

/** Fridays in Mito on an engine of its own. */
export async function worldOn(
  engine: Engine,
): Promise<{ ctx: Ctx; open(actor: Ctx['actor']): Ctx; end(): Promise<void> }> {
  const { open, end } = await engine.start()
  const on = (actor: Ctx['actor']) => contextOn(open(), actor, { SMTP_URL: 'smtp://127.0.0.1' })
  const ctx = on({ kind: 'public' })
  await fridays(ctx)
  return { ctx, open: on, end }
}
