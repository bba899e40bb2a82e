import type { Instant } from '../base/clock.ts'
import type { Ctx } from '../context.ts'
import { lastChange, type SessionFilter, sessions } from '../schedule/queries.ts'
import { eventRow } from './events.ts'
import type { OpenRow } from './table.ts'

/** Sessions that are read at a time. */
const ROUND = 1000

/** The rows of all sessions of a filter, by date, undated last. Each round is dropped before the next one is read. */
export async function eventRows(ctx: Ctx, filter: SessionFilter): Promise<(OpenRow & { dated: boolean })[]> {
  const rows: (OpenRow & { dated: boolean })[] = []
  let after: string | null = null
  do {
    const page: Awaited<ReturnType<typeof sessions>> = await sessions(ctx, filter, { limit: ROUND, after })
    rows.push(...page.sessions.flatMap((session) => eventRow(session, ctx.config.publicUrl) ?? []))
    after = page.next
  } while (after !== null)
  return rows
}

/** The acts that change what the files say of a desk, a venue or a deadline. */
const ACTS = [
  ...(['desk.added', 'desk.edited', 'desk.ended', 'desk.reopened'] as const),
  ...(['venue.added', 'venue.edited'] as const),
  ...(['closure.confirmed', 'closure.lifted', 'closure.corrected'] as const),
]

/** When a session, desk, venue or closure last changed, or null. Two queries. */
export async function lastPublicChange(ctx: Ctx): Promise<Instant | null> {
  const session = await lastChange(ctx)
  const { at } = await ctx.store.db
    .selectFrom('journal')
    .select(({ fn }) => fn.max<string | null>('at').as('at'))
    .where((eb) =>
      eb.or(
        (['desk', 'venue', 'closure'] as const).map((table) =>
          eb('subject', 'in', eb.selectFrom(table).select(`${table}.id`)),
        ),
      ),
    )
    .where('act', 'in', ACTS)
    .executeTakeFirstOrThrow()
  return session !== null && (at === null || session > at) ? session : at
}
