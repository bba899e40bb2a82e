/** What a status of a booking means. */
type Meaning = {
  /** It holds a place. People who wait and lottery entries hold none. */
  holds: boolean
  /** Not finished: the party holds a place to come, or asks for one. */
  live: boolean
  /** Not confirmed yet: it waits, or an answer is awaited. */
  pending: boolean
  /** It ended without a visit. Its place, if it had one, is free again. */
  over: boolean
}

/** The statuses of a booking, in the order in which the API lists them. */
export const STATUS = {
  booked: { holds: true, live: true, pending: false, over: false },
  requested: { holds: true, live: true, pending: true, over: false },
  waiting: { holds: false, live: true, pending: true, over: false },
  offered: { holds: true, live: true, pending: true, over: false },
  cancelled: { holds: false, live: false, pending: false, over: true },
  lapsed: { holds: false, live: false, pending: false, over: true },
  attended: { holds: true, live: false, pending: false, over: false },
  absent: { holds: true, live: false, pending: false, over: false },
} as const satisfies Record<string, Meaning>
export type BookingStatus = keyof typeof STATUS

/** Every status of a booking. */
export const BOOKING_STATUSES = Object.keys(STATUS) as BookingStatus[]

/** The statuses that lists and figures tell apart. `declined` (辞退) is not `cancelled`. */
export const LISTED_STATUSES = [...BOOKING_STATUSES, 'declined'] as const
export type ListedStatus = (typeof LISTED_STATUSES)[number]

type With<M extends keyof Meaning> = {
  [S in BookingStatus]: (typeof STATUS)[S][M] extends true ? S : never
}[BookingStatus]

function statusesThat<M extends keyof Meaning>(meaning: M): readonly With<M>[] {
  return BOOKING_STATUSES.filter((status): status is With<M> => STATUS[status][meaning])
}

/** The statuses that hold a place. */
export const HOLDING = statusesThat('holds')

/** The statuses that are not finished. */
export const LIVE = statusesThat('live')

/** The statuses that ended without a visit. */
export const OVER = statusesThat('over')

/** How a booking ended without a visit, and the status that it has then. In the order in which the API lists them. */
export const ENDS = {
  /** Its holder cancelled it, withdrew it, declined the offer or had their data erased. */
  cancelled: 'cancelled',
  cancelled_by_desk: 'cancelled',
  called_off: 'cancelled',
  /** Nobody answered the offer of a place in time. */
  offer_over: 'lapsed',
  turned_down: 'lapsed',
  /** The desk did not answer the request in time. */
  unanswered: 'lapsed',
  /** Its session was over, and it had no place. */
  session_over: 'lapsed',
} as const satisfies Record<string, (typeof OVER)[number]>
export type End = keyof typeof ENDS

/** Every way in which a booking ends without a visit. */
export const END_NAMES = Object.keys(ENDS) as End[]

/** The state of a booking: its status, or how it ended. */
export type BookingState = Exclude<BookingStatus, (typeof OVER)[number]> | End

/** The state of a booking from its columns. A process of an earlier version says only that it is over. */
export function stateOf({ status, ended }: { status: BookingStatus; ended: End | null }): BookingState {
  if (status === 'cancelled') return ended ?? 'cancelled'
  return status === 'lapsed' ? (ended ?? 'offer_over') : status
}

/** The columns of a booking in a state. */
export function stateColumns(state: BookingState): { status: BookingStatus; ended: End | null } {
  return isEnd(state) ? { status: ENDS[state], ended: state } : { status: state, ended: null }
}

function isEnd(state: BookingState): state is End {
  return Object.hasOwn(ENDS, state)
}

/** The statuses of a session. They are tested in this order; the first that applies is the status. */
export const SESSION_STATUSES = [
  'called_off',
  'postponed',
  'skipped',
  'held',
  'elsewhere',
  'undecided',
  'not_yet_open',
  'closed',
  'full',
  'few',
  'open',
] as const
export type SessionStatus = (typeof SESSION_STATUSES)[number]

/** The statuses in which anybody finds a place. */
export const FREE: readonly SessionStatus[] = ['open', 'few']

/** The ways to take part, in the order of the form. */
export const FORMATS = ['onsite', 'online', 'phone', 'visit'] as const
export type Format = (typeof FORMATS)[number]

/** The formats for which people meet in one place. */
export const IN_PERSON = ['onsite', 'visit'] as readonly Format[]

