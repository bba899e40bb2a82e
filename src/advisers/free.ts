import { sql } from 'kysely'
import { canManage } from '../base/actor.ts'
import { chunks } from '../base/chunks.ts'
import type { Instant } from '../base/clock.ts'
import type { Ctx } from '../context.ts'
import { type Session, withDay } from '../schedule/session.ts'
import type { DutyRow, SessionRow } from '../store/schema.ts'
import { holders } from './busy.ts'

/** Bound parameters of one statement: D1 takes at most 100. */
const PARAMETERS = 90

/** Other sessions that a refusal lists. */
const MOST = 10

/** A quarter hour in milliseconds. */
const QUARTER = 15 * 60_000

/** Another session that has an adviser or a room at the time. Its title is null if the actor may not read it. */
export type Elsewhere = Pick<SessionRow, 'id' | 'date' | 'starts_at' | 'ends_at'> & {
  what: 'adviser' | 'room'
  title: { ja: string; en: string } | null
}

/** Who or what is wanted, and when. */
export type Wanted = { holder: string; starts_at: Instant; ends_at: Instant }

/** The sessions besides `own` that have any of these advisers and rooms at these times. The first ten. */
async function elsewhere(ctx: Ctx, own: readonly string[], wanted: readonly Wanted[]): Promise<Elsewhere[]> {
  const found = new Map<string, Elsewhere>()
  for (const some of chunks([...wanted], PARAMETERS / 3)) {
    const rows = await ctx.store.db
      .selectFrom('busy')
      .innerJoin('session', 'session.id', 'busy.session')
      .select(['session.id', 'session.date', 'session.starts_at', 'session.ends_at', 'session.prefecture'])
      .select(['session.title_ja', 'session.title_en', 'busy.holder'])
      .distinct()
      .where((eb) =>
        eb.or(
          some.map(({ holder, starts_at, ends_at }) =>
            eb.and([
              eb('busy.holder', '=', holder),
              eb('busy.at', '>', sql<string>`${quarterBefore(starts_at)}`),
              eb('busy.at', '<', ends_at),
            ]),
          ),
        ),
      )
      .orderBy('session.starts_at')
      .orderBy('session.id')
      .execute()
    for (const { holder, title_ja, title_en, prefecture, ...row } of rows) {
      if (own.includes(row.id)) continue
      const title = canManage(ctx.actor, prefecture) ? { ja: title_ja, en: title_en } : null
      found.set(row.id, { ...row, title, what: holder.startsWith('room:') ? 'room' : 'adviser' })
    }
  }
  return [...found.values()].slice(0, MOST)
}

/**
 * Who and what sessions take while they are held, by their ids, also of those that are not held now. Sessions without an
 * adviser or a room are left out. One query for 90 sessions.
 */
export async function wantedOf(ctx: Ctx, sessions: readonly string[]): Promise<ReadonlyMap<string, Wanted[]>> {
  const found = new Map<string, Wanted[]>()
  for (const ids of chunks([...sessions], PARAMETERS / 2)) {
    const rows = await ctx.store.db
      .selectFrom(sql<Wanted & { session: string }>`(${holders(ids)})`.as('held'))
      .select(['held.session', 'held.holder', 'held.starts_at', 'held.ends_at'])
      .where('held.holder', 'is not', null)
      .where('held.starts_at', 'is not', null)
      .execute()
    for (const { session, ...wanted } of rows) found.set(session, [...(found.get(session) ?? []), wanted])
  }
  return found
}

/** The keys whose advisers and rooms are not free: taken by a session, or by a key before it. One query for 90 of them. */
export async function takenKeys(ctx: Ctx, wanted: ReadonlyMap<string, Wanted[]>): Promise<ReadonlySet<string>> {
  const all = [...wanted.values()].flat()
  const names = [...new Set(all.map(({ holder }) => holder))]
  const from = all.map(({ starts_at }) => quarterBefore(starts_at)).toSorted((a, b) => (a < b ? -1 : 1))[0] ?? ''
  const to = all.map(({ ends_at }) => ends_at).toSorted((a, b) => (a < b ? 1 : -1))[0] ?? ''
  const taken = new Map<string, Set<Instant>>()
  for (const some of chunks(names, PARAMETERS)) {
    const query = ctx.store.db.selectFrom('busy').select(['holder', 'at']).where('holder', 'in', some)
    const rows = await query.where('at', '>', from).where('at', '<', to).execute()
    for (const { holder, at } of rows) taken.set(holder, (taken.get(holder) ?? new Set()).add(at))
  }
  const left = new Set<string>()
  for (const [key, some] of wanted) {
    const times = some.flatMap(({ holder, ...time }) => quarters(time).map((at) => [holder, at] as const))
    if (times.some(([holder, at]) => taken.get(holder)?.has(at))) left.add(key)
    else for (const [holder, at] of times) taken.set(holder, (taken.get(holder) ?? new Set()).add(at))
  }
  return left
}

