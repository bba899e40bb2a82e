import { sql } from 'kysely'
import { canManage } from '../base/actor.ts'
import { chunks } from '../base/chunks.ts'
import type { Instant } from '../base/clock.ts'
import { type Duties, type Duty, NO_DUTY } from '../base/duty.ts'
import type { CivilDate } from '../base/japan/civil.ts'
import type { Ctx } from '../context.ts'
import type { AccountRow, DutyRow, SessionRow } from '../store/schema.ts'

/** Sessions of one statement: D1 binds at most 100 parameters. */
const PARAMETERS = 90

/** A duty with the name of its account. */
type DutyRead = Pick<DutyRow, 'session' | 'slot' | 'adviser' | 'name' | 'room' | 'venue'> & {
  account_name: string | null
  /** The venue of its session now. */
  session_venue: string | null
}

function dutyOf({ adviser, name, account_name, room, venue, session_venue }: DutyRead): Duty {
  const who = adviser === null ? name : (account_name ?? '')
  return {
    adviser: who === '' ? null : { account: adviser, name: who },
    // A room of another venue would lead people astray.
    room: room !== '' && venue === session_venue ? room : null,
  }
}

/** The duties of sessions by their ids; sessions without any are left out. One query for 90 sessions. */
export async function dutiesOf(ctx: Ctx, sessions: readonly string[]): Promise<ReadonlyMap<string, Duties>> {
  const found = new Map<string, { whole: Duty; slots: Map<string, Duty> }>()
  for (const ids of chunks([...sessions], PARAMETERS)) {
    const rows = await ctx.store.db
      .selectFrom('duty')
      .innerJoin('session', 'session.id', 'duty.session')
      .leftJoin('account', 'account.id', 'duty.adviser')
      .select(['duty.session', 'duty.slot', 'duty.adviser', 'duty.name', 'duty.room', 'duty.venue'])
      .select(['account.name as account_name', 'session.venue as session_venue'])
      .where('duty.session', 'in', ids)
      .execute()
    for (const row of rows) {
      const duties = found.get(row.session ?? '') ?? { whole: NO_DUTY, slots: new Map<string, Duty>() }
      if (row.slot === null) duties.whole = dutyOf(row)
      else duties.slots.set(row.slot, dutyOf(row))
      found.set(row.session ?? '', duties)
    }
  }
  return found
}

/**
 * The duties of sessions or series, to give them to copies. Without those of accounts that are closed. One query for
 * 90.
 */
export async function dutiesToCopy(ctx: Ctx, of: readonly string[], column: 'session' | 'series' = 'session') {
  const found: DutyRow[] = []
  for (const ids of chunks([...new Set(of)], PARAMETERS)) {
    const rows = ctx.store.db
      .selectFrom('duty')
      .leftJoin('account', 'account.id', 'duty.adviser')
      .selectAll('duty')
      .where(`duty.${column}`, 'in', ids)
      .where((eb) => eb.or([eb('duty.adviser', 'is', null), eb('account.state', '=', 'active')]))
    found.push(...(await rows.orderBy('duty.id').execute()))
  }
  return found
}

/** An account that may advise. */
export type Adviser = Pick<AccountRow, 'id' | 'name' | 'role'>

/** The duties of a session as they were saved: of the whole, and of single slots. Rooms of its venue now. One query. */
export async function savedDuties(
  ctx: Ctx,
  { id, venue }: { id: string; venue: { id: string } | null },
): Promise<Pick<DutyRow, 'slot' | 'adviser' | 'name' | 'room'>[]> {
  const rows = await ctx.store.db
    .selectFrom('duty')
    .select(['slot', 'adviser', 'name', 'room', 'venue'])
    .where('session', '=', id)
    .execute()
  return rows.map((row) => ({ ...row, room: row.venue === (venue?.id ?? null) ? row.room : '' }))
}

/**
 * The accounts that may advise in a prefecture: experts, and staff who manage it; and those of `before`, who did. By name.
 * One query.
 */
