import { type Duties, type Duty, dutyAt } from '../../src/base/duty.ts'
import { civilTime } from '../../src/base/japan/civil.ts'
import type { Session } from '../../src/schedule/session.ts'
import type { PageContext } from '../layout.tsx'
import { deskTexts } from '../text/desk.ts'

/** Who advises and where, in a few words; empty if neither is known. */
export function dutyText(frame: PageContext, { adviser, room }: Duty): string {
  const separator = frame.locale === 'ja' ? '・' : ', '
  return [adviser?.name, room].filter(Boolean).join(separator)
}

/** The rows of who advises in a session: one text for all times, or each with its own. */
export function dutyRows(frame: PageContext, session: Session, duties: Duties | undefined): [string, string][] {
  const t = deskTexts(frame.locale).advisers
  const whole = dutyText(frame, dutyAt(duties, null))
  const times = session.slots.map(({ id, starts_at }) => [civilTime(starts_at), dutyText(frame, dutyAt(duties, id))])
  if (times.every(([, text]) => text === whole)) return [[t.title, whole === '' ? t.none : whole]]
  return [[t.title, times.map(([time, text]) => `${time} ${text === '' ? t.none : text}`).join(' / ')]]
}
