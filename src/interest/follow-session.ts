import { sql } from 'kysely'
import type { Instant } from '../base/clock.ts'
import { newId } from '../base/id.ts'
import type { InterestLetterKind } from '../base/letters.ts'
import { LIVE } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import type { Localized } from '../schedule/session.ts'
import { letterState } from '../store/outbox.ts'
import type { InterestRow, SessionRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import { text } from '../store/text.ts'

/** The columns that a letter begins with. */
const LETTER = [
  'id',
  'kind',
  'about',
  'subject',
  'sequence',
  'dedupe_key',
  'locale',
  'channel',
  'state',
  'due_at',
  'attempts',
  'before',
  'created_at',
  'updated_at',
] as const

/** A session of which people know or await the date and hours. */
type Session = Pick<SessionRow, 'id' | 'date' | 'starts_at' | 'ends_at' | 'sequence'>

type Those = { session: Session; state: InterestRow['state'] }

/** People with an address who asked about a session and have no booking there. These hear of it by its letters. */
function interested(ctx: Ctx, { session, state }: { session: Pick<Session, 'id'> } & Pick<Those, 'state'>) {
  const { db } = ctx.store
  const booked = db
    .selectFrom('booking')
    .select('booking.id')
    .where('booking.session', '=', session.id)
    .where('booking.status', 'in', LIVE)
    .where('booking.person_key', '=', sql.ref<string>('interest.person_key'))
  return db
    .selectFrom('interest')
    .where('interest.session', '=', session.id)
    .where('interest.state', '=', state)
    .where('interest.email', 'is not', null)
    .where(({ not, exists }) => not(exists(booked)))
}

/** What happens to a session that people follow who asked for its date. */
export type Followed = 'called_off' | 'postponed' | 'rescheduled' | 'held_again'

/**
 * A query for the people who asked for the date of a session and hear what happens to it. Their letters are written now
 * or at the next tick. With revision 0: an interest has none.
 */
export function followers(ctx: Ctx, session: Pick<Session, 'id' | 'starts_at'>, what: Followed) {
  const { db } = ctx.store
  const all = db.selectFrom('interest').where('interest.session', '=', session.id)
  const shown = ['interest.id', 'interest.locale'] as const
  const asked = interested(ctx, { session, state: 'confirmed' }).select(shown)
  const know = interested(ctx, { session, state: 'notified' }).select(shown)
  const ended = all.where('interest.state', '=', 'ended').where('interest.email', 'is not', null).select(shown)
  const back = db
    .selectFrom('booking')
    .select('booking.person_key')
    .where('booking.session', '=', session.id)
    .where('booking.ended', '=', 'called_off')
  const those = {
    called_off: asked.union(know),
    postponed: know,
    rescheduled: asked.union(know),
    // Once it has its hours, the next tick tells everybody.
    held_again: session.starts_at === null ? ended.where('interest.person_key', 'not in', back) : ended,
  }
  return db.selectFrom(those[what].as('follower')).select(['follower.id', 'follower.locale', sql.lit(0).as('revision')])
}

/**
 * The write that queues one letter each, with the date and hours that they knew. `why` is the reason of the act. It
 * counts as the session's next change.
 */
function letterToEach(ctx: Ctx, those: Those, kind: InterestLetterKind, why: Localized | null = null): Write {
  const now = ctx.clock.now()
  const { date, starts_at, ends_at, sequence } = those.session
  return ctx.store.db
    .insertInto('outbox')
    .columns(LETTER)
    .expression(
      interested(ctx, those)
        .select([sql`${text(`${newId(now)}-`)} || interest.id`.as('id'), text(kind).as('kind')])
        .select([text('interest').as('about'), 'interest.id as subject', sql.lit(sequence + 1).as('sequence')])
        .select([text('').as('dedupe_key'), 'interest.locale', text('mail').as('channel')])
        .select([text(letterState(ctx)).as('state'), text(now).as('due_at'), sql.lit(0).as('attempts')])
        .select([text(JSON.stringify({ date, starts_at, ends_at, ...(why && { why }) })).as('before')])
        .select([text(now).as('created_at'), text(now).as('updated_at')]),
    )
}

/**
 * The writes that notify people who know the date of a session that it has another. With `opens_at` null it has none for
 * now, and they wait for it again. People with a booking there get its letter instead. `why` is the reason of the act.
 */
export function tellMoved(ctx: Ctx, session: Session, opens_at: Instant | null, why: Localized | null = null): Write[] {
  const those = { session, state: 'notified' as const }
  const set = opens_at === null ? { state: 'confirmed' as const, first_until: null } : { first_until: opens_at }
  return [
    letterToEach(ctx, those, opens_at === null ? 'interest_postponed' : 'settled', why),
    ctx.store.db
      .updateTable('interest')
      .set({ ...set, updated_at: ctx.clock.now() })
      .where('session', '=', session.id)
      .where('state', '=', 'notified'),
  ]
}

/**
 * The writes that notify people who know the hours of a session that an edit gives it others. None if it gives none.
 * People who still wait for the hours hear of them at the next tick.
 */
export function tellHours(
  ctx: Ctx,
  before: Session & Pick<SessionRow, 'opens_at'>,
  after: Pick<SessionRow, 'state' | 'starts_at' | 'ends_at'>,
): Write[] {
  const same = before.starts_at === after.starts_at && before.ends_at === after.ends_at
  return same || after.starts_at === null || after.state !== 'published' ? [] : tellMoved(ctx, before, before.opens_at)
}

/**
 * The writes that give back the interests in a session that is held again. Their addresses must still be kept. They get
 * one letter. If it has its hours, `notifySettled` queues that.
 */
export function tellHeldAgain(ctx: Ctx, session: Session): Write[] {
  const { db } = ctx.store
  const now = ctx.clock.now()
  const those = { session, state: 'ended' as const }
  const unsent = db
    .updateTable('outbox')
    .set({ state: 'superseded', updated_at: now })
    .where('about', '=', 'interest')
    .where('kind', '=', 'interest_over')
    .where('state', '=', 'waiting')
    .where('subject', 'in', db.selectFrom('interest').select('interest.id').where('interest.session', '=', session.id))
  return [
    unsent,
    ...(session.starts_at === null ? [letterToEach(ctx, those, 'interest_again')] : []),
    db
      .updateTable('interest')
      .set({ state: 'confirmed', first_until: null, updated_at: now })
      .where('session', '=', session.id)
      .where('state', '=', 'ended')
      .where('email', 'is not', null),
  ]
}
