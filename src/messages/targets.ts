import { sql } from 'kysely'
import { chunks } from '../base/chunks.ts'
import type { Ctx } from '../context.ts'
import { sessionsWithIds } from '../schedule/queries.ts'
import { withinReach } from '../store/reach.ts'
import type { MessageRow, SlotRow } from '../store/schema.ts'
import { messageMark } from './message.ts'
import type { Targeted } from './receivers.ts'

/** Ids of one statement: D1 binds at most 100 parameters. */
const PART = 90

/** The rows that messages are to, by the ids of the messages. All are null for people chosen in the ledger, or once deleted. */
export async function targetsOf(
  ctx: Ctx,
  messages: readonly Pick<MessageRow, 'id' | 'target' | 'target_id'>[],
): Promise<Map<string, Targeted>> {
  const { db } = ctx.store
  const idsOf = (target: MessageRow['target']) => [
    ...new Set(messages.filter((one) => one.target === target).map((one) => one.target_id)),
  ]
  const slots: Pick<SlotRow, 'id' | 'session'>[] = []
  for (const ids of chunks(idsOf('slot'), PART)) {
    slots.push(...(await db.selectFrom('slot').select(['id', 'session']).where('id', 'in', ids).execute()))
  }
  const series: NonNullable<Targeted['series']>[] = []
  for (const ids of chunks(idsOf('series'), PART)) {
    const columns = ['id', 'title_ja', 'title_en', 'prefecture'] as const
    series.push(...(await db.selectFrom('series').select(columns).where('id', 'in', ids).execute()))
  }
  const ids = [...new Set([...idsOf('session'), ...slots.map(({ session }) => session)])]
  const sessions = new Map((ids.length === 0 ? [] : await sessionsWithIds(ctx, ids)).map((one) => [one.id, one]))
  const targeted = ({ target, target_id }: Pick<MessageRow, 'target' | 'target_id'>): Targeted => {
    if (target === 'series') return { ...NOBODY, series: series.find(({ id }) => id === target_id) ?? null }
    const of = target === 'slot' ? slots.find(({ id }) => id === target_id)?.session : target_id
    const session = sessions.get(of ?? '') ?? null
    return { ...NOBODY, session, slot: session?.slots.find(({ id }) => id === target_id) ?? null }
  }
  return new Map(messages.map((message) => [message.id, targeted(message)]))
}

const NOBODY: Targeted = { session: null, slot: null, series: null }

/** The most sessions that are named of a message to people chosen in the ledger. */
const MOST_DAYS = 10

/**
 * The sessions of the people whom a message is to, ten at most, by their day. They are those of now. For readers of
 * their prefectures. Four queries.
 */
export async function sessionsTold(ctx: Ctx, message: string): Promise<Targeted[]> {
  const rows = await ctx.store.db
    .selectFrom('outbox')
    .innerJoin('booking', 'booking.id', 'outbox.subject')
    .innerJoin('session', 'session.id', 'booking.session')
    .select(['session.id', 'session.date'])
    .distinct()
    // The literal is the condition of the index `outbox_of_message`.
    .where('outbox.kind', '=', sql.lit('message' as const))
    .where('outbox.before', '=', messageMark(message))
    .where(withinReach(ctx, 'session.prefecture'))
    .orderBy('session.date')
    .orderBy('session.id')
    .limit(MOST_DAYS)
    .execute()
  if (rows.length === 0) return []
  const sessions = await sessionsWithIds(
    ctx,
    rows.map(({ id }) => id),
  )
  return sessions.map((session) => ({ ...NOBODY, session }))
}

/** The sessions and times of the bookings of these lines, by booking. Three queries, or none. */
export async function placesOf(
  ctx: Ctx,
  lines: readonly { booking: string; session: string; slot: string | null }[],
): Promise<Map<string, Targeted>> {
  if (lines.length === 0) return new Map()
  const sessions = await sessionsWithIds(ctx, [...new Set(lines.map(({ session }) => session))])
  return new Map(
    lines.map(({ booking, session: of, slot }) => {
      const session = sessions.find(({ id }) => id === of) ?? null
      return [booking, { ...NOBODY, session, slot: session?.slots.find(({ id }) => id === slot) ?? null }]
    }),
  )
}
