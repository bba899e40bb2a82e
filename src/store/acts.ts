import type { Role } from '../base/actor.ts'
import type { Instant } from '../base/clock.ts'
import type { CivilDate } from '../base/japan/civil.ts'
import type { LetterKind } from '../base/letters.ts'
import type {
  BookingStatus,
  CapCounted,
  CapSource,
  Channel,
  End,
  Format,
  Kind,
  ListedStatus,
  QuestionKind,
  Together,
  WebhookType,
} from '../base/vocabulary.ts'
import type {
  ApiKeyRow,
  ClosureRow,
  LetterFileRow,
  MessageRow,
  RequestRow,
  SeriesRow,
  SessionRow,
  SlotRow,
} from './schema.ts'

/** The act needs no detail. */
type None = Record<string, never>

type InSession = { session: string }

/** An application for a place. */
type Application = InSession & { seats: number; format: Format; channel: Channel }

/** A change of a whole session, with one line for each booking; with the new format if it changed. */
type WithSession = InSession & { format?: Format }

type Place = { session: string; slot: string | null }

/** The times of slots, so that an undo can restore them. */
type SlotTimes = Pick<SlotRow, 'starts_at' | 'ends_at' | 'capacity'>[]

/** A session before a change, its slots if they changed too, and its revision after it. */
type SessionBefore = { before: Partial<SessionRow>; slots?: SlotTimes; revision: number }

/** A series and its sessions before an edit: columns of the schedule only. */
export type SeriesBefore = {
  before: Partial<SeriesRow>
  dates: CivilDate[]
  /** The printed weekdays of these dates. Lines of earlier versions have none. */
  printed?: Record<CivilDate, string>
  sessions: SeriesSessionBefore[]
  /** Ids of the sessions that the edit left alone. */
  left: string[]
  revision: number
} & Beside

/** A session before its series was edited, and its revision after it. */
export type SeriesSessionBefore = { id: string; revision: number; before: Partial<SessionRow>; slots: SlotTimes }

/** The start before a move of a session, and its shift in minutes; null without a new date. */
type Shift = { from: Instant; minutes: number | null } & Beside

/** A reason in both languages. */
type Why = { ja: string; en: string }

/** Why the desk holds it at the same time as another session; left out if it does not. */
type Beside = { beside?: string }

/** The exported part of the ledger, and the number of its bookings. */
type Export = {
  format: 'xlsx' | 'csv' | 'sjis'
  from: CivilDate
  to: CivilDate
  prefecture: string | null
  kind: Kind | null
  status: ListedStatus | null
  channel: Channel | null
  way: Format | null
  /** Only of people who need support. Lines of earlier versions do not say. */
  support?: '1' | null
  /** The bookings that were ticked; without it all that fit. */
  ids?: readonly string[] | undefined
  /** Whether it was narrowed by a search, whose text is personal data. */
  searched: boolean
  rows: number
}

/** What is capped, and the most that is allowed from now on. */
type Capped = { counted: CapCounted; source: CapSource; most: number }

/** Whose question it is, and its kind. Its words are in its row. */
type Asked = { series: string | null; session: string | null; kind: QuestionKind }

/** Who advises: the accounts, and how many people are known by name only; and the number of rooms. */
type Assigned = { accounts: string[]; named: number; rooms: number }

type Rights = { role: Role; prefectures: string[] }

/** What was deleted, as the journal names it from then on. Lines of earlier versions do not say. */
export type Gone = { name: Why; date?: CivilDate | null }