export async function advisersFor(
  ctx: Ctx,
  prefecture: string,
  before: readonly Pick<DutyRow, 'adviser'>[] = [],
): Promise<Adviser[]> {
  const rows = await ctx.store.db
    .selectFrom('account')
    .select(['id', 'name', 'role', 'prefectures', 'state'])
    .orderBy('name')
    .orderBy('id')
    .execute()
  const known = new Set(before.map(({ adviser }) => adviser))
  const may = ({ id, role, prefectures, state }: (typeof rows)[number]) =>
    state === 'active' &&
    (role === 'expert' || canManage({ kind: 'staff', id, role, prefectures: prefectures.split(',') }, prefecture))
  return rows.filter((row) => known.has(row.id) || may(row)).map(({ id, name, role }) => ({ id, name, role }))
}

/** The accounts that a form names and that may not advise there. Those who did before may stay. */
export async function foreignAdvisers(
  ctx: Ctx,
  prefecture: string,
  accounts: readonly (string | null)[],
  before: readonly Pick<DutyRow, 'adviser'>[],
): Promise<ReadonlySet<string>> {
  const named = accounts.filter((one) => one !== null)
  if (named.length === 0) return new Set()
  const known = new Set((await advisersFor(ctx, prefecture, before)).map(({ id }) => id))
  return new Set(named.filter((one) => !known.has(one)))
}

/** A session or slot in which an account advises. */
export type OwnDuty = {
  session: string
  slot: string | null
  date: CivilDate
  starts_at: Instant | null
  ends_at: Instant | null
  title_ja: string
  title_en: string
  prefecture: string
  state: SessionRow['state']
  room: string
  changed_at: Instant
}

/**
 * The times at which an account advises on some days, both included, in order. A session without slots is one time. Also
 * those of sessions that are off. One query.
 */
export async function dutiesOfAccount(ctx: Ctx, account: string, from: CivilDate, to: CivilDate): Promise<OwnDuty[]> {
  const { db } = ctx.store
  const adviser = (table: 'own' | 'whole') => sql<string | null>`nullif(${sql.ref(`${table}.adviser_key`)}, '')`
  const room = (table: 'own' | 'whole') =>
    sql<string | null>`case when coalesce(${sql.ref(`${table}.venue`)}, '') = coalesce(session.venue, '')
      then nullif(${sql.ref(`${table}.room`)}, '') end`
  return db
    .selectFrom('session')
    .leftJoin('slot', 'slot.session', 'session.id')
    .leftJoin('duty as whole', (join) => join.onRef('whole.session', '=', 'session.id').on('whole.slot', 'is', null))
    .leftJoin('duty as own', 'own.slot', 'slot.id')
    .select(['session.id as session', 'slot.id as slot', 'session.date', 'session.title_ja', 'session.title_en'])
    .select(['session.prefecture', 'session.state'])
    .select((eb) => [
      eb.fn.coalesce('slot.starts_at', 'session.starts_at').as('starts_at'),
      eb.fn.coalesce('slot.ends_at', 'session.ends_at').as('ends_at'),
      sql<string>`coalesce(${room('own')}, ${room('whole')}, '')`.as('room'),
      sql<string>`coalesce(own.updated_at, whole.updated_at, session.updated_at)`.as('changed_at'),
    ])
    .where(sql<string>`coalesce(${adviser('own')}, ${adviser('whole')})`, '=', `account:${account}`)
    .where(
      'session.id',
      'in',
      db
        .selectFrom('duty')
        .select('duty.session')
        .$narrowType<{ session: string }>()
        .where('duty.adviser', '=', account),
    )
    .where('session.date', '>=', from)
    .where('session.date', '<=', to)
    .orderBy('session.date')
    .orderBy('starts_at')
    .orderBy('session.id')
    .$narrowType<{ date: string }>()
    .execute()
}

/** Whether an account advises at the place of a booking. One query. */
export async function advisesAt(
  ctx: Ctx,
  account: string,
  { session, slot }: { session: string; slot: string | null },
): Promise<boolean> {
  const rows = await ctx.store.db
    .selectFrom('duty')
    .select(['slot', 'adviser_key'])
    .where('session', '=', session)
    .where('adviser_key', '<>', '')
    .execute()
  const own = slot === null ? undefined : rows.find((row) => row.slot === slot)
  return (own ?? rows.find((row) => row.slot === null))?.adviser_key === `account:${account}`
}
