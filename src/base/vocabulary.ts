/** What the desk does to a whole session, and whether it first sees who is concerned. */
const SESSION_ACT = {
  'call-off': { previewed: true },
  reschedule: { previewed: true },
  convert: { previewed: true },
  venue: { previewed: true },
  settle: { previewed: false },
  meeting: { previewed: false },
  draw: { previewed: false },
  announce: { previewed: false },
} as const
export type SessionAct = keyof typeof SESSION_ACT

/** Whether a word names an act on a session. */
export function isSessionAct(word: string): word is SessionAct {
  return Object.hasOwn(SESSION_ACT, word)
}

/** Whether an act shows who is concerned before anything happens. */
export function isPreviewed(act: SessionAct): boolean {
  return SESSION_ACT[act].previewed
}