/** All acts of the journal with the detail of their lines: ids, numbers and reasons, never personal data. */
type Details = {
  'booking.made': Application
  /** Without seats if it waited before. */
  'booking.requested': Application | InSession
  'booking.waits': Application
  'booking.entered': Application
  'booking.offered': InSession
  'booking.won': InSession
  'booking.reserve': InSession
  'booking.accepted': InSession
  'booking.promoted': InSession
  'booking.approved': InSession
  'booking.moved': { from: Place; to: Place; seats: number; format: Format }
  'booking.converted': WithSession
  'booking.postponed': WithSession
  'booking.rescheduled': WithSession
  'booking.relocated': WithSession
  /** Without a session if only this booking got the letter. */
  'booking.meeting_told': WithSession | None
  'booking.called_off': WithSession
  /** Called off or cancelled by the desk, and given back. */
  'booking.restored': WithSession
  /** In the form again from which its session was converted. */
  'booking.converted_back': InSession
  /** `ended`: if the desk did it. */
  'booking.cancelled': InSession & { ended?: 'cancelled_by_desk' }
  'booking.declined': InSession & { ended?: 'cancelled_by_desk' }
  /** `ended`: why. Lines of earlier versions do not say. */
  'booking.lapsed': InSession & { ended?: End }
  'booking.turned_down': InSession
  /** `cancelled`: its day was still to come. */
  'booking.erased': InSession & { cancelled: boolean }
  'booking.forgotten': None
  'booking.attended': None
  'booking.absent': None
  /** The mark of attendance was taken back. */
  'booking.unmarked': None
  /** Nothing once the booking is anonymous, because staff may name a person in the reason. */
  'booking.over': (InSession & { reason: string }) | None
  /** `for`: the booking that was offered the place instead. */
  'booking.passed_over': { why: 'slot' | 'seats' | 'format' | 'closed'; for: string }
  /** With the number of people and the form if one of them changed. */
  'booking.amended': { seats: number; format: Format } | None
  /** The holder confirmed another e-mail address. */
  'booking.email_confirmed': None
  'link.replaced': None
  'link.used': None
  'link.erased': None
  'booking.corrected': None
  /** What the desk corrected of what its holder said. */
  'booking.answers_corrected': { fields: ('answers' | 'companions' | 'support')[] }
  'booking.annotated': None
  /** The record of the consultation was saved. The names of the columns that changed. */
  'booking.recorded': { state: 'draft' | 'final'; fields: string[] }
  'booking.called': { about: LetterKind | 'freed' | 'stranded' }
  /** Marked as called by mistake. */
  'booking.uncalled': { about: LetterKind }
  'booking.not_reached': { about: LetterKind | 'freed' | 'stranded' }
  /** The day of the session. */
  'booking.reminded': { date: CivilDate }
  /** It was among the receivers of a message. */
  'booking.messaged': { message: string }
  /** Its holder gets no more messages, or gets them again. */
  'booking.messages_stopped': None
  'booking.messages_wanted': None
  'booking.sms_agreed': None
  'booking.sms_refused': None
  'letter.resent': { letter: string; kind: LetterKind }

  /** `copy`: the session whose content it has. */
  'session.published': Beside & { copy?: string }
  'session.edited': SessionBefore & Beside
  'session.skipped': SessionBefore
  'session.opened': SessionBefore & Beside
  'session.undone': None
  'session.called_off': None
  'session.held_again': Beside
  'session.converted_back': Beside
  'session.rescheduled': Shift
  'session.postponed': Shift
  /** `why` is its reason, `earlier` that of a change before it. Lines of earlier versions have neither. */
  'session.converted': { into: Format; suspension: string | null; why?: Why; earlier?: Why }
  'session.relocated': { venue: string } & Beside
  'session.meeting_told': None
  'session.assigned': Assigned
  /** `interested`: the number of people who are notified first. */
  'session.dated': { interested: number } & Beside
  'session.outlined': None
  'session.settled': { interested: number } & Beside
  'session.drawn': None
  'session.announced': { won: number; reserves: number }
  /** The session for a booking on trial was deleted with its bookings. */
  'session.trial_ended': None
  /** A session that nobody ever booked. */
  'session.deleted': Gone

  'series.started': Beside
  'series.edited': SeriesBefore
  'series.undone': None
  'series.assigned': Assigned
  /** A series that nobody ever booked, and the number of its sessions. */
  'series.deleted': Gone & { sessions: number }
  'series.short_made': { short: string }
  'schedule.planned': { made: number; from: CivilDate; to: CivilDate }
  /** The numbers of its letters and calls. */
  'message.sent': { target: MessageRow['target']; of: string; letters: number; calls: number; files?: number }
  /** The subject is the programme, series or session. */
  'letter_text.saved': { scope: string; kind: LetterKind }
  'letter_text.dropped': { scope: string; kind: LetterKind }
  /** The names of the columns that changed. The subject is the programme, series or session. */
  'letter_sender.saved': { scope: string; fields: string[] }
  'letter_sender.dropped': { scope: string }
  /** The subject is the file. Its name may name a person, and is only in its row. */
  'letter_file.added': { of: string; purpose: LetterFileRow['purpose']; type: LetterFileRow['type']; bytes: number }
  'letter_file.dropped': { of: string; purpose: LetterFileRow['purpose'] }
  'question.added': Asked
  /** The names of the columns that changed. */
  'question.edited': { fields: string[] }
  'question.moved': { position: number }
  'question.retired': None
  /** Asked again after it was retired. */
  'question.restored': None
  'question.removed': Gone
  'programme.opened': None
  'programme.edited': { fields: string[] }
  'programme.copied': { series: number } & Beside
  /** `records`: the rows that were read. */
  'intake.kept': { records: number }
  'intake.decided': None
  /** The numbers of what was made. */
  'intake.taken': { series: number; sessions: number } & Beside
  'intake.taken_out': { series: number; sessions: number; left: number }
  /** The day on which it was read. The name of its file may name a person. */
  'intake.dropped': { date: CivilDate }
  'venue.added': None
  'venue.edited': Beside
  'venue.deleted': Gone
  'venue.retired': None
  'venue.reopened': None
  'closure.confirmed': None
  'closure.lifted': Beside
  'closure.removed': Beside
  /** `before`: what it was; the subject is what it is now. */
  'closure.corrected': { before: Pick<ClosureRow, 'date' | 'scope' | 'reason_ja' | 'reason_en'> } & Beside
  'suspension.ordered': { prefectures: string[]; starts_on: CivilDate; ends_on: CivilDate; into: Format }
  /** `sessions`: how many it holds in person again. */
  'suspension.lifted': Beside & { sessions?: number }

  'cap.lifted': Capped
  'cap.restored': Capped

  'interest.asked': InSession
  'interest.confirmed': None
  'interest.ended': None
  'interest.over': None
  'alert.asked': None
  'alert.confirmed': None
  'alert.ended': None
  'alert.over': None

  'request.made': { prefecture: string; channel: RequestRow['channel'] }
  'request.withdrawn': { before: RequestRow['state'] }
  /** `withdrawn`: it was open before. */
  'request.erased': { withdrawn: boolean }
  'request.forgotten': None

  'account.added': Rights
  'account.invited': None
  /** `forgets`: the second factors were removed. */
  'account.edited': Rights & { state: 'active' | 'closed'; forgets: boolean }
  'account.asked_to_sign_in': None
  'account.signed_in': None
  /** The subject is `nobody` unless an account was meant for certain. */
  'account.sign_in_refused': { why: 'code' | 'link' | 'unknown' | 'cross_site' | 'too_many' }
  'account.signed_out': None
  'account.proven': None
  'account.code_wrong': None
  'account.totp_set_up': None
  'account.passkey_added': None
  'account.factor_dropped': None
  'account.recovery_made': None
  /** `left`: the codes that are left. */
  'account.recovery_used': { left: number }
  'account.trial_asked': None
  'account.feed_made': None
  'account.feed_dropped': None
  'expert.added': None
  /** The names of the columns that changed. */
  'expert.edited': { fields: string[] }
  'expert.left': { on: CivilDate }
  /** The number of hours of a week, each of one day. */
  'expert.hours_saved': { hours: number }
  'expert.absence_added': { from: Instant; to: Instant }
  'expert.absence_dropped': { from: Instant; to: Instant }
  /** The number of firms. Their names are not kept here. */
  'expert.ties_saved': { firms: number }
  /** The names of the columns that changed. */
  'house.saved': { fields: string[] }
  'desk.added': None
  /** The names of the columns that changed. */
  'desk.edited': { fields: string[] }
  /** The desk that has its series and sessions ahead now; null if it had none. */
  'desk.ended': { successor: string | null } & Beside
  'desk.reopened': None
  'desk.short_made': { short: string }
  'desk.deleted': Gone

  /** The subject is the webhook. Its address may hold a secret, and is only in its row. */
  'webhook.added': { desk: string | null }
  /** The names of the columns that changed. */
  'webhook.edited': { fields: string[] }
  /** It has a new secret. The one before signs too until then. */
  'webhook.rotated': { until: Instant }
  'webhook.secret_shown': None
  'webhook.paused': None
  'webhook.resumed': None
  /** `gone`: it answered 410. `failed`: it took nothing for three days. */
  'webhook.stopped': { why: 'gone' | 'failed' }
  'webhook.sent_again': { deliveries: number }
  'webhook.deleted': None

  /** The subject is the key. Its name may name somebody, and is only in its row. */
  'key.made': { desk: string; scope: ApiKeyRow['scope'] }
  'key.revoked': None

  /** An act on many ticked bookings was asked for. Each of them has a line of its own when it is done. */
  'ticked.asked': { act: Together; ids: string[] }
  'ticked.finished': { done: number; refused: number }
  /** The account that asked for it may do it no more. `left`: the bookings of which nothing was done. */
  'ticked.stopped': { done: number; refused: number; left: number }

  /** Staff read the record of a booking. */
  'reading.booking': None
  /** Staff read the list of a session's people. */
  'reading.session': None
  /** Staff read a letter. */
  'reading.letter': None
  /** Staff read a list of letters; the subject is their account, or the booking whose person the letters went to. */
  'reading.letters': None
  /** Staff read the ledger; the subject is their account. */
  'reading.ledger': None

  'export.asked': Export
  'export.made': Export
  /** The number of bookings sent so far. */
  'export.sent': { rows: number }
  'export.finished': { rows: number }
}

