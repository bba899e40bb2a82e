import type { CivilDate } from '../../base/japan/civil.ts'
import type { Ctx } from '../../context.ts'
import { withinReach } from '../../store/reach.ts'
import type { ProgrammeRow, QuestionRow, SessionRow } from '../../store/schema.ts'
import { occurrences } from '../series.ts'

/**
 * The session of a prefecture with the latest date, which a new day is mostly like; or undefined. Only sessions that take
 * place, have hours and are booked here. One query.
 */
export async function latestIn(ctx: Ctx, prefecture: string): Promise<SessionRow | undefined> {
  return ctx.store.db
    .selectFrom('session')
    .selectAll()
    .where('prefecture', '=', prefecture)
    .where(withinReach(ctx, 'prefecture'))
    .where('state', '=', 'published')
    .where('kind', '=', 'consultation')
    .where('sample', '=', 0)
    .where('apply_name', 'is', null)
    .where('starts_at', 'is not', null)
    .where('date', 'is not', null)
    .orderBy('date', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** A session that can be copied: it has a date. */
export type Copyable = SessionRow & { date: CivilDate }

const withDate = (rows: readonly SessionRow[]) =>
  rows.flatMap((row): Copyable[] => (row.date === null ? [] : [{ ...row, date: row.date }]))

/** The sessions with these ids that have a date. A postponed one has none. One query. */
export async function copyable(ctx: Ctx, ids: readonly string[]): Promise<Copyable[]> {
  if (ids.length === 0) return []
  const rows = ctx.store.db.selectFrom('session').selectAll().where('id', 'in', ids).where('state', '!=', 'postponed')
  return withDate(await rows.orderBy('id').execute())
}

/** The sessions that take place between two dates, both included, of the prefectures that the actor may read. One query. */
export async function copyableIn(ctx: Ctx, from: CivilDate, to: CivilDate, prefecture?: string): Promise<Copyable[]> {
  const rows = ctx.store.db
    .selectFrom('session')
    .selectAll()
    .where('date', '>=', from)
    .where('date', '<=', to)
    .where('state', '=', 'published')
    .where('sample', '=', 0)
    .where(withinReach(ctx, 'prefecture'))
    .$if(prefecture !== undefined, (some) => some.where('prefecture', '=', prefecture ?? ''))
  return withDate(await rows.orderBy('date').orderBy('starts_at').orderBy('id').execute())
}

/** Every programme. One query. */
export async function programmesAll(ctx: Ctx): Promise<ProgrammeRow[]> {
  return ctx.store.db.selectFrom('programme').selectAll().execute()
}

/** Which of these dates the series of sessions hold themselves, as `<series> <date>`. Two queries at most. */
export async function seriesDays(
  ctx: Ctx,
  sessions: readonly SessionRow[],
  dates: readonly CivilDate[],
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(sessions.flatMap(({ series }) => series ?? []))]
  const [from, to] = [dates[0], dates.at(-1)]
  if (ids.length === 0 || from === undefined || to === undefined) return new Set()
  const { db } = ctx.store
  const rows = await db.selectFrom('series').selectAll().where('id', 'in', ids).execute()
  const listed = await db.selectFrom('series_date').selectAll().where('series', 'in', ids).execute()
  return new Set([
    ...listed.map(({ series, date }) => `${series} ${date}`),
    ...rows.flatMap(({ rule, ...series }) =>
      rule === null ? [] : occurrences({ ...series, rule }, from, to).map((date) => `${series.id} ${date}`),
    ),
  ])
}

/** A question of a copy, before it gets its own id and session. */
type Asked = QuestionRow

/** What each session asks, for a copy that belongs to no series: the questions of its series, then its own. One query. */
export async function questionsAskedBy(ctx: Ctx, sessions: readonly SessionRow[]): Promise<Map<string, Asked[]>> {
  const unique = [...new Map(sessions.map((session) => [session.id, session])).values()]
  if (unique.length === 0) return new Map()
  const series = unique.flatMap((one) => one.series ?? [])
  const now = ctx.clock.now()
  const rows = await ctx.store.db
    .selectFrom('question')
    .selectAll()
    .where('retired_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb(
          'session',
          'in',
          unique.map(({ id }) => id),
        ),
        ...(series.length === 0 ? [] : [eb('series', 'in', series)]),
      ]),
    )
    .orderBy('position')
    .orderBy('id')
    .execute()
  return new Map(
    unique.map((session) => {
      const shared = rows.filter((row) => row.series !== null && row.series === session.series)
      const own = rows.filter((row) => row.session === session.id)
      const asked = [...shared, ...own].map((row, i) => ({
        ...row,
        series: null,
        position: i + 1,
        revision: 0,
        created_at: now,
        updated_at: now,
      }))
      return [session.id, asked]
    }),
  )
}
