import type { Actor, Role } from '../../src/base/actor.ts'
import type { Ctx } from '../../src/context.ts'
import type { World } from '../world.ts'

/** The same rows as somebody of the staff sees them. */
export function asStaff(w: Pick<World, 'ctx'>, role: Role, ...prefectures: string[]): Ctx {
  const actor: Actor = { kind: 'staff', id: `${role}-1`, role, prefectures }
  return { ...w.ctx, actor }
}

/** All of the fiscal year 2026. */
export const YEAR = { from: '2026-04-01', to: '2027-03-31' }