/** The name of an act in the journal. */
export type Act = keyof Details

/** The detail of a line of this act. For several acts, that of any of them. */
export type DetailOf<A extends Act> = Details[A]

/** The meaning of an act for the readers of the journal. */
type Meaning = {
  /**
   * The subject of its lines. `schedule` is the plan of all series. `reading` is what staff read. `link` is the hash of a
   * private link that works no more.
   */
  about:
    | ('booking' | 'session' | 'series' | 'schedule' | 'programme' | 'venue' | 'closure' | 'suspension')
    | (
        | 'cap'
        | 'interest'
        | 'alert'
        | 'request'
        | 'account'
        | 'expert'
        | 'house'
        | 'desk'
        | 'export'
        | 'reading'
        | 'question'
        | 'link'
        | 'message'
        | 'ticked'
        | 'intake'
        | 'webhook'
        | 'key'
      )
  /** Each booking begins with a line of such an act. */
  begins?: true
  /** The status of the booking after it. Null if the status stays, but its session, format or fate may change. */
  becomes?: BookingStatus | null
  /** How the figures of the waiting list count it. */
  waits?: 'joined' | 'offered' | 'accepted' | 'promoted'
  /** Its detail holds the state before, so that it can be undone. */
  undo?: true
  /** What webhooks hear of its session. `each`: what they hear of each session that its commit made or changed. */
  tells?: WebhookType | 'each'
}

