import { FORMATS, type Format, IN_PERSON, LIVE } from '../base/vocabulary.ts'
import { inScope } from '../booking/queries.ts'
import { notifyAll } from '../booking/write/notify.ts'
import type { Ctx } from '../context.ts'
import { sessionWrite } from '../schedule/change-session.ts'
import { type Beside, besideDetail, clashesAt, clashesBetween, NOTHING_BESIDE } from '../schedule/clashes.ts'
import { reasonBeside } from '../schedule/reason.ts'
import type { Localized, Session } from '../schedule/session.ts'
import { expectNone, lockRow } from '../store/expectation.ts'
import { detailOf, note, noteAll } from '../store/journal.ts'
import type { Write } from '../store/store.ts'

/** New format, reason, and suspension (null: only this session). */
export type Conversion = { into: Format; reason: Localized; suspension: string | null }

/** The formats of a session once it is no longer held in person. */
export function formatsAfter(formats: readonly Format[], into: Format): Format[] {
  return [...new Set([...formats.filter((format) => !IN_PERSON.includes(format)), into])]
}

/** The writes that give live bookings of a session the form back that they had before its conversion. Tells nobody. */
export function formsBack(ctx: Ctx, session: Session): Write[] {
  const { db } = ctx.store
  // An undecided session has no forms yet.
  if (session.formats.length === 0) return []
  const those = () => inScope(ctx, session.id, {}).where('format_before', 'in', session.formats)
  return [
    noteAll(ctx, 'booking.converted_back', those(), { session: session.id }),
    db
      .updateTable('booking')
      .set((eb) => ({ format: eb.ref('format_before').$notNull(), format_before: null }))
      .where('id', 'in', those().select('id')),
  ]
}

/** Whether people come to a converted session again once its conversion is undone. */
function isOnsiteAgain({ formats, formats_before }: Session): boolean {
  return formats_before?.includes('onsite') === true && !formats.includes('onsite')
}

/** What else its venue has at the time of a session, if people come to it again that was converted. */
export async function clashesInPerson(ctx: Ctx, session: Session): Promise<Beside> {
  return isOnsiteAgain(session) ? clashesAt(ctx, session.venue?.id ?? null, session) : NOTHING_BESIDE
}

/** The same for many sessions at once. One query, however many there are. */
export async function clashesInPersonOf(ctx: Ctx, sessions: readonly Session[]): Promise<Beside> {
  const holdings = sessions
    .filter(isOnsiteAgain)
    .flatMap(({ id: own, prefecture, venue, date, starts_at, ends_at }) =>
      date === null || venue === null
        ? []
        : [{ own, desk: null, prefecture, venue: venue.id, occasions: [{ date, starts_at, ends_at }] }],
    )
  const dates = holdings.flatMap(({ occasions }) => occasions.map(({ date }) => date)).toSorted()
  const [from, to] = [dates[0], dates.at(-1)]
  if (from === undefined || to === undefined) return NOTHING_BESIDE
  const { clashes, expectNoOther } = await clashesBetween(ctx, [from, to], holdings)
  const places = [...new Set(holdings.map(({ venue }) => venue))].toSorted()
  return { clashes, expectNoOther: [...places.map((venue) => lockRow(ctx, 'venue', venue)), ...expectNoOther] }
}

/**
 * The reason of another change that still holds once a conversion is undone. That of a later one, else of an earlier
 * one. Null if there is none, or if the conversion is of a version that did not keep it.
 */
async function reasonLeft(ctx: Ctx, { id, reason }: Session): Promise<Localized | null> {
  const line = await ctx.store.db
    .selectFrom('journal')
    .select(['act', 'detail'])
    .where('subject', '=', id)
    .where('act', '=', 'session.converted')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const { why, earlier = null } = line ? detailOf(line, ['session.converted']) : {}
  if (why === undefined) return null
  return reason?.ja === why.ja && reason.en === why.en ? earlier : reason
}

/**
 * The writes that undo a conversion. People who were converted get their form back and one letter. A form that somebody
 * chose since then stays, also in the session. `keeping`: the session also keeps every other format that it has now.
 * `beside`: the reason for a clash. With a `reason` of null the session shows that of another
 * change, if one still holds; its letters have none. Commit them within `changeWrites`.
 */
export async function backWrites(
  ctx: Ctx,
  session: Session,
  reason: Localized | null,
  { keeping = false, beside = null }: { keeping?: boolean; beside?: string | null } = {},
): Promise<Write[]> {
  const before = session.formats_before ?? session.formats
  const { db } = ctx.store
  const chosen = db
    .selectFrom('booking')
    .select('format')
    .where('session', '=', session.id)
    .where('status', 'in', LIVE)
    .where('format_before', 'is', null)
  const kept = (await chosen.distinct().execute()).map((row) => row.format)
  const also = keeping ? [...kept, ...session.formats] : kept
  const formats = FORMATS.filter((format) => before.includes(format) || also.includes(format))
  const change = {
    of: LIVE,
    set: 'format_before',
    kind: 'converted_back',
    act: 'booking.converted_back',
    why: reason,
  } as const
  return [
    expectNone(ctx, chosen.where('format', 'not in', formats)),
    ...(session.over ? [] : notifyAll(ctx, session, change)),
    sessionWrite(ctx, session.id, {
      formats: formats.join(','),
      formats_before: null,
      suspension: null,
      ...reasonBeside(session, reason ?? (await reasonLeft(ctx, session))),
    }),
    note(ctx, 'session.converted_back', session.id, besideDetail({ beside })),
  ]
}

/**
 * The writes that replace the in-person format of a session. Bookings in person get the new format and one letter;
 * other bookings stay. The former formats are stored. Commit them within `changeWrites`.
 */
export function conversionWrites(ctx: Ctx, session: Session, { into, reason, suspension }: Conversion): Write[] {
  const formats = formatsAfter(session.formats, into).join(',')
  return [
    ...notifyAll(ctx, session, {
      of: LIVE,
      formats: IN_PERSON,
      set: { format: into },
      kind: 'converted',
      act: 'booking.converted',
      why: reason,
    }),
    sessionWrite(ctx, session.id, {
      formats,
      formats_before: session.formats.join(','),
      suspension,
      ...reasonBeside(session, reason),
    }),
    note(ctx, 'session.converted', session.id, {
      into,
      suspension,
      why: reason,
      ...(session.reason && { earlier: session.reason }),
    }),
  ]
}
