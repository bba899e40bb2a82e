import { sql } from 'kysely'
import { chunks } from '../base/chunks.ts'
import type { Instant } from '../base/clock.ts'
import { type CivilDate, civilDate } from '../base/japan/civil.ts'
import { FORMATS, type Format, IN_PERSON } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { expectSome } from '../store/expectation.ts'
import { detailOf } from '../store/journal.ts'
import type { SessionRow, SuspensionRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'

/** The suspensions in force on a date or after it. */
export async function suspensionsInForce(ctx: Ctx, from: CivilDate): Promise<SuspensionRow[]> {
  const { db } = ctx.store
  return db.selectFrom('suspension').selectAll().where('state', '=', 'in_force').where('ends_on', '>=', from).execute()
}

/** One suspension, or undefined. */
export async function suspensionById(ctx: Ctx, id: string): Promise<SuspensionRow | undefined> {
  return ctx.store.db.selectFrom('suspension').selectAll().where('id', '=', id).executeTakeFirst()
}

type Range = Pick<SuspensionRow, 'prefectures' | 'starts_on' | 'ends_on'>

/** A query for the sessions that are not over at the instant `now`. A session without hours is over after its day. */
function ahead(ctx: Ctx, now: Instant) {
  return ctx.store.db
    .selectFrom('session')
    .select('id')
    .where((eb) => eb.or([eb('ends_at', 'is', null), eb('ends_at', '>', now)]))
}

/**
 * A query for the sessions ahead at the instant `now` that a suspension reaches and that are still in person. Not postponed
 * ones: their new day decides.
 */
export function reachedBy(ctx: Ctx, { prefectures, starts_on, ends_on }: Range, now: Instant) {
  const from = civilDate(now)
  return ahead(ctx, now)
    .where('date', '>=', starts_on < from ? from : starts_on)
    .where('date', '<=', ends_on)
    .where('prefecture', 'in', prefectures.split(','))
    .where('state', '=', 'published')
    .where((eb) => eb.or(IN_PERSON.map((format) => eb(sql<string>`',' || formats || ','`, 'like', `%,${format},%`))))
}

/** The sessions ahead at the instant `now` that a suspension reaches and that are still in person, by date. */
export async function suspendedSessions(ctx: Ctx, suspension: Range, now: Instant): Promise<string[]> {
  const rows = await reachedBy(ctx, suspension, now).orderBy('date').orderBy('id').execute()
  return rows.map((row) => row.id)
}

/** A day that a suspension reaches, with its formats now and before it was moved. */
export type SuspendedDay = Pick<SessionRow, 'id' | 'prefecture' | 'title_ja' | 'title_en' | 'date'> & {
  formats: Format[]
  formats_before: Format[] | null
}

/** Sessions per query: D1 takes a hundred values. */
const PART = 90

const formatsIn = (text: string) => text.split(',').filter((one): one is Format => FORMATS.some((each) => each === one))

/** The days of these sessions, in their order. */
export async function daysOf(ctx: Ctx, ids: readonly string[]): Promise<SuspendedDay[]> {
  const days: SuspendedDay[] = []
  for (const part of chunks(ids, PART)) {
    const rows = await ctx.store.db
      .selectFrom('session')
      .select(['id', 'prefecture', 'title_ja', 'title_en', 'date', 'formats', 'formats_before'])
      .where('id', 'in', part)
      .execute()
    for (const { formats, formats_before, ...row } of rows) {
      const before = formats_before === null ? null : formatsIn(formats_before)
      days.push({ ...row, formats: formatsIn(formats), formats_before: before })
    }
  }
  return days.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
}

/** The writes that lock a suspension until the commit ends, and break `still_true` unless it is in force. */
export function whileInForce(ctx: Ctx, id: string): Write[] {
  const { db } = ctx.store
  const found = db.selectFrom('suspension').select('id').where('id', '=', id).where('state', '=', 'in_force')
  return [
    db
      .updateTable('suspension')
      .set((eb) => ({ updated_at: eb.ref('updated_at') }))
      .where('id', '=', id),
    expectSome(ctx, found),
  ]
}

/** A query for sessions that a suspension moved to another form: ahead at the instant `now`, or without a day. */
export function movedBy(ctx: Ctx, suspension: string, now: Instant) {
  const there = ahead(ctx, now).where('date', '>=', civilDate(now))
  return ctx.store.db
    .selectFrom('session')
    .select('id')
    .where((eb) => eb.or([eb('id', 'in', there), eb('state', '=', 'postponed')]))
    .where('suspension', '=', suspension)
}

/** The ids of the sessions that a suspension moved: ahead at the instant `now`, or without a day. Ordered by date. */
export async function sessionsOfSuspension(ctx: Ctx, suspension: string, now: Instant): Promise<string[]> {
  const rows = await movedBy(ctx, suspension, now).orderBy('date').orderBy('id').execute()
  return rows.map((row) => row.id)
}

/** The sessions ahead, or without a day, that lifted suspensions still hold, by date. One query. */
export async function sessionsToGiveBack(ctx: Ctx, now: Instant): Promise<{ id: string; suspension: string }[]> {
  const { db } = ctx.store
  const lifted = db.selectFrom('suspension').select('id').where('state', '=', 'lifted')
  const there = ahead(ctx, now).where('date', '>=', civilDate(now))
  const rows = await db
    .selectFrom('session')
    .select(['id', 'suspension'])
    .where('suspension', 'in', lifted)
    .where((eb) => eb.or([eb('id', 'in', there), eb('state', '=', 'postponed')]))
    .orderBy('date')
    .orderBy('id')
    .execute()
  return rows.flatMap(({ id, suspension }) => (suspension === null ? [] : [{ id, suspension }]))
}

/** How far lifted suspensions are whose sessions are not all in person again, by id: how many of how many. Two queries. */
export async function liftsUnderWay(ctx: Ctx): Promise<Map<string, { over: number; all: number }>> {
  const left = Map.groupBy(await sessionsToGiveBack(ctx, ctx.clock.now()), ({ suspension }) => suspension)
  if (left.size === 0) return new Map()
  const lines = await ctx.store.db
    .selectFrom('journal')
    .select(['subject', 'act', 'detail'])
    .where('act', '=', 'suspension.lifted')
    .where('subject', 'in', [...left.keys()].slice(0, PART))
    .execute()
  const counted = new Map(lines.map((line) => [line.subject, detailOf(line, ['suspension.lifted']).sessions ?? 0]))
  return new Map(
    [...left].map(([id, those]) => {
      const all = Math.max(counted.get(id) ?? 0, those.length)
      return [id, { over: all - those.length, all }]
    }),
  )
}

/** Every suspension that ends on a date or later, those in force first. One query. */
export async function suspensionsFrom(ctx: Ctx, from: CivilDate): Promise<SuspensionRow[]> {
  const { db } = ctx.store
  return db
    .selectFrom('suspension')
    .selectAll()
    .where('ends_on', '>=', from)
    .orderBy('state')
    .orderBy('starts_on')
    .execute()
}