/** All acts of the journal. */
export const ACTS = {
  'booking.made': { about: 'booking', begins: true, becomes: 'booked' },
  'booking.requested': { about: 'booking', begins: true, becomes: 'requested' },
  'booking.waits': { about: 'booking', begins: true, becomes: 'waiting', waits: 'joined' },
  'booking.entered': { about: 'booking', begins: true, becomes: 'waiting' },
  'booking.offered': { about: 'booking', becomes: 'offered', waits: 'offered' },
  'booking.won': { about: 'booking', becomes: 'offered' },
  'booking.reserve': { about: 'booking' },
  'booking.accepted': { about: 'booking', becomes: 'booked', waits: 'accepted' },
  'booking.promoted': { about: 'booking', becomes: 'booked', waits: 'promoted' },
  'booking.approved': { about: 'booking', becomes: 'booked' },
  'booking.moved': { about: 'booking', becomes: 'booked' },
  'booking.converted': { about: 'booking', becomes: null },
  'booking.postponed': { about: 'booking' },
  'booking.rescheduled': { about: 'booking' },
  'booking.relocated': { about: 'booking' },
  'booking.meeting_told': { about: 'booking' },
  'booking.called_off': { about: 'booking', becomes: 'cancelled' },
  'booking.restored': { about: 'booking', becomes: null },
  'booking.converted_back': { about: 'booking', becomes: null },
  'booking.cancelled': { about: 'booking', becomes: 'cancelled' },
  'booking.declined': { about: 'booking', becomes: 'cancelled' },
  'booking.lapsed': { about: 'booking', becomes: 'lapsed' },
  'booking.turned_down': { about: 'booking', becomes: 'lapsed' },
  'booking.erased': { about: 'booking', becomes: null },
  'booking.forgotten': { about: 'booking' },
  'booking.attended': { about: 'booking', becomes: 'attended' },
  'booking.absent': { about: 'booking', becomes: 'absent' },
  'booking.unmarked': { about: 'booking', becomes: 'booked' },
  'booking.over': { about: 'booking' },
  'booking.passed_over': { about: 'booking' },
  'booking.amended': { about: 'booking', becomes: null },
  'booking.email_confirmed': { about: 'booking' },
  'booking.corrected': { about: 'booking' },
  'booking.answers_corrected': { about: 'booking' },
  'booking.annotated': { about: 'booking' },
  'booking.recorded': { about: 'booking' },
  'booking.called': { about: 'booking' },
  'booking.uncalled': { about: 'booking' },
  'booking.not_reached': { about: 'booking' },
  'booking.reminded': { about: 'booking' },
  'booking.messaged': { about: 'booking' },
  'booking.messages_stopped': { about: 'booking' },
  'booking.messages_wanted': { about: 'booking' },
  'booking.sms_agreed': { about: 'booking' },
  'booking.sms_refused': { about: 'booking' },
  'letter.resent': { about: 'booking' },

  'session.published': { about: 'session', tells: 'session.opened' },
  'session.edited': { about: 'session', undo: true, tells: 'session.changed' },
  'session.skipped': { about: 'session', undo: true, tells: 'session.changed' },
  'session.opened': { about: 'session', undo: true, tells: 'session.opened' },
  'session.undone': { about: 'session', tells: 'session.changed' },
  'session.called_off': { about: 'session', tells: 'session.called_off' },
  'session.held_again': { about: 'session', tells: 'session.opened' },
  'session.converted_back': { about: 'session', tells: 'session.converted' },
  'session.rescheduled': { about: 'session', tells: 'session.rescheduled' },
  'session.postponed': { about: 'session', tells: 'session.postponed' },
  'session.converted': { about: 'session', tells: 'session.converted' },
  'session.relocated': { about: 'session', tells: 'session.changed' },
  'session.meeting_told': { about: 'session' },
  'session.assigned': { about: 'session' },
  'session.dated': { about: 'session', tells: 'session.rescheduled' },
  'session.outlined': { about: 'session' },
  'session.settled': { about: 'session', tells: 'session.rescheduled' },
  'session.drawn': { about: 'session' },
  'session.announced': { about: 'session' },
  'session.trial_ended': { about: 'session' },
  'session.deleted': { about: 'session' },

  'series.started': { about: 'series', tells: 'each' },
  'series.edited': { about: 'series', undo: true, tells: 'each' },
  'series.undone': { about: 'series', tells: 'each' },
  'series.assigned': { about: 'series' },
  'series.deleted': { about: 'series' },
  'series.short_made': { about: 'series' },
  'schedule.planned': { about: 'schedule' },
  'message.sent': { about: 'message' },
  'letter_text.saved': { about: 'message' },
  'letter_text.dropped': { about: 'message' },
  'letter_sender.saved': { about: 'message' },
  'letter_sender.dropped': { about: 'message' },
  'letter_file.added': { about: 'message' },
  'letter_file.dropped': { about: 'message' },
  'question.added': { about: 'question' },
  'question.edited': { about: 'question' },
  'question.moved': { about: 'question' },
  'question.retired': { about: 'question' },
  'question.restored': { about: 'question' },
  'question.removed': { about: 'question' },
  'programme.opened': { about: 'programme' },
  'programme.edited': { about: 'programme', tells: 'each' },
  'programme.copied': { about: 'programme' },
  'intake.kept': { about: 'intake' },
  'intake.decided': { about: 'intake' },
  'intake.taken': { about: 'intake', tells: 'each' },
  'intake.taken_out': { about: 'intake' },
  'intake.dropped': { about: 'intake' },
  'venue.added': { about: 'venue' },
  'venue.edited': { about: 'venue', tells: 'each' },
  'venue.deleted': { about: 'venue' },
  'venue.retired': { about: 'venue' },
  'venue.reopened': { about: 'venue' },
  'closure.confirmed': { about: 'closure', tells: 'each' },
  'closure.lifted': { about: 'closure', tells: 'each' },
  'closure.removed': { about: 'closure', tells: 'each' },
  'closure.corrected': { about: 'closure', tells: 'each' },
  'suspension.ordered': { about: 'suspension' },
  'suspension.lifted': { about: 'suspension' },

  'cap.lifted': { about: 'cap' },
  'cap.restored': { about: 'cap' },

  'interest.asked': { about: 'interest' },
  'interest.confirmed': { about: 'interest' },
  'interest.ended': { about: 'interest' },
  'interest.over': { about: 'interest' },

  'alert.asked': { about: 'alert' },
  'alert.confirmed': { about: 'alert' },
  'alert.ended': { about: 'alert' },
  'alert.over': { about: 'alert' },

  'request.made': { about: 'request' },
  'request.withdrawn': { about: 'request' },
  'request.erased': { about: 'request' },
  'request.forgotten': { about: 'request' },

  'account.added': { about: 'account' },
  'account.invited': { about: 'account' },
  'account.edited': { about: 'account' },
  'account.asked_to_sign_in': { about: 'account' },
  'account.signed_in': { about: 'account' },
  'account.sign_in_refused': { about: 'account' },
  'account.signed_out': { about: 'account' },
  'account.proven': { about: 'account' },
  'account.code_wrong': { about: 'account' },
  'account.totp_set_up': { about: 'account' },
  'account.passkey_added': { about: 'account' },
  'account.factor_dropped': { about: 'account' },
  'account.recovery_made': { about: 'account' },
  'account.recovery_used': { about: 'account' },
  'account.trial_asked': { about: 'account' },
  'account.feed_made': { about: 'account' },
  'account.feed_dropped': { about: 'account' },
  'expert.added': { about: 'expert' },
  'expert.edited': { about: 'expert' },
  'expert.left': { about: 'expert' },
  'expert.hours_saved': { about: 'expert' },
  'expert.absence_added': { about: 'expert' },
  'expert.absence_dropped': { about: 'expert' },
  'expert.ties_saved': { about: 'expert' },
  'house.saved': { about: 'house' },
  'desk.added': { about: 'desk' },
  'desk.edited': { about: 'desk', tells: 'each' },
  'desk.ended': { about: 'desk', tells: 'each' },
  'desk.reopened': { about: 'desk' },
  'desk.short_made': { about: 'desk' },
  'desk.deleted': { about: 'desk' },

  'webhook.added': { about: 'webhook' },
  'webhook.edited': { about: 'webhook' },
  'webhook.rotated': { about: 'webhook' },
  'webhook.secret_shown': { about: 'webhook' },
  'webhook.paused': { about: 'webhook' },
  'webhook.resumed': { about: 'webhook' },
  'webhook.stopped': { about: 'webhook' },
  'webhook.sent_again': { about: 'webhook' },
  'webhook.deleted': { about: 'webhook' },
  'key.made': { about: 'key' },
  'key.revoked': { about: 'key' },

  'link.replaced': { about: 'link' },
  'link.used': { about: 'link' },
  'link.erased': { about: 'link' },

  'ticked.asked': { about: 'ticked' },
  'ticked.finished': { about: 'ticked' },
  'ticked.stopped': { about: 'ticked' },

  'reading.booking': { about: 'reading' },
  'reading.session': { about: 'reading' },
  'reading.letter': { about: 'reading' },
  'reading.letters': { about: 'reading' },
  'reading.ledger': { about: 'reading' },

  'export.asked': { about: 'export' },
  'export.made': { about: 'export' },
  'export.sent': { about: 'export' },
  'export.finished': { about: 'export' },
} as const satisfies { [A in Act]: Meaning }

/** The acts whose meaning has these fields. */
export type ActWith<M extends Partial<Meaning>> = { [A in Act]: (typeof ACTS)[A] extends M ? A : never }[Act]

/** The acts about a kind of subject. */
export type ActAbout<S extends Meaning['about']> = ActWith<{ about: S }>

const NAMES = Object.keys(ACTS) as Act[]

/** The acts about a kind of subject, in the order of the table. */
export function actsAbout<S extends Meaning['about']>(about: S): ActAbout<S>[] {
  return NAMES.filter((act): act is ActAbout<S> => ACTS[act].about === about)
}

/** The acts whose meaning has this field, in the order of the table. */
export function actsWith<F extends keyof Meaning>(field: F): ActWith<Required<Pick<Meaning, F>>>[] {
  return NAMES.filter((act): act is ActWith<Required<Pick<Meaning, F>>> => field in ACTS[act])
}
