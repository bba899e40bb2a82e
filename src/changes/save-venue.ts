import { type SqlBool, sql } from 'kysely'
import * as z from 'zod'
import { requireDesk } from '../base/actor.ts'
import { seenRevision } from '../base/fields.ts'
import { isAsShown, type ShownFields, shownIn } from '../base/fingerprint.ts'
import { type Faults, faultsOf, line, optional } from '../base/input.ts'
import { civilDate } from '../base/japan/civil.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { LIVE } from '../base/vocabulary.ts'
import { notifyAll, toldIn, toldWrites } from '../booking/write/notify.ts'
import type { Ctx } from '../context.ts'
import { isAs } from '../planning/series-input.ts'
import { type VenueColumns, VenueInput, venueColumns } from '../planning/venues/input.ts'
import {
  type Beside,
  besideDetail,
  besideIn,
  type Clash,
  clashesWithin,
  clashFields,
  NOTHING_BESIDE,
  refusalOf,
} from '../schedule/clashes.ts'
import { formerVenueId, venueById } from '../schedule/place-queries.ts'
import { sessionById } from '../schedule/queries.ts'
import { reasonBeside } from '../schedule/reason.ts'
import { isWithoutDay } from '../schedule/status-filter.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { raised } from '../store/raised.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'
import type { VenueRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import { keyIn, makeOnce } from '../store/submission.ts'
import { changeWrites } from './change-session.ts'
import { type Concerned, callsTo, concerned, expectSameConcerned, partyFields, SCOPES } from './queries.ts'

/** The revision that was on the page, whether the place itself changes, and why. */
const Correction = z.object({
  revision: seenRevision,
  moves: z.boolean().default(false),
  reason_ja: optional(line(200)),
  reason_en: optional(line(200)),
})

/**
 * Saved, with the number of people without e-mail who are called. Refused: faulty fields, or sessions at the same time
 * in one place, without a reason in `beside`. `changed` if somebody else corrected it since it was read. Also if it
 * moves, and other people have booked there than `shown` says. `used` if the form of a new venue was sent before with
 * other content. `same` if it is said to move and is the same place.
 */
export type VenueSaved =
  | Ok<{ venue: string; calls: number }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'changed' | 'used' | 'same'>

/** The reason in the letters if a place that was to follow is known now. */
const DECIDED = { reason_ja: '会場が決まったため', reason_en: 'The venue has been decided' }

/** A query for the sessions ahead at a venue, and those without a date. */
function aheadAt(ctx: Ctx, venue: string) {
  const now = ctx.clock.now()
  return ctx.store.db
    .selectFrom('session')
    .select('id')
    .where('venue', '=', venue)
    .where('state', 'in', ['published', 'postponed'])
    .where((eb) => {
      const ahead = eb.and([
        eb('date', '>=', civilDate(now)),
        eb.or([eb('ends_at', '>', now), eb('ends_at', 'is', null)]),
      ])
      return eb.or([ahead, eb('date', 'is', null), eb('state', '=', 'postponed')])
    })
}

/** A query for the sessions at a venue that are over, whatever became of them. */
function pastAt(ctx: Ctx, venue: string) {
  const now = ctx.clock.now()
  const over = sql<SqlBool>`(ends_at <= ${now} or date < ${civilDate(now)})`
  return ctx.store.db
    .selectFrom('session')
    .select('id')
    .where('venue', '=', venue)
    .where((eb) => eb.and([eb.not(isWithoutDay), over]))
}

/**
 * The writes by which sessions of the past keep their place, rooms and stamps when their venue becomes another place. None
 * without such a session.
 */
async function keepWrites(ctx: Ctx, known: VenueRow): Promise<Write[]> {
  const { db } = ctx.store
  if (!(await pastAt(ctx, known.id).limit(1).executeTakeFirst())) return []
  const id = formerVenueId(known)
  return [
    db.insertInto('venue').values({ ...known, id }),
    // A room counts only at the venue of its session.
    db
      .updateTable('duty')
      .set({ venue: id })
      .where('venue', '=', known.id)
      .where('session', 'in', pastAt(ctx, known.id)),
    db.updateTable('session').set({ venue: id }).where('id', 'in', pastAt(ctx, known.id)),
  ]
}

/** The sessions ahead at a venue, and the people concerned. By id, so that two changes never wait for each other. */
async function comingTo(ctx: Ctx, venue: string): Promise<{ sessions: string[]; parties: Concerned[] }> {
  const sessions = (await aheadAt(ctx, venue).orderBy('id').execute()).map(({ id }) => id)
  return { sessions, parties: await concerned(ctx, sessions, SCOPES.venue) }
}

/** The sessions that would be at the same time in one place, if an area becomes a place. */
async function clashesOnceKnown(ctx: Ctx, before: VenueRow, after: VenueColumns): Promise<Beside> {
  return before.area_only === 1 && after.area_only === 0 ? clashesWithin(ctx, before.id) : NOTHING_BESIDE
}

const placeOf = ({ name_ja, name_en, room_ja, room_en, address, area_only }: VenueColumns) => [
  name_ja,
  name_en,
  room_ja,
  room_en,
  address,
  area_only,
]

/** Whether people still go to the same place; the way there and the map do not count. */
const isSamePlace = (before: VenueColumns, after: VenueColumns) =>
  placeOf(before).every((value, i) => value === placeOf(after)[i])

/** What is ahead at a venue: sessions, the people concerned, and what else is there at their times. */
type Ahead = { sessions: readonly string[]; parties: readonly Concerned[]; clashes: readonly Clash[] }

/** What a page shows before a place changes: the venue before and after, why, and what is ahead there. */
function venueFields(
  known: VenueRow,
  after: VenueColumns,
  reason: typeof DECIDED | null,
  { sessions, parties, clashes }: Ahead,
): ShownFields {
  const why = [reason?.reason_ja, reason?.reason_en]
  return ['venue', known.id, placeOf(known), placeOf(after), why, sessions, partyFields(parties), clashFields(clashes)]
}

/** Whether an edit of a venue changes where people go: the place is decided, open again, or another one. */
function isMove(before: VenueRow, after: VenueColumns, moves: boolean): boolean {
  return moves || before.area_only !== after.area_only
}

/**
 * The venue as a form would save it, the sessions ahead, their people to be notified, and those that clash. `fields`:
 * what its page shows. Null if the form is faulty or corrects a slip only. Changes nothing.
 */
export async function previewVenue(
  ctx: Ctx,
  id: string,
  given: unknown,
): Promise<{
  venue: VenueRow
  sessions: string[]
  parties: Concerned[]
  clashes: Clash[]
  reason: typeof DECIDED
  fields: ShownFields
} | null> {
  const known = await venueById(ctx, id)
  const [parsed, correction] = [VenueInput.safeParse(given), Correction.safeParse(given)]
  if (!known || !parsed.success || !correction.success) return null
  const columns = venueColumns(parsed.data)
  const reason = reasonOf(correction.data)
  if (isAs<VenueRow>(known, columns) || isSamePlace(known, columns)) return null
  if (!isMove(known, columns, correction.data.moves) || reason === null) return null
  const { sessions, parties } = await comingTo(ctx, id)
  const { clashes } = await clashesOnceKnown(ctx, known, columns)
  const fields = venueFields(known, columns, reason, { sessions, parties, clashes })
  return { venue: { ...known, ...columns }, sessions, parties, clashes, reason, fields }
}

/** The reason to tell people. null if the place changes and none was given. */
function reasonOf({ moves, reason_ja, reason_en }: z.output<typeof Correction>): typeof DECIDED | null {
  if (reason_ja !== null) return { reason_ja, reason_en: reason_en ?? reason_ja }
  return moves ? null : DECIDED
}

/** The writes that notify everybody who comes to a venue. They break `still_true` if others have booked by then. */
async function notifyWrites(
  ctx: Ctx,
  venue: string,
  reason: typeof DECIDED,
  parties: readonly Concerned[],
  told: readonly string[],
): Promise<Write[]> {
  const why = { ja: reason.reason_ja, en: reason.reason_en }
  const writes: Write[] = [expectSameConcerned(ctx, aheadAt(ctx, venue), SCOPES.venue, parties)]
  for (const id of new Set(parties.map((party) => party.session))) {
    const session = await sessionById(ctx, id)
    if (!session) continue
    // That a place is known now needs no reason in public.
    const columns = reason === DECIDED ? {} : reasonBeside(session, why)
    const isEmpty = Object.keys(columns).length === 0
    const change = { of: LIVE, ...SCOPES.venue, set: {}, kind: 'relocated', act: 'booking.relocated', why } as const
    writes.push(
      ...changeWrites(
        ctx,
        session,
        ...notifyAll(ctx, session, change),
        ...(isEmpty ? [] : [ctx.store.db.updateTable('session').set(columns).where('id', '=', id)]),
        note(ctx, 'session.relocated', id, { venue }),
        ...toldWrites(ctx, id, told),
      ),
    )
  }
  return writes
}

/** One attempt to correct a venue. Null if a concurrent commit won. */
async function corrected(ctx: Ctx, known: VenueRow, columns: VenueColumns, given: unknown): Promise<VenueSaved | null> {
  const parsed = Correction.safeParse(given)
  if (!parsed.success || parsed.data.revision !== known.revision) return refused('changed')
  const { id } = known
  if (parsed.data.moves && isSamePlace(known, columns)) return refused('same')
  if (isAs<VenueRow>(known, columns)) return ok({ venue: id, calls: 0 })
  const moved = isMove(known, columns, parsed.data.moves)
  const reason = reasonOf(parsed.data)
  if (moved && reason === null) return refused('invalid', { errors: { reason_ja: 'required' as const } })
  const { sessions, parties } = await comingTo(ctx, id)
  const { clashes, expectNoOther } = await clashesOnceKnown(ctx, known, columns)
  const unreasoned = refusalOf(given, clashes)
  if (unreasoned) return unreasoned
  const fields = venueFields(known, columns, reason, { sessions, parties, clashes })
  if (moved && !(await isAsShown(shownIn(given), fields))) return refused('changed')
  const { db } = ctx.store
  const { revision, ...stamps } = raised(ctx)
  const done = await ctx.store.commit(
    ...expectNoOther,
    ...unchanged(ctx, 'venue', known),
    db
      .updateTable('venue')
      .set({ ...columns, revision: known.revision + 1 })
      .where('id', '=', id),
    ...(moved ? await keepWrites(ctx, known) : []),
    ...(moved && reason ? await notifyWrites(ctx, id, reason, parties, toldIn(given)) : []),
    // Past entries name the venue too if a slip or the way there is put right. That does not disturb people who are booking.
    db
      .updateTable('session')
      .set(moved ? { ...stamps, revision } : stamps)
      .where('venue', '=', id),
    note(ctx, 'venue.edited', id, besideDetail({ beside: besideIn(given, clashes) })),
  )
  return isCommitted(done) ? ok({ venue: id, calls: moved ? callsTo(parties) : 0 }) : null
}

/**
 * Adds a venue (`id` null), once for each `key` of the account. Or corrects it, from the `revision` on the page. Its
 * sessions get new stamps in feeds. If the place is decided or `moves`, everybody who would come there is notified
 * once, in the same commit. Sessions that are over keep the place that they had. Saved as it was, it changes nothing.
 * For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function saveVenue(ctx: Ctx, id: string | null, given: unknown): Promise<VenueSaved> {
  return retryOnConflict(async () => {
    const known = id === null ? undefined : await venueById(ctx, id)
    if (id !== null && !known) throw new NotFound('venue')
    if (known) requireDesk(ctx.actor, known.prefecture)
    const parsed = VenueInput.safeParse(given)
    if (!parsed.success) {
      requireDesk(ctx.actor)
      return refused('invalid', { errors: faultsOf(parsed.error) })
    }
    requireDesk(ctx.actor, parsed.data.prefecture)
    const columns = venueColumns(parsed.data)
    if (known) return corrected(ctx, known, columns, given)
    const made = await makeOnce(ctx, { act: 'venue.added', key: keyIn(given), input: parsed.data }, (venue) => [
      ctx.store.db.insertInto('venue').values({ id: venue, ...columns, printed: null, revision: 0, retired_at: null }),
      note(ctx, 'venue.added', venue),
    ])
    return made.ok ? ok({ venue: made.made, calls: 0 }) : made
  })
}
