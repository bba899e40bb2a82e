import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor } from '../base/actor.ts'
import { plusMinutes } from '../base/clock.ts'
import { newId } from '../base/id.ts'
import { ACTS, type Act, type ActAbout, actsWith, type DetailOf } from './acts.ts'
import { insertOnce } from './once.ts'
import type { JournalRow, Schema } from './schema.ts'
import type { Write, Writer } from './store.ts'
import { text } from './text.ts'
import { announce, announceEach } from './webhooks/announce.ts'

/** An actor as the journal names it: by part or account, never by a person's name. */
export function actorText(actor: Actor): string {
  if (actor.kind === 'system') return actor.name
  return actor.kind === 'staff' ? actor.id : actor.kind
}

/** The detail of an act; acts that keep nothing need not give one. */
type Given<A extends Act> = Record<string, never> extends DetailOf<A> ? [detail?: DetailOf<A>] : [detail: DetailOf<A>]

const insertLine = insertOnce('journal')

/** What webhooks hear of each act that they hear of. */
const TELLS = new Map(actsWith('tells').map((act) => [act as Act, ACTS[act].tells]))

/** What webhooks hear of an act, in the commit of its line. */
function told(ctx: Writer, act: Act, subject: string): Pick<Write, 'also'> {
  const tells = TELLS.get(act)
  if (tells === undefined) return {}
  return { also: [tells === 'each' ? announceEach(ctx) : announce(ctx, tells, subject)] }
}

/** The write of one line of the journal: who did what to which row. Webhooks hear of it in the same commit. */
export function note<A extends Act>(ctx: Writer, act: A, subject: string, ...given: Given<A>): Write {
  const { actor } = ctx
  const [detail = {}] = given
  const now = ctx.clock.now()
  const line = insertLine(ctx.store.db, {
    id: newId(now),
    at: now,
    actor: actorText(actor),
    act,
    subject,
    detail: JSON.stringify(detail),
  })
  return { ...line, ...told(ctx, act, subject) }
}

/**
 * The write of a line, unless the actor wrote the same one in the last `minutes`. For lines that would fill the journal.
 */
export function noteOnce<A extends Act>(
  ctx: Writer,
  minutes: number,
  act: A,
  subject: string,
  ...given: Given<A>
): Write {
  const { db } = ctx.store
  const now = ctx.clock.now()
  const detail = JSON.stringify(given[0] ?? {})
  const actor = actorText(ctx.actor)
  const same = db
    .selectFrom('journal')
    .select('id')
    .where('subject', '=', subject)
    .where('act', '=', act)
    .where('actor', '=', actor)
    .where('detail', '=', detail)
    .where('at', '>', plusMinutes(now, -minutes))
  return db
    .insertInto('journal')
    .columns(['id', 'at', 'actor', 'act', 'subject', 'detail'])
    .expression(
      db
        .selectNoFrom([text(newId(now)).as('id'), text(now).as('at'), text(actor).as('actor')])
        .select([text(act).as('act'), text(subject).as('subject'), text(detail).as('detail')])
        .where(({ not, exists }) => not(exists(same))),
    )
}

/** The write of lines that the journal of another database holds. Those that are here already stay as they are. */
export function takeOver(ctx: Pick<Writer, 'store'>, lines: readonly JournalRow[]): Write {
  return ctx.store.db
    .insertInto('journal')
    .values(lines)
    .onConflict((oc) => oc.doNothing())
}

/**
 * The write of the same line about each of these bookings: one statement however many there are. Each id is
 * `stamp` and the id of the booking.
 */
export function noteAll<A extends ActAbout<'booking'>>(
  ctx: Writer,
  act: A,
  bookings: SelectQueryBuilder<Schema, 'booking', object>,
  detail: DetailOf<A>,
  stamp = `${newId(ctx.clock.now())}-`,
): Write {
  return ctx.store.db
    .insertInto('journal')
    .columns(['id', 'at', 'actor', 'act', 'subject', 'detail'])
    .expression(
      bookings
        .select([sql<string>`${text(stamp)} || booking.id`.as('id'), text(ctx.clock.now()).as('at')])
        .select([text(actorText(ctx.actor)).as('actor'), text(act).as('act'), 'booking.id as subject'])
        .select(text(JSON.stringify(detail)).as('detail')),
    )
}

/** A line of the journal with what its act keeps. */
export type Line<A extends Act> = { [K in A]: { act: K; detail: DetailOf<K> } }[A]

/** What a row of the journal tells, or undefined if its act is none of these. */
export function lineOf<A extends Act>(
  row: Pick<JournalRow, 'act' | 'detail'>,
  acts: readonly A[],
): Line<A> | undefined {
  const act = acts.find((one) => one === row.act)
  return act && { act, detail: JSON.parse(row.detail) }
}

/** What a row of the journal keeps. Throws if its act is none of these. */
export function detailOf<A extends Act>(row: Pick<JournalRow, 'act' | 'detail'>, acts: readonly A[]): DetailOf<A> {
  const line = lineOf(row, acts)
  if (!line) throw new Error(`a line tells of ${row.act} instead of ${acts.join(' or ')}`)
  return line.detail
}
