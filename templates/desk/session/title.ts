import type { Session } from '../../../src/schedule/session.ts'
import type { Frame } from '../../layout.tsx'
import { texts } from '../../text/index.ts'
import { dayText } from '../../text/when.ts'

/** The day of a session and its title, as links and headings of the console say it. */
export function titleOf(frame: Frame, session: Session): string {
  const day = session.date === null ? texts(frame.locale).dateUndecided : dayText(frame.locale, session.date)
  return `${day} ${session.title[frame.locale]}`
}
