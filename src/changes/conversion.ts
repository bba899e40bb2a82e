import { type Format, IN_PERSON, LIVE } from '../base/vocabulary.ts'
import { notifyAll } from '../booking/write/notify.ts'
import type { Ctx } from '../context.ts'
import { sessionChange } from '../schedule/change-session.ts'
import type { Localized, Session } from '../schedule/session.ts'
import { note } from '../store/journal.ts'
import type { Write } from '../store/store.ts'

/** New format, reason, and suspension (null: only this session). */
export type Conversion = { into: Format; reason: Localized; suspension: string | null }

/** The formats of a session once it is no longer held in person. */
function formatsAfter(formats: readonly Format[], into: Format): Format[] {
  return [...new Set([...formats.filter((format) => !IN_PERSON.includes(format)), into])]
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
    }),
    sessionChange(ctx, session, {
      formats,
      formats_before: session.formats.join(','),
      suspension,
      reason_ja: reason.ja,
      reason_en: reason.en,
    }),
    note(ctx, 'session.converted', session.id, { into, suspension }),
  ]
}
