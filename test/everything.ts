import { NOT_KEPT, TABLES } from '../src/store/tables.ts'
import type { World } from './world.ts'

/** Every row of every table. */
export async function everything(w: World): Promise<Record<string, unknown[]>> {
  const found = [...TABLES, ...NOT_KEPT].map(
    async (table) => [table, await w.rows(`select * from ${table} order by 1`)] as const,
  )
  return Object.fromEntries(await Promise.all(found))
}
