import { readMigrations } from '../db/seed/migrations.ts'
import { migrate } from '../src/store/migrate.ts'
import { openSqlite } from '../src/store/sqlite.ts'

/**
 * Commits a second, of two rows each, every one on the disk before its answer. `alone`: one after another, with an
 * fsync each. `together`: fifty at once, which share theirs.
 */
export async function commitsASecond(path: string, seconds: number): Promise<{ alone: number; together: number }> {
  const store = openSqlite(path)
  const now = new Date().toISOString()
  await migrate(store, readMigrations(), now)
  let made = 0
  const one = () => {
    made++
    const line = (id: string) =>
      store.db
        .insertInto('journal')
        .values({ id, at: now, actor: 'cli', act: 'bench', subject: `${made}`, detail: '{}' })
    return store.commit(line(`${made} a`), line(`${made} b`))
  }
  const rate = async (clients: number) => {
    const [before, start] = [made, performance.now()]
    const client = async () => {
      while (performance.now() - start < seconds * 1000) await one()
    }
    await Promise.all(Array.from({ length: clients }, client))
    return (made - before) / ((performance.now() - start) / 1000)
  }
  const alone = await rate(1)
  const together = await rate(50)
  await store.close()
  return { alone, together }
}