/** The kinds of session. */
export const KINDS = ['consultation', 'seminar'] as const
export type Kind = (typeof KINDS)[number]

/** How applications are taken: 先着順, 承認制, 抽選. */
export const ACCEPTANCES = ['first_come', 'approval', 'lottery'] as const
export type Acceptance = (typeof ACCEPTANCES)[number]

/** The types of desk (docs/domain.md): 地域の窓口, 地域拠点, 総合通信局, 事務局. In the order of the list. */
export const DESK_KINDS = ['local', 'base', 'bureau', 'secretariat'] as const
export type DeskKind = (typeof DESK_KINDS)[number]

/** What a person may ask a desk about, in the order of the form. */
export const TOPICS = ['general', 'labour', 'ict', 'security', 'subsidy', 'other'] as const
export type Topic = (typeof TOPICS)[number]

/** Majors of 日本標準産業分類 (Japan Standard Industrial Classification), A to T. */
export const INDUSTRIES = [...'ABCDEFGHIJKLMNOPQRST'] as readonly string[]

/** What a firm may ask an expert about. The first topic of a request is its main one. */
export const REQUEST_TOPICS = [...TOPICS, 'management'] as const
export type RequestTopic = (typeof REQUEST_TOPICS)[number]

/** How an expert advises: by web, by telephone, or on a visit to the firm. Nobody comes to a desk for it. */
export const ADVICE_FORMATS = ['online', 'phone', 'visit'] as const satisfies readonly Format[]
export type AdviceFormat = (typeof ADVICE_FORMATS)[number]

/** How far a firm is with telework: 検討中, 準備中, 試行中, 導入済み. */
export const STAGES = ['considering', 'preparing', 'trying', 'introduced'] as const
export type Stage = (typeof STAGES)[number]

/** What kind of applicant asks for an expert: 企業, 個人事業, NPO, 自治体. Of `sole` the name is that of a person. */
export const ORGANISATIONS = ['company', 'sole', 'npo', 'municipality'] as const
export type Organisation = (typeof ORGANISATIONS)[number]

/** The halves of a day that a firm may wish: 午前, 午後, いつでも. */
export const HALVES = ['morning', 'afternoon', 'any'] as const
export type Half = (typeof HALVES)[number]

/** The most half-days that a firm may wish. */
export const MOST_WISHES = 3

/** The states of a firm's request for an expert (案件). */
export const REQUEST_STATES = ['matching', 'held', 'matched', 'advising', 'finished', 'unmatched', 'withdrawn'] as const
export type RequestState = (typeof REQUEST_STATES)[number]

/** The states in which a request is open. A firm has one open request at most. */
export const OPEN_REQUEST = ['matching', 'held', 'matched', 'advising'] as const satisfies readonly RequestState[]

/** Whether a request is open: its firm can make no other one. */
export function isOpenRequest({ state }: { state: RequestState }): boolean {
  return OPEN_REQUEST.some((open) => open === state)
}

/** The states of a match: an offer of a request to one expert (打診). */
export const MATCH_STATES = ['offered', 'accepted', 'declined', 'expired', 'withdrawn', 'ended', 'released'] as const
export type MatchState = (typeof MATCH_STATES)[number]

/** The states in which a match holds a place of its expert. */
export const LIVE_MATCH = ['offered', 'accepted'] as const satisfies readonly MatchState[]

/** What an expert is in a request. The second one is asked only by staff, or if a matter needs two fields. */
export const MATCH_ROLES = ['lead', 'second'] as const
export type MatchRole = (typeof MATCH_ROLES)[number]

/** The states of the report on a visit (報告). */
export const REPORT_STATES = ['draft', 'filed', 'returned', 'approved'] as const
export type ReportState = (typeof REPORT_STATES)[number]

/** The states of an expert: takes new requests, takes none for a while, or is gone for good. */
export const EXPERT_STATES = ['active', 'paused', 'left'] as const
export type ExpertState = (typeof EXPERT_STATES)[number]

/** Why an expert is not asked. They are tested in this order; an expert counts under the first that applies. */
export const EXCLUSIONS = [
  'paused',
  'absent',
  'full',
  'week',
  'conflict',
  'asked',
  'topic',
  'format',
  'place',
  'language',
] as const
export type Exclusion = (typeof EXCLUSIONS)[number]

/** The parts of a score, in the order in which pages show them. They add up to it. */
export const SCORE_PARTS = ['topic', 'industry', 'stage', 'place', 'time', 'load', 'week', 'continuity'] as const
export type ScorePart = (typeof SCORE_PARTS)[number]

