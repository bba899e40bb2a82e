import type { Actor, Role } from '../../src/base/actor.ts'
import type { Ctx } from '../../src/context.ts'
import type { World } from '../world.ts'

/** The same rows, for an actor of the staff who has just proven who they are. */
export function asStaff(w: Pick<World, 'ctx'>, role: Role, ...prefectures: string[]): Ctx {
  const actor: Actor = { kind: 'staff', id: `${role}-1`, role, prefectures, provenAt: w.ctx.clock.now() }
  return { ...w.ctx, actor }
}

/** All of the fiscal year 2026. */
export const YEAR = { from: '2026-04-01', to: '2027-03-31' }

/** Doubles the bookings, `times` times. People, numbers and keys differ; the rest is the same. */
export async function doubled(w: World, times: number): Promise<void> {
  const [first] = await w.rows('select * from booking limit 1')
  const own = ['id', 'number', 'uid', 'person_key', 'token_hash', 'idempotency_hash']
  const columns = Object.keys(first ?? {})
  for (let i = 0; i < times; i++) {
    const values = columns.map((name) => (own.includes(name) ? `${name} || '-${i}'` : name))
    await w.run(`insert into booking (${columns.join(', ')}) select ${values.join(', ')} from booking`)
  }
}
