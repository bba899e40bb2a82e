import type { Expression, SqlBool } from 'kysely'
import { requireAccount, requireSecretariat } from '../base/actor.ts'
import { civilDate } from '../base/japan/civil.ts'
import type { Setup } from '../base/vocabulary.ts'
import { type BookingStatus, SETUP_STEPS, TRIAL } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import type { Act } from '../store/acts.ts'
import { once } from '../store/once.ts'
import type { HouseRow, OutboxRow } from '../store/schema.ts'
import { type House, houseOf } from './house.ts'

const theHouse = once((db) => db.selectFrom('house').selectAll().where('id', '=', 'house'))

/** The row of the house, or undefined if nobody has said who runs it. */
export async function houseRow({ store }: Pick<Ctx, 'store'>): Promise<HouseRow | undefined> {
  return theHouse.first(store.db, {})
}

/** Who runs this house, or null if nobody has said it. One query. */
export async function readHouse(ctx: Pick<Ctx, 'store'>): Promise<House | null> {
  const row = await houseRow(ctx)
  return row ? houseOf(row) : null
}

const TRIED: Act = 'session.trial_ended'

/** How far this house is set up. For the secretariat. One query. Throws `Forbidden`. */
export async function readSetup(ctx: Ctx): Promise<Setup> {
  requireSecretariat(ctx.actor)
  const { db } = ctx.store
  const today = civilDate(ctx.clock.now())
  const found = await db
    .selectNoFrom((eb) => {
      const said = (there: Expression<SqlBool>) => eb.case().when(there).then(eb.lit(1)).else(eb.lit(0)).end()
      // A booking on trial is gone, but not that it was made.
      const tried = db.selectFrom('journal').select('id').where('subject', '=', TRIAL).where('act', '=', TRIED)
      // A letter about one's own sign-in leaves before anybody has looked at the sender.
      const sent = db
        .selectFrom('outbox')
        .select('id')
        .where('channel', '=', 'mail')
        .where('state', '=', 'sent')
        .where('kind', 'in', ['trial', 'invitation', 'booked'])
      const others = db.selectFrom('account').select('id').where('state', '=', 'active').limit(1).offset(1)
      return [
        said(eb.exists(db.selectFrom('house').select('id'))).as('house'),
        said(eb.exists(db.selectFrom('programme').select('id').where('ends_on', '>=', today))).as('programme'),
        said(eb.exists(db.selectFrom('desk').select('id').where('ended_at', 'is', null))).as('desk'),
        said(eb.exists(db.selectFrom('venue').select('id'))).as('venue'),
        said(eb.exists(db.selectFrom('session').select('id').where('date', '>=', today))).as('session'),
        said(eb.exists(others)).as('people'),
        said(eb.exists(sent)).as('mail'),
        said(eb.or([eb.exists(db.selectFrom('booking').select('id')), eb.exists(tried)])).as('booking'),
      ]
    })
    .executeTakeFirstOrThrow()
  return Object.fromEntries(SETUP_STEPS.map((step) => [step, found[step] === 1])) as Setup
}

/** The last letter on trial to the actor, or undefined. */
export async function lastTrial(
  ctx: Ctx,
): Promise<Pick<OutboxRow, 'state' | 'fault' | 'created_at' | 'sent_at' | 'attempts'> | undefined> {
  return ctx.store.db
    .selectFrom('outbox')
    .select(['state', 'fault', 'created_at', 'sent_at', 'attempts'])
    .where('subject', '=', requireAccount(ctx.actor))
    .where('about', '=', 'account')
    .where('kind', '=', 'trial')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The bookings on trial, by their numbers; null if there is no session on trial. */
export async function trialBookings(ctx: Ctx): Promise<{ id: string; number: string; status: BookingStatus }[] | null> {
  const { db } = ctx.store
  const rows = await db
    .selectFrom('session')
    .leftJoin('booking', 'booking.session', 'session.id')
    .select(['booking.id', 'booking.number', 'booking.status'])
    .where('session.id', '=', TRIAL)
    .orderBy('booking.number')
    .execute()
  if (rows.length === 0) return null
  return rows.flatMap(({ id, number, status }) =>
    id === null || number === null || status === null ? [] : [{ id, number, status }],
  )
}
