import type { SelectQueryBuilder } from 'kysely'
import type { ShownFields } from '../../base/fingerprint.ts'
import { type CivilDate, civilDate } from '../../base/japan/civil.ts'
import type { Ctx } from '../../context.ts'
import { type Desk, serves } from '../../people/desk.ts'
import { desks } from '../../people/queries.ts'
import type { Schema, SeriesRow, SessionRow } from '../../store/schema.ts'

/** What a desk holds from today on: series that go on, and sessions ahead that were not called off. */
export type Holding = {
  series: Pick<SeriesRow, 'id' | 'prefecture' | 'title_ja' | 'title_en'>[]
  sessions: Pick<SessionRow, 'id' | 'prefecture' | 'title_ja' | 'title_en' | 'date' | 'seats_taken'>[]
}

/** The series of a desk that go on: by rule, or with a date from today on. */
export function seriesGoingOn(ctx: Ctx, desk: string) {
  const today = civilDate(ctx.clock.now())
  return ctx.store.db
    .selectFrom('series')
    .where('series.desk', '=', desk)
    .where((eb) => eb.or([eb('series.until', 'is', null), eb('series.until', '>=', today)]))
    .where((eb) =>
      eb.or([
        eb('series.rule', 'is not', null),
        eb.exists(
          eb
            .selectFrom('series_date')
            .select('series_date.date')
            .whereRef('series_date.series', '=', 'series.id')
            .where('series_date.date', '>=', today),
        ),
      ]),
    )
}

function ahead<O>(query: SelectQueryBuilder<Schema, 'session', O>, today: CivilDate) {
  return query.where((eb) =>
    eb.or([
      eb('session.date', '>=', today),
      eb.and([
        eb('session.date', 'is', null),
        eb(
          'session.programme',
          'in',
          eb.selectFrom('programme').select('programme.id').where('programme.ends_on', '>=', today),
        ),
      ]),
    ]),
  )
}

/** The sessions of a desk from today on, and those without a date in a programme that has not ended. */
export function sessionsAhead(ctx: Ctx, desk: string) {
  return ahead(ctx.store.db.selectFrom('session'), civilDate(ctx.clock.now())).where('session.desk', '=', desk)
}

/** The sessions ahead that take place as far as is known: not called off. */
export function sessionsStanding(ctx: Ctx, desk: string) {
  return sessionsAhead(ctx, desk).where('session.state', '!=', 'called_off')
}

/** What a desk holds from today on. Two queries. */
export async function holdingOf(ctx: Ctx, desk: string): Promise<Holding> {
  const series = await seriesGoingOn(ctx, desk)
    .select(['series.id', 'series.prefecture', 'series.title_ja', 'series.title_en'])
    .orderBy('series.prefecture')
    .orderBy('series.id')
    .execute()
  const sessions = await sessionsStanding(ctx, desk)
    .select(['session.id', 'session.prefecture', 'session.title_ja', 'session.title_en', 'session.date'])
    .select('session.seats_taken')
    .orderBy((eb) => eb('session.date', 'is', null))
    .orderBy('session.date')
    .orderBy('session.id')
    .execute()
  return { series, sessions }
}

/** Whether a desk holds nothing from today on. */
export function isFree({ series, sessions }: Holding): boolean {
  return series.length + sessions.length === 0
}

/** A desk and what it holds, as the page shows them before it ends. */
export function holdingFields({ id, revision }: Pick<Desk, 'id' | 'revision'>, held: Holding): ShownFields {
  return ['desk', id, revision, held.series.map((one) => one.id), held.sessions.map(({ id: own, date }) => [own, date])]
}

/** The desks that can take over all that another one holds. One query. */
export async function successorsOf(ctx: Ctx, id: string, { series, sessions }: Holding): Promise<Desk[]> {
  const prefectures = new Set([...series, ...sessions].map(({ prefecture }) => prefecture))
  return (await desks(ctx)).filter((one) => one.id !== id && [...prefectures].every((code) => serves(one, code)))
}

/** The id of a desk, if it has not ended. */
export function currentDesk(ctx: Ctx, id: string) {
  return ctx.store.db.selectFrom('desk').select('desk.id').where('desk.id', '=', id).where('desk.ended_at', 'is', null)
}

/** The desk that a new series of a prefecture takes: the first local desk or base of that prefecture. One query. */
export async function deskIn(ctx: Ctx, prefecture: string): Promise<Desk | undefined> {
  return (await desks(ctx)).find(
    ({ kind, prefectures }) => (kind === 'local' || kind === 'base') && prefectures.includes(prefecture),
  )
}

/** The fields of a form with the desk of its prefecture, if none was chosen. */
export async function withDesk(ctx: Ctx, given: unknown): Promise<unknown> {
  const { desk, prefecture } = Object(given) as Record<string, unknown>
  const isChosen = typeof desk === 'string' ? desk.trim() !== '' : (desk ?? null) !== null
  if (isChosen || typeof prefecture !== 'string') return given
  const own = await deskIn(ctx, prefecture)
  return own ? { ...Object(given), desk: own.id } : given
}
