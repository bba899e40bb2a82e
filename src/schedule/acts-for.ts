import { isInPerson } from '../base/seating.ts'
import type { SessionAct, SessionStatus } from '../base/vocabulary.ts'
import type { Session } from './session.ts'

/** The acts of a desk on one session: on the whole session, its planning, and entering a booking. */
export type DeskSessionAct = SessionAct | 'edit' | 'skip' | 'open' | 'enter'

/** What the rules need of a session. */
type Facts = Pick<
  Session,
  'status' | 'over' | 'formats' | 'formats_before' | 'suspension' | 'acceptance' | 'draw' | 'settled'
>

/** The statuses of a session in which the desk enters bookings: also before it opens and after the public's deadline. */
export const ENTERED = ['not_yet_open', 'open', 'few', 'full', 'closed'] as const satisfies readonly SessionStatus[]

/** Whether its desk can still change a session: it is neither over nor called off. */
export function isChangeable({ status }: Pick<Facts, 'status'>): boolean {
  return status !== 'held' && status !== 'called_off'
}

/** Whether a session is by lot and no longer accepts entries. */
export function isLotClosed({ acceptance, status }: Pick<Facts, 'acceptance' | 'status'>): boolean {
  return acceptance === 'lottery' && status === 'closed'
}

/** When each act is possible, in the order of the page. */
const RULES: Record<DeskSessionAct, (session: Facts, booked: boolean) => boolean> = {
  enter: ({ status }) => ENTERED.some((one) => one === status),
  edit: isChangeable,
  skip: (session, booked) =>
    isChangeable(session) && session.status !== 'skipped' && session.status !== 'postponed' && !booked,
  open: ({ status }) => status === 'skipped',
  draw: (session) => isLotClosed(session) && session.draw === null,
  announce: (session) => isLotClosed(session) && session.draw === 'drawn',
  settle: ({ status }) => status === 'undecided',
  reschedule: (session) => isChangeable(session) && (session.settled === 'time' || session.status === 'postponed'),
  convert: (session) => isChangeable(session) && isInPerson(session),
  'convert-back': (session) => isChangeable(session) && session.formats_before !== null && session.suspension === null,
  venue: (session) => isChangeable(session) && session.formats.includes('onsite'),
  meeting: (session) => isChangeable(session) && session.formats.includes('online'),
  'call-off': isChangeable,
  'hold-again': ({ status, over }) => status === 'called_off' && !over,
}

/** When an act leaves nothing to do, because somebody did it before. */
const DONE: Partial<Record<SessionAct, (session: Facts) => boolean>> = {
  draw: ({ draw }) => draw !== null,
  announce: ({ draw }) => draw === 'announced',
  convert: (session) => isChangeable(session) && !isInPerson(session),
  'convert-back': (session) => isChangeable(session) && session.formats_before === null,
  'call-off': ({ status }) => status === 'called_off',
  'hold-again': ({ status }) => status !== 'held' && status !== 'called_off',
}

/** Whether an act was done before, so that it would change nothing. */
export function isDone(session: Facts, act: SessionAct): boolean {
  return DONE[act]?.(session) ?? false
}

/**
 * The acts that are possible for a session now, in the order of its page. Acts and page both use it. `booked`: it has
 * bookings, so it is called off, not skipped; only `skip` depends on it.
 */
export function actsFor(session: Facts, { booked = false }: { booked?: boolean } = {}): ReadonlySet<DeskSessionAct> {
  const names = Object.keys(RULES) as DeskSessionAct[]
  return new Set(names.filter((act) => RULES[act](session, booked)))
}
