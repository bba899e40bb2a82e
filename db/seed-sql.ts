import { systemClock } from '../src/base/clock.ts'
import { parseConfig } from '../src/config.ts'
import { dump } from '../src/store/dump.ts'
import { migrate } from '../src/store/migrate.ts'
import { openSqlite } from '../src/store/sqlite.ts'
import { readMigrations } from './seed/migrations.ts'
import { seed } from './seed/seed.ts'

// Prints the published schedule, as the acts store it, as SQL for an empty D1 database with migrations.

const parsed = parseConfig(process.env)
if (!parsed.ok) throw new Error(parsed.faults.join('\n'))
const store = openSqlite(':memory:')
await migrate(store, readMigrations(), systemClock.now())
await seed({
  store,
  clock: systemClock,
  config: parsed.config,
  locale: 'ja',
  actor: { kind: 'system', name: 'seed' },
})
for (const statement of await dump(store.db)) console.log(statement)
await store.close()
