import { chunks } from '../base/chunks.ts'
import { NotFound } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import type { NoticeRecord } from '../notices/record.ts'
import { actorText } from '../store/journal.ts'
import type { IntakeRow, SessionRow } from '../store/schema.ts'
import { type Decision, Decisions } from './decision.ts'

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

/** A record as it was kept. Those of earlier versions lack what is read since. */
type KeptRecord = Omit<NoticeRecord, ReadSince> & Partial<Pick<NoticeRecord, ReadSince>>
type ReadSince = 'title_named' | 'formats_named' | 'states' | 'beside'

const recordOf = (kept: KeptRecord): NoticeRecord => ({
  title_named: false,
  formats_named: false,
  states: [],
  beside: [],
  ...kept,
})

/** A schedule as it was kept. Throws `NotFound` for one that another desk reads in. One query. */
export async function intakeById(ctx: Ctx, id: string): Promise<Intake> {
  const row = await ctx.store.db.selectFrom('intake').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row || !isTheirs(ctx, row)) throw new NotFound('intake')
  return {
    ...row,
    records: (JSON.parse(row.records) as KeptRecord[]).map(recordOf),
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
