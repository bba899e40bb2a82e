import { type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import * as z from 'zod'
import { chunks } from '../base/chunks.ts'
import type { Instant } from '../base/clock.ts'
import type { ShownFields } from '../base/fingerprint.ts'
import { settledHours } from '../base/hours.ts'
import { type Faults, line, optional } from '../base/input.ts'
import { type CivilDate, civilDate } from '../base/japan/civil.ts'
import { type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { expectNone, expectSame, lockRow } from '../store/expectation.ts'
import type { Schema, SessionRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import type { Session } from './session.ts'

/**
 * Another session at the same time, of the same desk in the same prefecture or at the same venue. `seats_taken`: people
 * who have a place. `updated_at`: its last change. `series`: it is a date of that series, and its session is not made yet.
 */
export type Clash = Pick<
  SessionRow,
  'id' | 'prefecture' | 'title_ja' | 'title_en' | 'date' | 'starts_at' | 'ends_at' | 'seats_taken' | 'updated_at'
> & { same: 'desk' | 'venue'; series?: string }

/**
 * What else is at a time and place. `expectNoOther` are writes for the start of a commit. They break `still_true` if
 * anything else is there by then.
 */
export type Beside = { clashes: Clash[]; expectNoOther: Write[] }

/** Nothing else, and nothing to expect. */
export const NOTHING_BESIDE: Beside = { clashes: [], expectNoOther: [] }

/** What else is at any of several times and places. */
export function besideAny(all: readonly Beside[]): Beside {
  return {
    clashes: all.flatMap(({ clashes }) => clashes),
    expectNoOther: all.flatMap(({ expectNoOther }) => expectNoOther),
  }
}

/** These clashes, each once, by date and start. */
export function eachOnce(clashes: readonly Clash[]): Clash[] {
  const startOf = ({ date, starts_at, id }: Clash) => `${date} ${starts_at ?? ''} ${id}`
  const each = new Map(clashes.map((clash) => [clash.id, clash]))
  return [...each.values()].toSorted((one, other) => (startOf(one) < startOf(other) ? -1 : 1))
}

/** A day, and its hours if they are known. */
export type Occasion = { date: CivilDate; starts_at: Instant | null; ends_at: Instant | null }

/** Whether two occasions are at the same time. Without hours the whole day counts. */
export function isSameTime(one: { [K in keyof Occasion]: Occasion[K] | null }, other: Occasion): boolean {
  if (one.date !== other.date) return false
  const [hours, others] = [settledHours(one), settledHours(other)]
  return hours === null || others === null || (hours.starts_at < others.ends_at && hours.ends_at > others.starts_at)
}

/**
 * Who holds it and where. A desk of many prefectures holds days in several of them at once. `desk` is null if only the
 * venue counts, `venue` if nobody comes to one. `own`: the session or series itself.
 */
export type Holding = { desk: string | null; prefecture: string; venue: string | null; own: string }

/** The reason for holding two sessions at the same time, which stays on record. */
export const BesideShape = { beside: optional(line(200)) }

const BesideInput = z.object({ ...BesideShape, seen: z.string().optional() })

/**
 * The reason among the fields of a form for holding these sessions at the same time. Null without sessions or reason. It
 * counts only for those that the page showed (`seen`: their ids).
 */
export function besideIn(given: unknown, clashes: readonly Clash[]): string | null {
  const parsed = BesideInput.safeParse(given)
  if (!parsed.success) return null
  if (clashes.length === 0) return null
  const { beside, seen } = parsed.data
  const ids = seen?.split(' ')
  return ids === undefined || clashes.every(({ id }) => ids.includes(id)) ? beside : null
}

/** The refusal of an act that makes these clashes and gives no reason for them, or null. */
export function refusalOf(given: unknown, clashes: readonly Clash[]): Refused<'invalid', { errors: Faults }> | null {
  if (clashes.length === 0 || besideIn(given, clashes) !== null) return null
  return refused('invalid', { errors: { beside: 'required' as const } })
}

/** The reason as the journal keeps it: left out if there is none. */
export const besideDetail = ({ beside }: { beside: string | null }): { beside?: string } =>
  beside === null ? {} : { beside }

/** Dates in one statement: D1 binds at most 100 parameters, three for each date and one for each known clash. */
const DATES = 10

/** A query for the sessions at the same time and place. Skipped, postponed and called-off sessions take no time. */
function clashing(ctx: Ctx, { desk, prefecture, venue, own }: Holding, occasions: readonly Occasion[]) {
  return ctx.store.db
    .selectFrom('session')
    .leftJoin('venue', 'venue.id', 'session.venue')
    .where('session.state', '=', 'published')
    .where('session.id', '!=', own)
    .where((eb) => eb.or([eb('session.series', 'is', null), eb('session.series', '!=', own)]))
    .where((eb) =>
      eb.or([
        ...(desk === null ? [] : [eb.and([eb('session.desk', '=', desk), eb('session.prefecture', '=', prefecture)])]),
        ...(venue === null ? [] : [eb.and([eb('session.venue', '=', venue), receivesPeople])]),
      ]),
    )
    .where((eb) =>
      eb.or(
        occasions.map((occasion) => {
          const day = eb('session.date', '=', occasion.date)
          const hours = settledHours(occasion)
          if (hours === null) return day
          const whole = eb.or([eb('session.starts_at', 'is', null), eb('session.ends_at', 'is', null)])
          const overlap = eb.and([
            eb('session.starts_at', '<', hours.ends_at),
            eb('session.ends_at', '>', hours.starts_at),
          ])
          return eb.and([day, eb.or([whole, overlap])])
        }),
      ),
    )
}

/** Whether a session receives people. */
const isOnsite = (table: 'session' | 'other') =>
  sql<SqlBool>`',' || ${sql.ref(`${table}.formats`)} || ',' like '%,onsite,%'`

/** Whether two sessions of one day are at the same time. Without hours the whole day counts. */
const isAtOnce = sql<SqlBool>`(session.starts_at is null or session.ends_at is null or other.starts_at is null
  or other.ends_at is null or (other.starts_at < session.ends_at and other.ends_at > session.starts_at))`

/** A query for the sessions of the heir of a desk at the same time as its own. From `today` on. */
function besideThoseOf(ctx: Ctx, { desk, heir }: { desk: string; heir: string }, today: CivilDate) {
  return ctx.store.db
    .selectFrom('session')
    .where('session.desk', '=', heir)
    .where('session.state', '=', 'published')
    .where('session.date', '>=', today)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('session as other')
          .select('other.id')
          .where('other.desk', '=', desk)
          .where('other.state', '=', 'published')
          .whereRef('other.prefecture', '=', 'session.prefecture')
          .whereRef('other.date', '=', 'session.date')
          .where(isAtOnce),
      ),
    )
}

/** A query for the sessions from `today` on that receive people at a venue while another one does. */
function meetingAt(ctx: Ctx, venue: string, today: CivilDate) {
  return ctx.store.db
    .selectFrom('session')
    .where('session.venue', '=', venue)
    .where('session.state', '=', 'published')
    .where('session.date', '>=', today)
    .where(isOnsite('session'))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('session as other')
          .select('other.id')
          .whereRef('other.venue', '=', 'session.venue')
          .whereRef('other.id', '!=', 'session.id')
          .whereRef('other.date', '=', 'session.date')
          .where('other.state', '=', 'published')
          .where(isOnsite('other'))
          .where(isAtOnce),
      ),
    )
}