/** The quarter hours that a time touches, by their beginnings. */
function quarters({ starts_at, ends_at }: Pick<Wanted, 'starts_at' | 'ends_at'>): Instant[] {
  const found: Instant[] = []
  const first = Math.floor(Date.parse(starts_at) / QUARTER) * QUARTER
  for (let at = first; at < Date.parse(ends_at); at += QUARTER) found.push(new Date(at).toISOString())
  return found
}

/** Fifteen minutes before: a quarter hour that began after it is not over at `instant`. */
function quarterBefore(instant: Instant): Instant {
  return new Date(Date.parse(instant) - QUARTER).toISOString()
}

/** The keys of a duty: who and what it takes. */
type Keys = Pick<DutyRow, 'slot' | 'adviser_key' | 'room_key' | 'venue'>

/**
 * A session as it would be held: where, and when in its slots or as a whole. A slot has the id under which it has
 * duties.
 */
export type Holding = Pick<SessionRow, 'id' | 'venue' | 'desk'> & {
  starts_at: Instant | null
  ends_at: Instant | null
  slots: readonly { id: string; starts_at: Instant; ends_at: Instant }[]
}

/** A session as it is, or as an act would leave it, on its day before if it is off. */
export function holdingOf(given: Session): Holding {
  const { id, venue, desk, starts_at, ends_at, slots } = withDay(given)
  return { id, venue: venue?.id ?? null, desk: desk.id, starts_at, ends_at, slots }
}

/** Who and what duties take at the times of a session. Each field of a slot counts before that of the whole. */
function wantedAt({ venue, desk, starts_at, ends_at, slots }: Holding, duties: readonly Keys[]): Wanted[] {
  const roomOf = (keys: Keys | undefined) => (keys && keys.venue === venue ? keys.room_key : '')
  const whole = duties.find(({ slot }) => slot === null)
  const entire = starts_at === null || ends_at === null ? [] : [{ id: null, starts_at, ends_at }]
  return (slots.length > 0 ? slots : entire).flatMap((time) => {
    const own = duties.find(({ slot }) => slot !== null && slot === time.id)
    const adviser = own?.adviser_key || whole?.adviser_key || ''
    const room = roomOf(own) || roomOf(whole)
    const hours = { starts_at: time.starts_at, ends_at: time.ends_at }
    return [adviser, room && `room:${venue ?? desk}:${room}`]
      .filter((holder) => holder !== '')
      .map((holder) => ({ holder, ...hours }))
  })
}

/** The other sessions that have the advisers or rooms of a session at its times. `duties` count instead of its own. */
export function busyWith(ctx: Ctx, holding: Holding, duties: readonly Keys[]): Promise<Elsewhere[]> {
  return elsewhere(ctx, [holding.id], wantedAt(holding, duties))
}

/**
 * The other sessions that have the advisers or rooms of these at their times. For the page before an act that moves
 * them; the commit refuses it too. Two queries for a few sessions.
 */
export async function busyIn(ctx: Ctx, holdings: readonly Holding[]): Promise<Elsewhere[]> {
  const wanted: Wanted[] = []
  for (const some of chunks([...holdings], PARAMETERS)) {
    const ids = some.map(({ id }) => id)
    const query = ctx.store.db.selectFrom('duty').select(['session', 'slot', 'adviser_key', 'room_key', 'venue'])
    const rows = Map.groupBy(await query.where('session', 'in', ids).execute(), ({ session }) => session)
    wanted.push(...some.flatMap((holding) => wantedAt(holding, rows.get(holding.id) ?? [])))
  }
  if (wanted.length === 0) return []
  const own = holdings.map(({ id }) => id)
  return elsewhere(ctx, own, wanted)
}