/** The kinds of questions that a desk asks of its own. `companions` asks for the names of those who come along. */
export const QUESTION_KINDS = ['text', 'choice', 'choices', 'number', 'tick', 'companions'] as const
export type QuestionKind = (typeof QUESTION_KINDS)[number]

/** The channels through which bookings are made (docs/domain.md rule 10). */
export const CHANNELS = ['web', 'api', 'phone', 'counter', 'mail'] as const
export type Channel = (typeof CHANNELS)[number]

/** What is capped: the bookings and letters of a day, and the places held at once. */
export const CAP_COUNTED = ['bookings', 'letters', 'places'] as const
export type CapCounted = (typeof CAP_COUNTED)[number]

/** Of whom it is capped: of one e-mail address, one telephone or one network. */
export const CAP_SOURCES = ['recipient', 'phone', 'network'] as const
export type CapSource = (typeof CAP_SOURCES)[number]

/** Days of the week as rules name them (RFC 5545 section 3.3.10), Sunday first. */
export const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const

/** Which of a month's weekdays: the first to the fourth, or the last. */
export const NTHS = ['1', '2', '3', '4', '-1'] as const

/** The acts of the desk on a whole session. */
export const SESSION_ACTS = [
  'call-off',
  'hold-again',
  'reschedule',
  'convert',
  'convert-back',
  'venue',
  'settle',
  'meeting',
  'draw',
  'announce',
] as const
export type SessionAct = (typeof SESSION_ACTS)[number]

/** Whether a word is the name of an act on a session. */
export function isSessionAct(word: string): word is SessionAct {
  return SESSION_ACTS.some((act) => act === word)
}

/** What became of an application. Each became one of these. */
export const BECAME = [
  'attended',
  'absent',
  'unrecorded',
  'ahead',
  'postponed',
  'pending',
  'cancelled',
  'declined',
  'called_off',
  'turned_down',
  'lapsed',
] as const

/** One of these. */
export type Became = (typeof BECAME)[number]

/** The steps from an empty house to the first booking, in the order in which they are taken. */
export const SETUP_STEPS = ['house', 'programme', 'desk', 'venue', 'session', 'people', 'mail', 'booking'] as const
export type SetupStep = (typeof SETUP_STEPS)[number]

/** Which steps are done. */
export type Setup = Record<SetupStep, boolean>

/** Whether nobody can book anything yet, because a programme, a desk or a session ahead is missing. */
export const isEmptyHouse = ({ programme, desk, session }: Setup) => !(programme && desk && session)

/**
 * The next step of a house that is being set up: until somebody has booked, and nobody can. Null once that is so, or if
 * all is done. A house with a session ahead may have no venue.
 */
export function nextStep(setup: Setup): SetupStep | null {
  if (setup.booking && !isEmptyHouse(setup)) return null
  return SETUP_STEPS.find((step) => !setup[step] && !(step === 'venue' && setup.session)) ?? null
}

/** What lines of the journal may be about, in the order of its filter. */
export const JOURNAL_SUBJECTS = [
  'booking',
  'session',
  'series',
  'schedule',
  'programme',
  'intake',
  'venue',
  'closure',
  'suspension',
  'cap',
  'interest',
  'alert',
  'request',
  'account',
  'expert',
  'house',
  'desk',
  'question',
  'message',
  'ticked',
  'reading',
  'link',
  'export',
  'webhook',
  'key',
] as const

/** The id of the session for a booking on trial. There is one at most. */
export const TRIAL = 'trial'

/** The most bookings that one act on ticked bookings takes. */
export const TICKED_MOST = 100

/** So many of them are done before their page answers. More go on without it. */
export const TICKED_AT_ONCE = 10

/** What is done with several bookings in one act on ticked bookings. `booked` takes the record of a visit back. */
export const TOGETHER = ['absent', 'booked', 'move'] as const
export type Together = (typeof TOGETHER)[number]

/** What webhooks tell of a session. */
export const WEBHOOK_TYPES = [
  'session.opened',
  'session.changed',
  'session.rescheduled',
  'session.converted',
  'session.postponed',
  'session.called_off',
  'session.full',
  'session.free',
] as const
export type WebhookType = (typeof WEBHOOK_TYPES)[number]

/** What the key of a partner opens: reading, or also booking. */
export const KEY_SCOPES = ['read', 'book'] as const
export type KeyScope = (typeof KEY_SCOPES)[number]
