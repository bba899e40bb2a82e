import { FORMATS, type Format, IN_PERSON, LIVE } from '../base/vocabulary.ts'
import { inScope } from '../booking/queries.ts'
import { notifyAll } from '../booking/write/notify.ts'
import type { Ctx } from '../context.ts'
import { sessionChange } from '../schedule/change-session.ts'
import { type Beside, besideDetail, clashesAt, NOTHING_BESIDE } from '../schedule/clashes.ts'
import { reasonBeside } from '../schedule/reason.ts'
import type { Localized, Session } from '../schedule/session.ts'
import { expectNone } from '../store/expectation.ts'
import { note, noteAll } from '../store/journal.ts'
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

/** What else its venue has at the time of a session, if people come to it again that was converted. */
export async function clashesInPerson(ctx: Ctx, session: Session): Promise<Beside> {
  const comes = session.formats_before?.includes('onsite') === true && !session.formats.includes('onsite')
  return comes ? clashesAt(ctx, session.venue?.id ?? null, session) : NOTHING_BESIDE
}

/**
 * The writes that undo a conversion. People who were converted get their form back and one letter. A form that somebody
 * chose since then stays, also in the session. `keeping`: the session also keeps every other format that it has now.
 * `beside`: the reason for a clash. A `reason` of null is none; that of a session that is off or postponed stays. Commit
 * them within `changeWrites`.
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
    sessionChange(ctx, session, {
      formats: formats.join(','),
      formats_before: null,
      suspension: null,
      ...reasonBeside(session, reason),
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
    sessionChange(ctx, session, {
      formats,
      formats_before: session.formats.join(','),
      suspension,
      ...reasonBeside(session, reason),
    }),
    note(ctx, 'session.converted', session.id, { into, suspension }),
  ]
}
