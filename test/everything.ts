import type { World } from './world.ts'

/** Every row of every table. */
export async function everything(w: World): Promise<Record<string, unknown[]>> {
  const tables = await w.ctx.store.db.introspection.getTables()
  const found = tables.map(async ({ name }) => [name, await w.rows(`select * from "${name}" order by 1`)] as const)
  return Object.fromEntries(await Promise.all(found))
}