/** The columns of a clash. */
const CLASH = [
  ...(['session.id', 'session.prefecture', 'session.title_ja', 'session.title_en', 'session.date'] as const),
  ...(['session.starts_at', 'session.ends_at', 'session.seats_taken', 'session.updated_at'] as const),
] as const

/** Breaks `still_true` if the query finds any session by then besides those that are known. */
function expectNoneBut(
  ctx: Ctx,
  there: SelectQueryBuilder<Schema, 'session', unknown>,
  known: readonly { id: string }[],
): Write {
  const ids = known.map(({ id }) => id)
  return expectNone(
    ctx,
    there.select('session.id').$if(ids.length > 0, (some) => some.where('session.id', 'not in', ids)),
  )
}

/**
 * What stands between two days beside many holdings at once, each with its occasions. In their order, each session once.
 * One query, however many there are.
 */
export async function clashesBetween(
  ctx: Ctx,
  [from, to]: [from: CivilDate, to: CivilDate],
  all: readonly (Holding & { occasions: readonly Occasion[] })[],
): Promise<Beside> {
  if (all.length === 0) return NOTHING_BESIDE
  const there = ctx.store.db
    .selectFrom('session')
    .leftJoin('venue', 'venue.id', 'session.venue')
    .where('session.state', '=', 'published')
    .where('session.date', '>=', from)
    .where('session.date', '<=', to)
  const rows = await there
    .select([...CLASH, 'session.desk', 'session.venue', 'session.series as made', 'session.revision'])
    .select(receivesPeople.as('meets'))
    .orderBy('session.date')
    .orderBy('session.starts_at')
    .orderBy('session.id')
    .execute()
  const clashes = rows.flatMap(({ desk, venue, made, meets, ...row }): Clash[] => {
    const beside = all.filter(
      ({ own, occasions }) => made !== own && row.id !== own && occasions.some((occasion) => isSameTime(row, occasion)),
    )
    if (beside.some((one) => one.venue !== null && one.venue === venue && meets)) return [{ ...row, same: 'venue' }]
    const isOfDesk = beside.some((one) => one.desk === desk && one.prefecture === row.prefecture)
    return isOfDesk ? [{ ...row, same: 'desk' }] : []
  })
  return { clashes, expectNoOther: [expectSame(ctx, there.select(['session.id', 'session.revision']), rows)] }
}

/**
 * The sessions ahead of the `heir` of a desk at the same time as those that it takes over. In the same prefecture. Lock
 * both desks before `expectNoOther`.
 */
