/** What a kind of letter means. A flag that is left out is false. */
type Meaning = {
  /**
   * People without e-mail are called instead. `told`: until the desk has reached them, as after each change; `day`:
   * until the day of the booking. null: nobody is called, for the letter was asked for by e-mail, or is no loss.
   */
  call: 'told' | 'day' | null
  /** What its subject is: the row whose id the outbox keeps. */
  about: 'booking' | 'email_change' | 'interest' | 'alert' | 'request' | 'sign_in' | 'account'
  /** METHOD of its calendar part: it puts an entry into the recipient's calendar or takes it out. null without one. */
  calendar: 'REQUEST' | 'CANCEL' | null
  /** It tells of a change of its booking. Each change raises SEQUENCE and has exactly one such letter. */
  change?: true
  /** It tells what its booking has become: another state. */
  becomes?: true
  /** It says that something is still to come. It is dropped if its booking is over before it is sent. */
  promise?: true
  /** It says that all is over: nothing is left to change or cancel. */
  ends?: true
  /** It tells what its reader has perhaps done themselves. */
  own?: true
  /** It goes to people with a place and people who wait alike. Only the former have a calendar entry. */
  toAll?: true
  /** It says why. */
  reason?: true
  /** It confirms a place. The desk's documents go with it. */
  confirms?: true
  /** It says what was before the change: date, hours, form, place or number of people. */
  before?: true
}

/** The kinds of letters, in the order in which the console lists them. */
export const LETTERS = {
  booked: {
    about: 'booking',
    calendar: 'REQUEST',
    change: true,
    call: 'told',
    becomes: true,
    promise: true,
    confirms: true,
  },
  promoted: {
    about: 'booking',
    calendar: 'REQUEST',
    change: true,
    call: 'told',
    becomes: true,
    promise: true,
    confirms: true,
  },
  moved: { about: 'booking', calendar: 'REQUEST', change: true, call: 'told', promise: true, before: true },
  amended: {
    about: 'booking',
    calendar: 'REQUEST',
    change: true,
    call: 'told',
    promise: true,
    toAll: true,
    before: true,
  },
  rescheduled: {
    about: 'booking',
    calendar: 'REQUEST',
    change: true,
    call: 'told',
    promise: true,
    toAll: true,
    reason: true,
    before: true,
  },
  converted: {
    about: 'booking',
    calendar: 'REQUEST',
    change: true,
    call: 'told',
    promise: true,
    toAll: true,
    reason: true,
    before: true,
  },
  held_again: {
    about: 'booking',
    calendar: 'REQUEST',
    change: true,
    call: 'told',
    promise: true,
    becomes: true,
    toAll: true,
    reason: true,
    before: true,
  },
  restored: {
    about: 'booking',
    calendar: 'REQUEST',
    change: true,
    call: 'told',
    promise: true,
    becomes: true,
    toAll: true,
    before: true,
  },
  converted_back: {
    about: 'booking',
    calendar: 'REQUEST',
    change: true,
    call: 'told',
    promise: true,
    toAll: true,
    reason: true,
    before: true,
  },
  relocated: {
    about: 'booking',
    calendar: 'REQUEST',
    change: true,
    call: 'told',
    promise: true,
    toAll: true,
    reason: true,
    before: true,
  },
  meeting: { about: 'booking', calendar: 'REQUEST', change: true, call: 'told', promise: true },
  cancelled: { about: 'booking', calendar: 'CANCEL', change: true, call: 'told', becomes: true, ends: true, own: true },
  called_off: {
    about: 'booking',
    calendar: 'CANCEL',
    change: true,
    call: 'told',
    becomes: true,
    ends: true,
    toAll: true,
    reason: true,
  },
  postponed: {
    about: 'booking',
    calendar: 'CANCEL',
    change: true,
    call: 'told',
    promise: true,
    toAll: true,
    reason: true,
    before: true,
  },
  // People who wait have no calendar entry yet, and none to be taken out.
  waiting: { about: 'booking', calendar: null, change: true, call: 'told', becomes: true, promise: true },
  offered: { about: 'booking', calendar: null, change: true, call: 'told', becomes: true, promise: true },
  lapsed: { about: 'booking', calendar: null, change: true, call: 'told', becomes: true, ends: true },
  left: { about: 'booking', calendar: null, change: true, call: 'told', becomes: true, ends: true, own: true },
  session_over: { about: 'booking', calendar: null, change: true, call: 'told', becomes: true, ends: true },
  reminder: { about: 'booking', calendar: null, call: 'day' },
  requested: { about: 'booking', calendar: null, change: true, call: 'told', becomes: true, promise: true },
  turned_down: { about: 'booking', calendar: null, change: true, call: 'told', becomes: true, ends: true },
  unanswered: { about: 'booking', calendar: null, change: true, call: 'told', becomes: true, ends: true },
  withdrawn: { about: 'booking', calendar: null, change: true, call: 'told', becomes: true, ends: true, own: true },
  entered: { about: 'booking', calendar: null, change: true, call: 'told', becomes: true, promise: true },
  won: { about: 'booking', calendar: null, change: true, call: 'told', becomes: true, promise: true },
  reserve: { about: 'booking', calendar: null, change: true, call: 'told', becomes: true, promise: true },
  message: { about: 'booking', calendar: null, call: 'told', promise: true },
  survey: { about: 'booking', calendar: null, call: null },
  link: { about: 'booking', calendar: null, call: null },
  confirm_email: { about: 'email_change', calendar: null, call: null },
  left_email: { about: 'email_change', calendar: null, call: null },
  confirm_interest: { about: 'interest', calendar: null, call: null },
  settled: { about: 'interest', calendar: null, call: null },
  interest_postponed: { about: 'interest', calendar: null, call: null },
  interest_again: { about: 'interest', calendar: null, call: null },
  interest_over: { about: 'interest', calendar: null, call: null },
  confirm_alert: { about: 'alert', calendar: null, call: null },
  place_free: { about: 'alert', calendar: null, call: null },
  alert_over: { about: 'alert', calendar: null, call: null },
  asked: { about: 'request', calendar: null, call: null },
  request_link: { about: 'request', calendar: null, call: null },
  request_withdrawn: { about: 'request', calendar: null, call: null },
  sign_in: { about: 'sign_in', calendar: null, call: null },
  invitation: { about: 'sign_in', calendar: null, call: null },
  factor_added: { about: 'account', calendar: null, call: null },
  factor_dropped: { about: 'account', calendar: null, call: null },
  new_browser: { about: 'account', calendar: null, call: null },
  email_changed: { about: 'account', calendar: null, call: null },
  recovery_made: { about: 'account', calendar: null, call: null },
  recovery_used: { about: 'account', calendar: null, call: null },
  trial: { about: 'account', calendar: null, call: null },
  webhook_stopped: { about: 'account', calendar: null, call: null },
} as const satisfies Record<string, Meaning & ({ change: true; call: 'told' } | { change?: never })>

