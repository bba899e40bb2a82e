import type { Actor } from '../../src/base/actor.ts'
import type { Ctx } from '../../src/context.ts'
import type { World } from '../world.ts'

/** The same rows, for an actor of the desk of these prefectures. */
export function asDesk(w: World, ...prefectures: string[]): Ctx {
  const actor: Actor = { kind: 'staff', id: 'staff-1', role: 'desk', prefectures }
  return { ...w.ctx, actor }
}
