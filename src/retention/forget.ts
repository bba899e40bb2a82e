import { sql } from 'kysely'
import { requireSystem } from '../base/actor.ts'
import { chunks } from '../base/chunks.ts'
import { civilDate } from '../base/japan/civil.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { unchanged } from '../store/expectation.ts'
import { note, noteAll } from '../store/journal.ts'
import { dropFaults, supersedeLetters } from '../store/outbox.ts'
import { isCommitted } from '../store/retry.ts'
import { orThrow } from '../store/store.ts'
import { anonymous, FORGOTTEN } from './anonymous.ts'
import { anonymousRequest } from './anonymous-request.ts'
import { eraseAgain, erasures } from './erase-again.ts'
import { forgetCaps } from './forget-caps.ts'
import { forgetDocuments } from './forget-documents.ts'
import { forgetEmailChanges } from './forget-email-changes.ts'
import { forgetExperts } from './forget-experts.ts'
import { forgetIntakes } from './forget-intakes.ts'
import { forgetSignIns } from './forget-sign-ins.ts'
import { forgetSubmissions } from './forget-submissions.ts'
import { forgetTicked } from './forget-ticked.ts'

/** Bookings or interests per commit, so that a large year never locks the database for long. */
const BATCH = 50

/** The programmes whose people are forgotten now: each after its own years, or after those of the setting. */
function overProgrammes({ store, clock, config }: Ctx) {
  const today = civilDate(clock.now())
  const [year, day] = [Number(today.slice(0, 4)), today.slice(4)]
  const forgottenIn = sql<number>`cast(substr(ends_on, 1, 4) as integer) + coalesce(retention_years, ${config.retentionYears})`
  return store.db
    .selectFrom('programme')
    .select('programme.id')
    .where((eb) =>
      eb.or([
        eb(forgottenIn, '<', year),
        eb.and([eb(forgottenIn, '=', year), eb(sql<string>`substr(ends_on, 5)`, '<', day)]),
      ]),
    )
}

function due(ctx: Ctx) {
  return ctx.store.db
    .selectFrom('booking')
    .where('booking.programme', 'in', overProgrammes(ctx))
    .where('booking.person_key', 'not like', `${FORGOTTEN}%`)
}

/** How many bookings `forget` would make anonymous now. */
export async function forgettable(ctx: Ctx): Promise<number> {
  const erased = erasures(ctx, 'booking.erased').select('journal.subject')
  const { people } = await ctx.store.db
    .selectFrom('booking')
    .where('booking.person_key', 'not like', `${FORGOTTEN}%`)
    .where((eb) => eb.or([eb('booking.programme', 'in', overProgrammes(ctx)), eb('booking.id', 'in', erased)]))
    .select((eb) => eb.fn.countAll<number | string>().as('people'))
    .executeTakeFirstOrThrow()
  return Number(people)
}

/** Deletes the addresses of interests in sessions of those programmes; their unsent letters do not leave. */
async function forgetInterests(ctx: Ctx): Promise<void> {
  const { db } = ctx.store
  const over = db.selectFrom('session').select('session.id').where('programme', 'in', overProgrammes(ctx))
  const rows = await db
    .selectFrom('interest')
    .select('id')
    .where('email', 'is not', null)
    .where('session', 'in', over)
    .execute()
  for (const part of chunks(rows, BATCH)) {
    const ids = part.map((row) => row.id)
    orThrow(
      await ctx.store.commit(
        db
          .updateTable('interest')
          .set({ email: null, state: 'ended', person_key: sql<string>`${sql.lit(FORGOTTEN)} || id` })
          .where('id', 'in', ids),
        dropFaults(ctx, 'interest', ids),
        supersedeLetters(ctx, 'interest', ids),
      ),
    )
  }
}

/** Makes the requests of those programmes anonymous, with the reports on them. One that is still open is withdrawn. */
async function forgetRequests(ctx: Ctx): Promise<void> {
  const { db } = ctx.store
  const at = ctx.clock.now()
  const rows = await db
    .selectFrom('request')
    .select(['id', 'firm', 'state', 'revision'])
    .where('phone', '<>', '')
    .where('programme', 'in', overProgrammes(ctx))
    .orderBy('id')
    .execute()
  // One that changed meanwhile is forgotten by the next run.
  for (const request of rows) {
    isCommitted(
      await ctx.store.commit(
        ...unchanged(ctx, 'request', request),
        ...(await anonymousRequest(ctx, request, { ends: true, at })),
        note(ctx, 'request.forgotten', request.id),
      ),
    )
  }
}

