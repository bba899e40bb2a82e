import { systemClock } from '../src/base/clock.ts'
import { parseConfig } from '../src/config.ts'
import { migrate } from '../src/store/migrate.ts'
import type { Schema } from '../src/store/schema.ts'
import { openSqlite } from '../src/store/sqlite.ts'
import { readMigrations } from './seed/migrations.ts'
import { seed } from './seed/seed.ts'

// Prints the published schedule, as the acts take it in, in SQL for an empty D1 database whose migrations are applied.

/** So many of our longest rows stay well within the 100 KB that D1 allows a statement. */
const ROWS = 20

function literal(value: string | number | null): string {
  if (value === null) return 'null'
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`
}

const parsed = parseConfig(process.env)
if (!parsed.ok) throw new Error(parsed.faults.join('\n'))
const store = openSqlite(':memory:')
await migrate(store, readMigrations(), systemClock.now())
await seed({
  ...{ store, clock: systemClock, config: parsed.config, locale: 'ja' },
  actor: { kind: 'system', name: 'seed' },
})
const tables = store.raw
  .prepare<[], keyof Schema>(
    "select name from sqlite_master where type = 'table' and name <> 'migration' order by rowid",
  )
  .pluck()
  .all()
for (const table of tables) {
  const rows = await store.db.selectFrom(table).selectAll().execute()
  const columns = Object.keys(rows[0] ?? {}).join(', ')
  for (let i = 0; i < rows.length; i += ROWS) {
    const values = rows.slice(i, i + ROWS).map((row) => `(${Object.values(row).map(literal).join(', ')})`)
    console.log(`insert into ${table} (${columns}) values\n${values.join(',\n')};`)
  }
}
await store.close()
