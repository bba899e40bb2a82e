import { actsFor, type DeskSessionAct, isChangeable } from './acts-for.ts'

type Facts = Parameters<typeof actsFor>[0]

/** Why an act that the desk would look for on the page of a session is not there. */
export type SessionWithheld =
  | ('booked' | 'not_closed' | 'suspended' | 'over')
  | ('undecided' | 'postponed' | 'skipped' | 'elsewhere')

const BEFORE_BOOKING = ['undecided', 'postponed', 'skipped', 'elsewhere'] as const

/** Why each act is withheld that a clerk would look for in the state of the session. */
const RULES = {
  enter: ({ status }) => BEFORE_BOOKING.find((one) => one === status) ?? null,
  skip: (session, booked) =>
    isChangeable(session) && session.status !== 'skipped' && session.status !== 'postponed' && booked ? 'booked' : null,
  draw: (session) =>
    session.acceptance === 'lottery' &&
    session.draw === null &&
    ['not_yet_open', 'open', 'few', 'full'].includes(session.status)
      ? 'not_closed'
      : null,
  reschedule: ({ status }) => (status === 'undecided' ? 'undecided' : null),
  'convert-back': (session) =>
    isChangeable(session) && session.formats_before !== null && session.suspension !== null ? 'suspended' : null,
  'hold-again': ({ status, over }) => (status === 'called_off' && over ? 'over' : null),
} satisfies Partial<Record<DeskSessionAct, (session: Facts, booked: boolean) => SessionWithheld | null>>

/** An act of which the page of a session says why it is not possible. */
export type WithheldSessionAct = keyof typeof RULES

/** The acts that the desk would look for and that are not possible now, with why. `booked` as in `actsFor`. */
export function withheldFrom(session: Facts, { booked }: { booked: boolean }): [WithheldSessionAct, SessionWithheld][] {
  const acts = actsFor(session, { booked })
  return (Object.keys(RULES) as WithheldSessionAct[]).flatMap((act) => {
    const why = acts.has(act) ? null : RULES[act](session, booked)
    return why === null ? [] : [[act, why] as [WithheldSessionAct, SessionWithheld]]
  })
}