/**
 * Deletes the keys of firms whose people are all gone, and the counts of their visits. It waits until every programme is
 * over in which these count. Before, a firm that was erased would get its visits again.
 */
async function forgetFirms(ctx: Ctx): Promise<void> {
  const { db } = ctx.store
  const today = civilDate(ctx.clock.now())
  const known = db.selectFrom('request').select('firm').where('phone', '<>', '')
  const running = db
    .selectFrom('entitlement')
    .innerJoin('programme', 'programme.id', 'entitlement.programme')
    .select('entitlement.firm')
    .where('programme.ends_on', '>=', today)
  const gone = db.selectFrom('firm').select('firm.id').where('id', 'not in', known).where('id', 'not in', running)
  orThrow(
    await ctx.store.commit(
      db.deleteFrom('firm_key').where('firm', 'in', gone),
      db.deleteFrom('entitlement').where('firm', 'in', gone),
    ),
  )
}

/** Deletes comments in the survey of those programmes, which may name somebody; the marks stay. */
async function forgetComments(ctx: Ctx): Promise<void> {
  const { db } = ctx.store
  orThrow(
    await ctx.store.commit(
      db
        .updateTable('survey_answer')
        .set({ comment: '' })
        .where('programme', 'in', overProgrammes(ctx))
        .where('comment', '<>', ''),
    ),
  )
}

/** Deletes the names of people who advised in sessions of those programmes. Accounts stay accounts. */
async function forgetAdvisers(ctx: Ctx): Promise<void> {
  const { db } = ctx.store
  const over = db
    .selectFrom('session')
    .select('session.id')
    .where('session.id', '=', sql.ref<string>('duty.session'))
    .where('session.programme', 'in', overProgrammes(ctx))
  const rows = await db
    .selectFrom('duty')
    .select('session')
    .distinct()
    .where('name', '<>', '')
    .where(({ exists }) => exists(over))
    .execute()
  const ofSeries = (scope: 'in' | 'not in') =>
    db
      .selectFrom('session')
      .select('session.id')
      .where('session.series', '=', sql.ref<string>('duty.series'))
      .where('session.programme', scope, overProgrammes(ctx))
  orThrow(
    await ctx.store.commit(
      db
        .updateTable('duty')
        .set({ name: '', adviser_key: '' })
        .where('name', '<>', '')
        .where(({ and, exists, not }) => and([exists(ofSeries('in')), not(exists(ofSeries('not in')))])),
    ),
  )
  const sessions = rows.flatMap(({ session }) => session ?? [])
  for (const ids of chunks(sessions, BATCH)) {
    orThrow(
      await ctx.store.commit(
        db.updateTable('duty').set({ name: '', adviser_key: '' }).where('name', '<>', '').where('session', 'in', ids),
        db.deleteFrom('busy').where('session', 'in', ids).where('holder', 'like', 'name:%'),
      ),
    )
  }
}

/**
 * Makes the bookings of programmes anonymous that ended longer ago than their years, or RETENTION_YEARS (docs/domain.md
 * rule 13). `anonymous` says what goes and what stays. Requests, addresses of interests, survey comments and names of
 * advisers go too. So do old sign-ins, old keys of forms, old acts on ticked bookings and old drafts of schedules.
 * Idempotent, also if interrupted. First erases again whom a restored backup brought back (`eraseAgain`). For the
 * clockwork and command line. Returns how many.
 */
export async function forget(ctx: Ctx): Promise<Ok<{ forgotten: number; again: number }>> {
  requireSystem(ctx.actor)
  const { again } = await eraseAgain(ctx)
  await forgetInterests(ctx)
  await forgetComments(ctx)
  await forgetAdvisers(ctx)
  await forgetSignIns(ctx)
  await forgetSubmissions(ctx)
  await forgetTicked(ctx)
  await forgetIntakes(ctx)
  await forgetExperts(ctx)
  await forgetRequests(ctx)
  await forgetFirms(ctx)
  await forgetCaps(ctx)
  await forgetEmailChanges(ctx)
  let forgotten = 0
  for (;;) {
    const rows = await due(ctx).select('booking.id').orderBy('booking.id').limit(BATCH).execute()
    if (rows.length === 0) break
    const ids = rows.map((row) => row.id)
    const those = ctx.store.db.selectFrom('booking').where('id', 'in', ids)
    orThrow(await ctx.store.commit(...anonymous(ctx, ids), noteAll(ctx, 'booking.forgotten', those, {})))
    forgotten += ids.length
  }
  await forgetDocuments(ctx)
  ctx.store.scrub?.()
  return ok({ forgotten, again })
}
