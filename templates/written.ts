import { raw } from 'hono/html'
import { fragments, phrases } from '../src/base/recall.ts'
import type { Session } from '../src/schedule/session.ts'

/*
 * Parts of pages that are written once and sent many times. To make elements and escape them is most of the time of a
 * page. A part depends on nothing but its session and its name: not on the clock, the reader or the address.
 */

const ofSessions = fragments<Session>()
const ofPages = phrases(1_000_000)

/** A part that shows one session. `name` says what else it depends on: the kind of part, and the language. */
export function ofSession(session: Session, name: string, element: () => unknown) {
  return raw(ofSessions(session, name, () => String(element())))
}

/** A part that shows no session. `names` are all that it depends on, and which part it is. */
export function ofPage(names: readonly unknown[], element: () => unknown) {
  return raw(ofPages(JSON.stringify(names), () => String(element())))
}
