import type { Ctx } from '../context.ts'
import { type Desk, deskOf } from './desk.ts'

/** Every desk: local ones by prefecture first, then bases, bureaus and the secretariat. One query. */
export async function desks(ctx: Ctx): Promise<Desk[]> {
  const order: Desk['kind'][] = ['local', 'base', 'bureau', 'secretariat']
  const rows = await ctx.store.db.selectFrom('desk').selectAll().orderBy('prefecture').orderBy('id').execute()
  return rows.map(deskOf).toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
}
