import type { Session } from '../../../src/schedule/session.ts'
import type { PageContext } from '../../layout.tsx'
import { texts } from '../../text/index.ts'
import { dayText } from '../../text/when.ts'

/** The day and the title of a session, for links and headings of the console. */
export function titleOf(frame: PageContext, session: Session): string {
  const day = session.date === null ? texts(frame.locale).dateUndecided : dayText(frame.locale, session.date)
  return `${day} ${session.title[frame.locale]}`
}
