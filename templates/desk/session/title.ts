import type { Session } from '../../../src/schedule/session.ts'
import type { PageContext } from '../../layout.tsx'
import { sessionDay } from '../../text/day.ts'

/** The day and the title of a session, for links and headings of the console. */
export function titleOf(frame: PageContext, session: Session): string {
  return `${sessionDay(frame.locale, session, true)} ${session.title[frame.locale]}`
}
