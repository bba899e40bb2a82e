import { canManage } from '../base/actor.ts'
import { chunks } from '../base/chunks.ts'
import { addDays, type CivilDate, daysBetween } from '../base/japan/civil.ts'
import { NotFound } from '../base/outcome.ts'
import type { Format } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import type { NoticeRecord } from '../notices/record.ts'
import { hoursOn, occurrences } from '../planning/series.ts'
import { actorText } from '../store/journal.ts'
import { inPrefectures } from '../store/reach.ts'
import type { IntakeRow, SeriesDateRow, SeriesRow, SessionRow } from '../store/schema.ts'
import { type Decision, Decisions } from './decision.ts'
import type { House, HouseDay } from './match.ts'

/** The ids of what an import made. */
export type MadeIds = { series: string[]; sessions: string[] }

/** A schedule that is being read in, or was. */
export type Intake = Omit<IntakeRow, 'records' | 'unread' | 'decisions' | 'made'> & {
  records: NoticeRecord[]
  unread: string[]
  decisions: Decision[]
  made: MadeIds
}

/** Whether this actor may work on a schedule: it is their own, or they are the secretariat. */
function isTheirs({ actor }: Ctx, { made_by }: Pick<IntakeRow, 'made_by'>): boolean {
  return made_by === actorText(actor) || (actor.kind === 'staff' && actor.role === 'secretariat')
}

/** A schedule as it was kept. Throws `NotFound` for one that another desk reads in. One query. */
export async function intakeById(ctx: Ctx, id: string): Promise<Intake> {
  const row = await ctx.store.db.selectFrom('intake').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row || !isTheirs(ctx, row)) throw new NotFound('intake')
  return {
    ...row,
    records: JSON.parse(row.records) as NoticeRecord[],
    unread: JSON.parse(row.unread) as string[],
    decisions: Decisions.parse(JSON.parse(row.decisions)),
    made: JSON.parse(row.made) as MadeIds,
  }
}

/** The schedules on which this actor may work, the latest first. One query. */
export async function intakes(ctx: Ctx): Promise<Pick<IntakeRow, 'id' | 'name' | 'state' | 'created_at'>[]> {
  const rows = await ctx.store.db
    .selectFrom('intake')
    .select(['id', 'name', 'state', 'created_at', 'made_by'])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.filter((row) => isTheirs(ctx, row))
}

/** Ids of one statement: D1 binds at most 100 parameters. */
const PART = 80

/** The longest time in which days of a rule that planning has not made yet are looked for. */
const LONGEST = 800

function unmade(series: SeriesRow, listed: readonly SeriesDateRow[], span: Span, made: ReadonlySet<string>) {
  const { rule } = series
  const dates =
    rule === null
      ? listed.filter((one) => one.series === series.id).map(({ date }) => date)
      : occurrences({ ...series, rule }, span.from, span.to)
  return dates
    .filter((date) => !made.has(`${series.id} ${date}`))
    .map((date): HouseDay => {
      const hours = hoursOn(series, date)
      return {
        ...series,
        id: '',
        series: series.id,
        occurrence: date,
        date,
        starts_at: hours?.starts_at ?? null,
        ends_at: hours?.ends_at ?? null,
        formats: formatsOf(series.formats),
        formats_before: null,
        suspension: null,
        state: 'published',
        seats_taken: 0,
      }
    })
}

const formatsOf = (text: string) => text.split(',').filter(Boolean) as Format[]

/** The days that a schedule speaks of. */
export type Span = { from: CivilDate; to: CivilDate }

/**
 * What the house has in these prefectures in the time of a schedule, with what has no date. Only what the actor may
 * change. Samples are left out. Three queries.
 */
export async function houseOf(ctx: Ctx, prefectures: readonly string[], span: Span): Promise<House> {
  const { db } = ctx.store
  const here = inPrefectures(
    'prefecture',
    prefectures.filter((code) => canManage(ctx.actor, code)),
  )
  const to = daysBetween(span.from, span.to) > LONGEST ? addDays(span.from, LONGEST) : span.to
  const rows = await db
    .selectFrom('session')
    .selectAll()
    .where(here)
    .where('sample', '=', 0)
    .where((eb) =>
      eb.or([
        eb.and([eb('date', '>=', span.from), eb('date', '<=', to)]),
        eb.and([eb('occurrence', '>=', span.from), eb('occurrence', '<=', to)]),
        eb('date', 'is', null),
      ]),
    )
    .orderBy('date')
    .orderBy('id')
    .execute()
  const series = await db.selectFrom('series').selectAll().where(here).where('sample', '=', 0).orderBy('id').execute()
  const ids = db.selectFrom('series').select('series.id').where(here)
  const listed = await db.selectFrom('series_date').selectAll().where('series', 'in', ids).execute()
  const made = new Set(rows.map((row) => `${row.series} ${row.occurrence}`))
  return {
    series,
    days: [
      ...rows.map((row) => ({
        ...row,
        formats: formatsOf(row.formats),
        formats_before: row.formats_before === null ? null : formatsOf(row.formats_before),
      })),
      ...series.flatMap((one) => unmade(one, listed, { from: span.from, to }, made)),
    ],
  }
}

/** A series or session that an import made. */
export type MadeRow = Pick<SessionRow, 'id' | 'prefecture' | 'title_ja' | 'title_en' | 'date'> & { series: boolean }

/** What an import made and still exists: its series, then its sessions by date. Two queries. */
export async function madeBy(ctx: Ctx, { made }: Pick<Intake, 'made'>): Promise<MadeRow[]> {
  const { db } = ctx.store
  const columns = ['id', 'prefecture', 'title_ja', 'title_en'] as const
  const found: MadeRow[] = []
  for (const ids of chunks(made.series, PART)) {
    const rows = await db
      .selectFrom('series')
      .select([...columns, 'starts_on'])
      .where('id', 'in', ids)
      .execute()
    found.push(...rows.map(({ starts_on, ...row }) => ({ ...row, date: starts_on, series: true })))
  }
  for (const ids of chunks(made.sessions, PART)) {
    const rows = await db
      .selectFrom('session')
      .select([...columns, 'date'])
      .where('id', 'in', ids)
      .execute()
    found.push(...rows.map((row) => ({ ...row, series: false })))
  }
  return found.toSorted((one, other) => ((one.date ?? '9') < (other.date ?? '9') ? -1 : 1))
}