/** The fault of a letter that a cap withheld. It has failed; a desk may send it again. */
export const CAPPED = 'capped'

/** The start of the `dedupe_key` of a call that takes the place of a letter that failed for good. */
export const UNDELIVERED = 'undelivered'

/** The start of the `dedupe_key` of a letter to an address that its booking had not. It says how the booking stands. */
export const ADDRESSED = 'addressed'

/** The same, if that took the place of another address: its reader knows nothing yet. */
export const READDRESSED = `${ADDRESSED} instead`

/** What a letter says. */
export type LetterKind = keyof typeof LETTERS

/** What letters may be about. */
export type LetterSubject = Meaning['about']

type About<S extends LetterSubject> = {
  [K in LetterKind]: (typeof LETTERS)[K]['about'] extends S ? K : never
}[LetterKind]

/** What a letter about a booking says. */
export type BookingLetterKind = About<'booking'>

/**
 * How the person of a booking hears of its last change. `nothing`: they know how it is, or it is too late. `failed`: the
 * letter does not leave. `known`: they heard already, or did it themselves on the web without an e-mail.
 */
export type Hears = 'mail' | 'sms' | 'call' | 'nothing' | 'failed' | 'known'

/** What a letter to a person who asked for a session's date says. */
export type InterestLetterKind = About<'interest'>

/** What a letter to a person who asked for free places says. */
export type AlertLetterKind = About<'alert'>

/** What a letter to a firm about its request says. */
export type RequestLetterKind = About<'request'>

/** What a letter to the owner of an account says. */
export type AccountLetterKind = About<'account'>

/** Every kind of letter. */
export const LETTER_KINDS = Object.keys(LETTERS) as LetterKind[]

/** Returns what a kind of letter means. */
export function meaningOf(kind: LetterKind): Meaning {
  return LETTERS[kind]
}

/** Every kind of letter about a booking. */
export const BOOKING_LETTERS = LETTER_KINDS.filter(
  (kind): kind is BookingLetterKind => LETTERS[kind].about === 'booking',
)

/** The letters that are dropped if their booking is over before they are sent. */
export const PROMISES = LETTER_KINDS.filter((kind) => meaningOf(kind).promise)

/** The letters that tell of a change of their booking. */
export const CHANGES = LETTER_KINDS.filter((kind) => meaningOf(kind).change)
