import { type Migration, migrate } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { NOW } from '../world.ts'

/*
 * A process that brings a database up to date: `migrator.ts <address> <migrations as JSON>` says that it begins, and what
 * it applied. It is there to be killed.
 */
const [address = '', given = '[]'] = process.argv.slice(2)
const store = address.startsWith('postgres:') ? openPostgres(address) : openSqlite(address)
process.stdout.write('migrating\n')
const applied = await migrate(store, JSON.parse(given) as Migration[], NOW)
process.stdout.write(`applied ${applied.join(' ')}\n`)
await store.close()
