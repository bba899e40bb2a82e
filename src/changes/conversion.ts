import { type Format, IN_PERSON, LIVE } from '../base/vocabulary.ts'
import { notifyAll } from '../booking/write/notify.ts'
import { expecting, placesOf, withSeatRecount } from '../booking/write/seats.ts'
import type { Ctx } from '../context.ts'
import { sessionChange } from '../schedule/change-session.ts'
import type { Localized, Session } from '../schedule/session.ts'
import { note } from '../store/journal.ts'
import type { Write } from '../store/store.ts'

/** Into what, why, and by which suspension (null: this session alone). */
export type Conversion = { into: Format; reason: Localized; suspension: string | null }

/** The formats of a session once nothing of it is held in person any more. */
function formatsAfter(formats: readonly Format[], into: Format): Format[] {
  return [...new Set([...formats.filter((format) => !IN_PERSON.includes(format)), into])]
}

/**
 * The writes that hold a session in another way than in person: who has applied for a place there has the other form from
 * then on, and is told once; the others are left as they are. Its formats before are kept.
 */
export function conversionWrites(ctx: Ctx, session: Session, { into, reason, suspension }: Conversion): Write[] {
  const formats = formatsAfter(session.formats, into).join(',')
  return withSeatRecount(
    ctx,
    placesOf(session),
    expecting(ctx, 'session', session),
    ...notifyAll(ctx, session, {
      of: LIVE,
      formats: IN_PERSON,
      set: { format: into },
      kind: 'converted',
      act: 'booking.converted',
    }),
    sessionChange(ctx, session, {
      formats,
      formats_before: session.formats.join(','),
      suspension,
      reason_ja: reason.ja,
      reason_en: reason.en,
    }),
    note(ctx, 'session.converted', session.id, { into, suspension }),
  )
}