export async function clashesOfHeir(ctx: Ctx, desks: { desk: string; heir: string }): Promise<Beside> {
  const there = besideThoseOf(ctx, desks, civilDate(ctx.clock.now()))
  const rows = await there
    .select(CLASH)
    .orderBy('session.date')
    .orderBy('session.starts_at')
    .orderBy('session.id')
    .execute()
  return {
    clashes: rows.map((row) => ({ ...row, same: 'desk' as const })),
    expectNoOther: [expectNoneBut(ctx, there, rows)],
  }
}

/** The sessions ahead that are at an area at the same time, once it is one venue. By date and start. */
export async function clashesWithin(ctx: Ctx, venue: string): Promise<Beside> {
  const there = meetingAt(ctx, venue, civilDate(ctx.clock.now()))
  const rows = await there
    .select(CLASH)
    .orderBy('session.date')
    .orderBy('session.starts_at')
    .orderBy('session.id')
    .execute()
  return {
    clashes: rows.map((row) => ({ ...row, same: 'venue' as const })),
    expectNoOther: [lockRow(ctx, 'venue', venue), expectNoneBut(ctx, there, rows)],
  }
}

/** Whether people come to the venue of a session. An area that stands for a venue still unknown is no venue. */
const receivesPeople = sql<SqlBool>`venue.area_only = 0 and ${isOnsite('session')}`

/** Locks the desk and the venue until the commit ends. Of two commits with the same clash, the later one sees it. */
function locks(ctx: Ctx, { desk, venue }: Holding): Write[] {
  const held = ctx.store.db.updateTable('desk').set((eb) => ({ name_ja: eb.ref('name_ja') }))
  return [
    ...(desk === null ? [] : [held.where('id', '=', desk)]),
    ...(venue === null ? [] : [lockRow(ctx, 'venue', venue)]),
  ]
}

/** What else the desk and the venue have on these occasions, by date and start. Without hours the whole day counts. */
export async function clashesOf(ctx: Ctx, holding: Holding, occasions: readonly Occasion[]): Promise<Beside> {
  const { desk, venue } = holding
  if (occasions.length === 0 || (desk === null && venue === null)) return NOTHING_BESIDE
  const clashes: Clash[] = []
  const expectNoOther = locks(ctx, holding)
  for (const some of chunks([...occasions], DATES)) {
    const there = clashing(ctx, holding, some)
    const rows = await there
      .select(CLASH)
      .select((eb) => eb.and([eb('session.venue', '=', venue ?? ''), receivesPeople]).as('meets'))
      .orderBy('session.date')
      .orderBy('session.starts_at')
      .orderBy('session.id')
      .execute()
    for (const { meets, ...row } of rows) clashes.push({ ...row, same: meets ? 'venue' : 'desk' })
    expectNoOther.push(expectNoneBut(ctx, there, rows))
  }
  return { clashes, expectNoOther }
}

type Placed = Pick<SessionRow, 'id' | 'desk' | 'prefecture' | 'venue' | 'formats' | 'date' | 'starts_at' | 'ends_at'>

/** What else the desk and the venue of a session have at its time, as its row says. */
export async function clashesOfRow(ctx: Ctx, row: Placed): Promise<Beside> {
  const { id: own, desk, prefecture, date, starts_at, ends_at, formats } = row
  if (date === null) return NOTHING_BESIDE
  const venue = formats.split(',').includes('onsite') ? row.venue : null
  return clashesOf(ctx, { own, desk, prefecture, venue }, [{ date, starts_at, ends_at }])
}

/** What else is at the time and place of a session as changed, and was not before. */
export async function newClashes(
  ctx: Ctx,
  before: Placed & Pick<SessionRow, 'state'>,
  after: Placed & Pick<SessionRow, 'state'>,
): Promise<Beside> {
  if (after.state !== 'published') return NOTHING_BESIDE
  const { clashes, expectNoOther } = await clashesOfRow(ctx, after)
  if (clashes.length === 0 || before.state !== 'published') return { clashes, expectNoOther }
  const known = await clashesOfRow(ctx, before)
  const isNew = (one: Clash) => !known.clashes.some(({ id, same }) => id === one.id && same === one.same)
  return { clashes: clashes.filter(isNew), expectNoOther }
}

type Held = Pick<Session, 'id' | 'desk' | 'prefecture' | 'venue' | 'formats'>

/** What else the desk and venue of a session have on an occasion. */
export async function clashesWith(ctx: Ctx, session: Held, occasion: Occasion): Promise<Beside> {
  const { id: own, desk, prefecture, venue, formats } = session
  const at = formats.includes('onsite') ? (venue?.id ?? null) : null
  return clashesOf(ctx, { own, desk: desk.id, prefecture, venue: at }, [occasion])
}

/** What else a venue has at the time of a session, whose desk keeps its day. */
export async function clashesAt(ctx: Ctx, venue: string | null, session: Session): Promise<Beside> {
  const { id: own, prefecture, date, starts_at, ends_at } = session
  if (date === null) return NOTHING_BESIDE
  return clashesOf(ctx, { own, desk: null, prefecture, venue }, [{ date, starts_at, ends_at }])
}

/** Clashes as a page shows them before an act. */
export function clashFields(clashes: readonly Clash[]): ShownFields {
  return clashes.map(({ id, date, starts_at, ends_at, same }) => [id, date, starts_at, ends_at, same])
}
