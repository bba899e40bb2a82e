import { type Actor, Forbidden } from '../src/base/actor.ts'
import type { Ctx } from '../src/context.ts'
import { orThrow } from '../src/store/store.ts'
import type { World } from './world.ts'

/** One actor of each kind. The first desk has Ibaraki (08), the other one Tokyo (13). */
const ACTORS = {
  public: { kind: 'public' },
  viewer: { kind: 'staff', id: 'viewer', role: 'viewer', prefectures: ['08'] },
  desk: { kind: 'staff', id: 'desk', role: 'desk', prefectures: ['08'] },
  elsewhere: { kind: 'staff', id: 'elsewhere', role: 'desk', prefectures: ['13'] },
  expert: { kind: 'staff', id: 'expert', role: 'expert', prefectures: ['08'] },
  secretariat: { kind: 'staff', id: 'secretariat', role: 'secretariat', prefectures: [] },
  system: { kind: 'system', name: 'cli' },
} as const satisfies Record<string, Actor>

export type ActorName = keyof typeof ACTORS

/** Every role that signs in, in the order of `mayDo`. */
export const STAFF: ActorName[] = ['viewer', 'desk', 'elsewhere', 'expert', 'secretariat']

/** The same rows as one of these actors sees them. Staff have just proven who they are. */
export function as(w: World, name: ActorName): Ctx {
  const actor: Actor = ACTORS[name]
  return { ...w.ctx, actor: actor.kind === 'staff' ? { ...actor, provenAt: w.ctx.clock.now() } : actor }
}

/** The names of those for whom an act does not throw `Forbidden`. Each of them does it once. */
export async function mayDo(w: World, act: (ctx: Ctx, name: ActorName) => Promise<unknown>): Promise<ActorName[]> {
  const may: ActorName[] = []
  for (const name of Object.keys(ACTORS) as ActorName[]) {
    try {
      await act(as(w, name), name)
      may.push(name)
    } catch (error) {
      if (!(error instanceof Forbidden)) throw error
    }
  }
  return may
}

/** The journal's lines about a subject, by time. Lines of one moment are sorted by act. */
export async function lines(w: World, subject: string): Promise<{ actor: string; act: string; detail: unknown }[]> {
  const { db } = w.ctx.store
  const rows = await db
    .selectFrom('journal')
    .select(['actor', 'act', 'detail'])
    .where('subject', '=', subject)
    .orderBy('at')
    .orderBy('act')
    .execute()
  return rows.map(({ actor, act, detail }) => ({ actor, act, detail: JSON.parse(detail) }))
}

/** Adds an account for each of the staff among the actors, under the same id, with an address such as `desk@example.jp`. */
export async function withAccounts(w: World): Promise<World> {
  const { db } = w.ctx.store
  const now = w.ctx.clock.now()
  const unused = { state: 'active' as const, totp_secret: null, totp_step: null, signed_in_at: null, revision: 0 }
  const rows = Object.values(ACTORS)
    .filter((actor) => actor.kind === 'staff')
    .map(({ id, role, prefectures }) => ({
      ...unused,
      id,
      email: `${id}@example.jp`,
      name: `担当 ${id}`,
      role,
      prefectures: prefectures.join(','),
      created_at: now,
      updated_at: now,
    }))
  orThrow(await w.ctx.store.commit(db.insertInto('account').values(rows)))
  return w
}
