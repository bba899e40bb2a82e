import type { Instant } from '../base/clock.ts'
import type { BookingLetterKind, LetterKind, LetterSubject } from '../base/letters.ts'
import type { Locale } from '../base/locale.ts'
import type {
  Acceptance,
  BookingStatus,
  CapCounted,
  CapSource,
  Channel,
  DeskKind,
  End,
  ExpertState,
  Format,
  KeyScope,
  Kind,
  MatchRole,
  MatchState,
  Organisation,
  QuestionKind,
  ReportState,
  RequestState,
  Stage,
  Together,
  WebhookType,
} from '../base/vocabulary.ts'

type CivilDate = string
type YesNo = 0 | 1

export type ProgrammeRow = {
  id: string
  fiscal_year: number
  name_ja: string
  name_en: string
  starts_on: CivilDate
  ends_on: CivilDate
  /** Years until its people are forgotten; null as the setting says. */
  retention_years: number | null
  /** The visits of experts that a firm may have in it. */
  visits: number
  /** The last day on which a firm may apply for an expert; null is the usual one. */
  experts_until: CivilDate | null
  revision: number
}

export type DeskRow = {
  id: string
  kind: DeskKind
  name_ja: string
  name_en: string
  /** Codes of the prefectures that it serves, separated by commas, in order. Empty for all of Japan. */
  prefectures: string
  /** For a process of an earlier version: the prefecture if it serves one, else null. */
  prefecture: string | null
  /** For a process of an earlier version: the name of the region that it serves, else null. */
  region: string | null
  address: string | null
  /** Numbers separated by commas, in the order printed. */
  phones: string
  hours_ja: string | null
  hours_en: string | null
  email: string | null
  /**
   * `mail`: letters may be sent to it. `show`: only shown (seeded contacts). `damaged`: shown as text with a warning.
   */
  email_use: 'none' | 'mail' | 'show' | 'damaged'
  url: string | null
  /** Inquiry categories separated by commas. */
  topics: string
  /** Its place in the list: 1 comes first, null after all of them. */
  position: number | null
  printed: string | null
  ended_at: Instant | null
  revision: number
}

export type VenueRow = {
  id: string
  prefecture: string
  name_ja: string
  name_en: string
  address: string | null
  /** 1 if only an area is known. The place follows later. */
  area_only: YesNo
  printed: string | null
  revision: number
  room_ja: string | null
  room_en: string | null
  access_ja: string | null
  access_en: string | null
  parking_ja: string | null
  parking_en: string | null
  /** An address that begins with `https:`. */
  map_url: string | null
  /** Whether one gets in without steps; null if nobody has said. */
  step_free: YesNo | null
  /** From when on it cannot be chosen; null while it can. */
  retired_at: Instant | null
}

type Application = {
  apply_name: string | null
  apply_phone: string | null
  apply_url: string | null
  /** A damaged address, shown as text and never linked. */
  apply_url_printed: string | null
}

export type SeriesRow = Application & {
  id: string
  kind: Kind
  desk: string
  venue: string | null
  prefecture: string
  title_ja: string
  title_en: string
  /** How the title is read, in katakana; null if nobody has said. */
  title_kana: string | null
  note_ja: string | null
  note_en: string | null
  /** An RRULE (RFC 5545 section 3.3.10), or null if `series_date` lists the dates. */
  rule: string | null
  starts_on: CivilDate
  until: CivilDate | null
  /** Hours `HH:MM` of a series without slots. */
  starts: string | null
  ends: string | null
  slot_minutes: number | null
  /** `HH:MM` separated by commas, empty without slots. */
  slot_starts: string
  slot_capacity: number | null
  capacity: number | null
  formats: string
  closes: string
  cancels: string
  printed: string | null
  sample: YesNo
  acceptance: Acceptance
  revision: number
  created_at: Instant
  updated_at: Instant
}

export type SeriesDateRow = { series: string; date: CivilDate; printed_weekday: string | null }

export type ClosureRow = {
  id: string
  date: CivilDate
  /** `all`, a prefecture's code, or `venue:` and the id of a venue. */
  scope: string
  reason_ja: string
  reason_en: string
  /** `proposed` and `confirmed` close the day; `lifted` opens it again. */
  state: 'proposed' | 'confirmed' | 'lifted'
  /** The same for those that were entered together; null for a single day. */
  batch: string | null
}

export type SessionRow = Application & {
  id: string
  uid: string
  kind: Kind
  series: string | null
  /** The original date of the series. It stays when the session moves. */
  occurrence: CivilDate | null
  programme: string
  desk: string
  venue: string | null
  prefecture: string
  title_ja: string
  title_en: string
  /** How the title is read, in katakana; null if nobody has said. */
  title_kana: string | null
  note_ja: string | null
  note_en: string | null
  date: CivilDate | null
  starts_at: Instant | null
  ends_at: Instant | null
  formats: string
  /** People a day. Null is unlimited. */
  capacity: number | null
  seats_taken: number
  excess: number
  state: 'published' | 'skipped' | 'called_off' | 'postponed'
  /** What skipped it: its series lost the date, the desk left it out, or the day is closed. Otherwise null. */
  skipped_by: 'series' | 'desk' | 'closure' | null
  reason_ja: string | null
  reason_en: string | null
  opens_at: Instant
  closes: string
  cancels: string
  printed: string | null
  printed_weekday: string | null
  sample: YesNo
  /** Its state before it was called off. Null in rows of earlier versions, and if it is not called off. */
  state_before: 'published' | 'skipped' | 'postponed' | null
  /** The suspension that moved it to the web or telephone, and its formats before. */
  suspension: string | null
  formats_before: string | null
  /** The address of the online meeting. Never shown in public. */
  meeting_url: string | null
  acceptance: Acceptance
  /** 1 if a person edited it. Planning then leaves it alone. */
  edited: YesNo
  sequence: number
  revision: number
  created_at: Instant
  updated_at: Instant
  /** When `seats_taken` last changed. */
  seats_changed_at: Instant
  /** The request whose visit it is; the public never sees it. Null for all others. */
  request: string | null
}

export type SlotRow = {
  id: string
  session: string
  starts_at: Instant
  ends_at: Instant
  capacity: number | null
  seats_taken: number
  excess: number
}

/** A suspension: sessions in person in these prefectures (codes separated by commas) and days take another format. */
export type SuspensionRow = {
  id: string
  prefectures: string
  starts_on: CivilDate
  ends_on: CivilDate
  format: 'online' | 'phone'
  reason_ja: string
  reason_en: string
  state: 'in_force' | 'lifted'
  /** The ids of bookings, with commas, whose holders knew of it when it was ordered, or lifted. */
  told: string
  created_at: Instant
  updated_at: Instant
}

export type BookingRow = {
  id: string
  number: string
  uid: string
  programme: string
  session: string
  slot: string | null
  format: Format
  seats: number
  status: BookingStatus
  channel: Channel
  locale: 'ja' | 'en'
  company: string
  name: string
  name_kana: string
  email: string | null
  phone: string
  phone_digits: string
  prefecture: string
  employees: number | null
  industry: string | null
  corporate_number: string | null
  topics: string
  message: string
  consented_at: Instant
  person_key: string
  search_key: string
  token_hash: string
  token_version: number
  secret_id: string
  idempotency_hash: string | null
  input_hash: string | null
  sequence: number
  revision: number
  created_at: Instant
  updated_at: Instant
  cancelled_at: Instant | null
  /** Its status before it ended; null if the desk cannot give it back. */
  status_before: BookingStatus | null
  /** Its form before its session was converted; null without that, or once its holder chose another. */
  format_before: Format | null
  /** How it ended without a visit. Null for every other status. */
  ended: End | null
  /** The end of the offer. Kept afterwards. */
  offer_expires_at: Instant | null
  /** Replaces the session's address. */
  meeting_url: string | null
  /** 1 if the survey was answered. The answer itself names no booking. */
  surveyed: YesNo
  /** Its place in the draw, from 1, and the announced result. Both null without a draw. */
  draw_order: number | null
  drawn: 'won' | 'reserve' | null
  /** The desk's own note. Never shown to the holder. */
  note: string
  /** The instant of arrival. */
  came_at: Instant | null
  /** The answers to the desk's own questions by their ids, in JSON. */
  answers: string
  /** The names of those who come along, in JSON. */
  companions: string
  /** The support that somebody needs, as `Support` of `base/questions.ts` in JSON. Fields without a need are left out. */
  support: string
  /** 1 if its holder asked not to get messages. It holds for all bookings of that person. */
  no_messages: YesNo
  /** 1 if its holder agreed to short messages to their mobile telephone. */
  sms: YesNo
}

/** A message of a desk to many people. The rows of its letters and calls name it in `before`. */
export type MessageRow = {
  id: string
  target: 'session' | 'slot' | 'series' | 'ledger'
  /** The id of the session, slot or series; empty for people chosen in the ledger. */
  target_id: string
  /** The codes of the prefectures of its receivers, separated by commas. */
  prefectures: string
  subject_ja: string
  body_ja: string
  /** Null if everybody gets it in Japanese. */
  subject_en: string | null
  body_en: string | null
  /** The owner of the documents that its letters carry. Null without any. */
  files: string | null
  created_at: Instant
}

/** A paragraph of a desk in the letters of one kind. Exactly one of programme, series and session is set. */
export type LetterTextRow = {
  id: string
  programme: string | null
  series: string | null
  session: string | null
  /** Its scope and id: `series:<id>`. */
  owner: string
  kind: BookingLetterKind
  text_ja: string
  text_en: string
  revision: number
  created_at: Instant
  updated_at: Instant
}

/** Whom the letters of a programme, a series or a session come from. Exactly one of the three is set. */
export type LetterSenderRow = {
  id: string
  programme: string | null
  series: string | null
  session: string | null
  /** Its scope and id: `series:<id>`. */
  owner: string
  /** The name that letters come from, and the address for replies. Empty for those of the next one. */
  sender_ja: string
  sender_en: string
  reply: string
  /** Lines below a letter. Empty for those of the next one. */
  signature_ja: string
  signature_en: string
  revision: number
  created_at: Instant
  updated_at: Instant
}

/** A file that letters carry. Its content is in `letter_file_part`. A file never changes. */
export type LetterFileRow = {
  id: string
  /** Null if it is of a series or a message. */
  programme: string | null
  series: string | null
  /** `programme:<id>`, `series:<id>` or `message:<account>:<key>`. */
  owner: string
  purpose: 'logo' | 'document'
  /** Its owner, purpose and number, from 1 to 3: `series:<id>/document/1`. */
  place: string
  name: string
  type: 'image/png' | 'image/jpeg' | 'application/pdf'
  bytes: number
  /** SHA-256 of its content. */
  hash: string
  created_at: Instant
}

/** A part of a file, in base64. Each but the last holds a number of bytes that three divides. */
export type LetterFilePartRow = { file: string; nth: number; content: string }

/** A schedule that somebody takes in. Its records, decisions and what was made are JSON. */
export type IntakeRow = {
  id: string
  /** The actor who made it, as in the journal. */
  made_by: string
  /** The name of the file; empty if the text was pasted. */
  name: string
  records: string
  unread: string
  decisions: string
  made: string
  state: 'open' | 'taken' | 'taken_out'
  revision: number
  created_at: Instant
  updated_at: Instant
}

/** A short address for print. It stays when its owner is gone. */
export type ShortAddressRow = {
  /** Six letters and digits. */
  short: string
  /** `series:<id>` or `desk:<id>`. */
  owner: string
  created_at: Instant
}

/** A question of one series or one session to the people who book. */
export type QuestionRow = {
  id: string
  /** Null if it is of one session. */
  series: string | null
  session: string | null
  kind: QuestionKind
  required: YesNo
  /** Its place in the order of its series or session, from 1. */
  position: number
  label_ja: string
  label_en: string
  /** The options as `Option` of `base/questions.ts` in JSON. Those that are no longer offered stay. */
  options: string
  /** Since when it is no longer asked. Its answers stay. */
  retired_at: Instant | null
  revision: number
  created_at: Instant
  updated_at: Instant
}

/** The draw of a lottery. Its seed determines the order (`lottery/lottery.ts`). */
export type DrawRow = { session: string; seed: string; drawn_at: Instant; announced_at: Instant | null }

/**
 * A person who asked to be notified when a session is settled. Until `first_until` they may book before everybody else.
 */
export type InterestRow = {
  id: string
  session: string
  email: string | null
  person_key: string
  locale: 'ja' | 'en'
  state: 'asked' | 'confirmed' | 'notified' | 'ended'
  token_hash: string
  secret_id: string
  first_until: Instant | null
  created_at: Instant
  updated_at: Instant
}

/** What a session is about, besides its facts. Each text has one entry a line. */
export type OutlineRow = {
  id: string
  session: string
  target_ja: string
  target_en: string
  hosts_ja: string
  hosts_en: string
  speakers_ja: string
  speakers_en: string
  agenda_ja: string
  agenda_en: string
  /** Lines of a title and an address on the web. Pages show them once the session is over. */
  materials: string
  revision: number
  created_at: Instant
  updated_at: Instant
}

/** Somebody who asked to hear of free places in a prefecture. */
export type AlertRow = {
  id: string
  email: string | null
  person_key: string
  locale: 'ja' | 'en'
  prefecture: string
  /** 1: also sessions on the web of other prefectures. */
  web: 0 | 1
  /** Kinds of sessions, with commas between them. */
  kinds: string
  /** Days of the week as digits, 0 is Sunday. */
  weekdays: string
  /** The last day on which letters leave. */
  ends_on: CivilDate
  state: 'asked' | 'confirmed' | 'ended'
  /** Only places that freed after it are news. */
  since: Instant
  /** The day of the last letter. */
  told_on: CivilDate | null
  token_hash: string
  secret_id: string
  created_at: Instant
  updated_at: Instant
}

/** A session that had a free place at the last look, and since when. */
export type AlertPlaceRow = {
  session: string
  free_since: Instant
}

/** The account of a member of staff. */
export type AccountRow = {
  id: string
  /** In lower case. The address to sign in with. */
  email: string
  name: string
  role: 'viewer' | 'desk' | 'secretariat' | 'expert'
  /** Codes separated by commas. Ignored for the secretariat, which manages all. */
  prefectures: string
  state: 'active' | 'closed'
  /** Sealed (`people/totp-secret.ts`); in base 32 in rows of earlier versions. Null if no authenticator app is set up. */
  totp_secret: string | null
  /** The last time step used, because each code works once (RFC 6238 section 5.2). */
  totp_step: number | null
  /** Codes tried since `code_tries_from`. Null if none was. */
  code_tries: number | null
  code_tries_from: Instant | null
  signed_in_at: Instant | null
  /** The language in which this person chose to use the console; null until it is known. Letters are in it. */
  locale: Locale | null
  revision: number
  created_at: Instant
  updated_at: Instant
}

/** A link and a code sent by letter. Both are derived from the id and a secret, and work once. */
export type SignInRow = {
  id: string
  account: string
  /** An invitation is the first link of a new account. It lasts longer, and has no code. */
  purpose: 'sign_in' | 'invitation'
  secret_id: string
  token_hash: string
  /** Wrong codes tried. */
  attempts: number
  expires_at: Instant
  used_at: Instant | null
  created_at: Instant
}

/** The link by which the first account is made. There is one row at most. */
export type FirstLinkRow = { id: 'first'; token_hash: string; expires_at: Instant; created_at: Instant }

/** A code that stands in for the second factor once. */
export type RecoveryCodeRow = {
  id: string
  account: string
  code_hash: string
  created_at: Instant
  used_at: Instant | null
}

/** Who runs this house. There is one row at most; without it pages and letters use words of their own. */
export type HouseRow = {
  id: 'house'
  name_ja: string
  name_en: string
  operator_ja: string
  operator_en: string
  phone: string
  email: string
  address: string
  /** Who answers for personal data; empty if it is the operator. */
  privacy_ja: string
  privacy_en: string
  /** The name that letters come from, and the address for replies. Empty for what is usual. */
  sender_ja: string
  sender_en: string
  reply: string
  /** Lines below every letter, in addition to ours. */
  signature_ja: string
  signature_en: string
  revision: number
  updated_at: Instant
}

/** A signed-in browser. */
export type PassRow = {
  id: string
  account: string
  token_hash: string
  /** 1 if the second factor was proven. */
  proven: YesNo
  /** When it was last proven, or null. */
  proven_at: Instant | null
  /** The browser's name, shortened, so that its owner recognises it. */
  agent: string
  /** The challenge that a passkey must sign. */
  challenge: string | null
  created_at: Instant
  seen_at: Instant
  expires_at: Instant
}

/** A passkey (WebAuthn credential); its id and public key in base64url. */
export type PasskeyRow = {
  id: string
  account: string
  public_key: string
  counter: number
  transports: string
  name: string
  created_at: Instant
  used_at: Instant | null
}

/** A private calendar feed of a desk, until its owner removes it. */
export type StaffFeedRow = {
  id: string
  account: string
  prefectures: string
  name: string
  token_hash: string
  created_at: Instant
  /** 1 if it has only the days on which its owner advises. */
  own: YesNo
}

/** Who advises in which room: in a session, in a slot, or on the coming dates of a series. */
export type DutyRow = {
  /** The id of the slot, else of the session, else of the series. */
  id: string
  series: string | null
  session: string | null
  /** Null for the whole session. */
  slot: string | null
  /** The account of the adviser. Null if `name` says who it is, or if nobody is known. */
  adviser: string | null
  name: string
  room: string
  /** The venue of the room. At another venue the room does not count. */
  venue: string | null
  /** Who and what nobody else may have at the same time (`advisers/duty.ts`); empty without one. */
  adviser_key: string
  room_key: string
  created_at: Instant
  updated_at: Instant
}

/** A quarter hour in which a session takes an adviser or a room, by the instant at which it begins. */
export type BusyRow = { holder: string; at: Instant; session: string }

/** What was said in the consultation of a booking (相談記録). */
export type ConsultationRow = {
  /** The id of the booking. */
  id: string
  state: 'draft' | 'final'
  /** Topics separated by commas. */
  topics: string
  /** Empty once its person is forgotten, as `next_step`. */
  advised: string
  next_step: string
  minutes: number | null
  /** The account that saved it last. Null if it was the system. */
  author: string | null
  revision: number
  created_at: Instant
  updated_at: Instant
  final_at: Instant | null
}

/** Saved filters of the ledger. */
export type LedgerViewRow = { id: string; account: string; name: string; query: string }

/** A form that made a row, found again by the hash of its key, account and act. */
export type SubmissionRow = {
  /** The id of the row that it made. */
  id: string
  key_hash: string
  /** The hash of the parsed input. */
  input_hash: string
  created_at: Instant
}

/** An act on many ticked bookings, which goes on when its page is left. `stopped`: its account may do it no more. */
export type TickedRow = {
  id: string
  /** The account that asked for it, which it is done as. */
  account: string
  act: Together
  /** 1 if people without e-mail know of it already. */
  told: YesNo
  /** The fingerprints of what the page before it showed, in JSON; null if there was no page. */
  shown: string
  /** The hash of what was asked: an account waits for the same only once. */
  content: string
  state: 'waiting' | 'finished' | 'stopped'
  claimed_by: string | null
  claimed_until: Instant | null
  created_at: Instant
  updated_at: Instant
}

/** One booking of such an act, with the place that it moves to. `why`: the reason of its refusal. */
export type TickedBookingRow = {
  ticked: string
  booking: string
  position: number
  session: string | null
  slot: string | null
  format: Format | null
  state: 'waiting' | 'done' | 'refused'
  why: string | null
}

/** What one source has of what is capped: `n` of at most `most`. */
export type CapRow = {
  id: string
  /** The day in Japan; empty for the places that it holds, which belong to no day. */
  day: CivilDate
  counted: CapCounted
  source: CapSource
  /** Names the source without revealing it (`caps/source.ts`). */
  key_hash: string
  /** For people to recognise it: half of a network, the end of a telephone, the domain of an address. */
  mask: string
  n: number
  most: number
  /** What a desk allowed beyond the cap; a part of `most`. */
  extra: number
  /** How often it refused an application or withheld a letter, and the last time and session. */
  refused: number
  refused_at: Instant | null
  session: string | null
}

/** A source that a booking of the public came from. */
export type CapBookingRow = { booking: string; source: CapSource; key_hash: string }

/** A new address of a booking, until the link to it is pressed. */
export type EmailChangeRow = {
  id: string
  booking: string
  email: string
  token_hash: string
  secret_id: string
  expires_at: Instant
  created_at: Instant
}

/** Whether a firm plans to start telework. */
export type Telework = 'started' | 'within_year' | 'considering' | 'no'

/** An answer to the survey. It does not say who answered or when; of the session it keeps only what many share. */
export type SurveyAnswerRow = {
  id: string
  programme: string
  prefecture: string
  kind: Kind
  /** The session's month, `YYYY-MM`. */
  month: string
  satisfaction: number
  understood: number
  telework: Telework
  recommend: number
  /** Empty if nothing was written. */
  comment: string
}

/** A delivery: a letter, a call or a message about one row. Its kind says what it is about (`base/letters.ts`). */
export type OutboxRow = {
  id: string
  kind: LetterKind
  about: LetterSubject
  /** The id of the booking, interest or sign-in that it is about. */
  subject: string
  sequence: number
  /** Empty, but for letters that a person may ask for again. */
  dedupe_key: string
  locale: Locale
  /** `phone`: told by a person, who marks it as sent. `sms`: a short message instead. `webhook` has no sender yet. */
  channel: 'mail' | 'phone' | 'webhook' | 'sms'
  state: 'waiting' | 'claimed' | 'sent' | 'failed' | 'kept' | 'superseded'
  due_at: Instant
  attempts: number
  claimed_by: string | null
  claimed_until: Instant | null
  fault: string | null
  /** How the booking was before a change, as `Was` of `booking/booking.ts` in JSON; null without one. */
  before: string | null
  created_at: Instant
  updated_at: Instant
  sent_at: Instant | null
}

export type JournalRow = { id: string; at: Instant; actor: string; act: string; subject: string; detail: string }

/** An expert (テレワークマネージャー), under the id of the account. Lists are separated by commas. */
export type ExpertRow = {
  id: string
  name: string
  name_kana: string
  profile_ja: string
  profile_en: string
  home: string
  places: string
  formats: string
  topics: string
  /** Majors A to T, or `*` for all trades. */
  industries: string
  stages: string
  languages: string
  /** The most offers and cases at once. */
  most: number
  /** The most offers in seven days. */
  most_week: number
  /** Offers and cases that are open. */
  taken: number
  /** What staff gave beyond `most`, for a reason. */
  excess: number
  /** Minutes on the way, before and after a visit. */
  travel_minutes: number
  starts_on: CivilDate
  ends_on: CivilDate | null
  state: ExpertState
  paused_until: CivilDate | null
  revision: number
  created_at: Instant
  updated_at: Instant
}

/** Hours of a week in which an expert advises, `HH:MM`; 0 is Sunday. */
export type ExpertHoursRow = {
  expert: string
  weekday: number
  starts: string
  ends: string
}

/** A time at which an expert is away. */
export type AbsenceRow = {
  id: string
  expert: string
  starts_at: Instant
  ends_at: Instant
  source: 'hand' | 'feed'
  feed_uid: string | null
  created_at: Instant
}

/** A firm about which an expert is not asked. `name_key` is folded (`base/japan/fold.ts`); either may be empty. */
export type AffiliationRow = {
  id: string
  expert: string
  corporate_number: string
  name_key: string
  until: CivilDate | null
  kind: 'employer' | 'client' | 'stake' | 'declared'
  created_at: Instant
}

/** A firm that asked for an expert. */
export type FirmRow = {
  id: string
  first_seen: string
}

/** A key by which a firm is known, as a hash. */
export type FirmKeyRow = {
  key_hash: string
  secret_id: string
  firm: string
}

/** The visits of a firm in a programme. */
export type EntitlementRow = {
  firm: string
  programme: string
  allowed: number
  used: number
  /** What staff gave beyond `allowed`, for a reason. */
  excess: number
}

/** A firm’s matter (案件), from application to end. */
export type RequestRow = {
  id: string
  number: string
  programme: string
  firm: string
  organisation: Organisation
  company: string
  corporate_number: string | null
  prefecture: string
  municipality: string
  address: string
  employees: number | null
  industry: string | null
  name: string
  name_kana: string
  email: string | null
  phone: string
  phone_digits: string
  locale: Locale
  stage: Stage | null
  /** Separated by commas, the main one first. */
  topics: string
  /** Separated by commas, in the order of the wish. */
  formats: string
  /** At most three half-days, as `Wish` of `matching/candidate.ts` in JSON. */
  wished: string
  wishes_former: YesNo
  wishes_second: YesNo
  message: string
  channel: Channel
  from_desk: string | null
  from_booking: string | null
  state: RequestState
  /** Why it is held; null if it is not. */
  hold: string | null
  /** Which time experts are asked, from 1. */
  round: number
  outcome: string | null
  consented_at: Instant
  token_hash: string
  token_version: number
  secret_id: string
  idempotency_hash: string | null
  input_hash: string | null
  applied_at: Instant
  matched_at: Instant | null
  first_at: Instant | null
  finished_at: Instant | null
  sequence: number
  revision: number
  created_at: Instant
  updated_at: Instant
}

/** The offer of a request to an expert (打診). */
export type MatchRow = {
  id: string
  request: string
  expert: string
  role: MatchRole
  round: number
  state: MatchState
  score: number
  /** The explained score of that moment, in JSON. */
  parts: string
  offered_at: Instant
  expires_at: Instant
  answered_at: Instant | null
  /** Why it was declined or released. */
  why: string | null
  chosen_by: 'auto' | 'staff'
  token_hash: string
  secret_id: string
  revision: number
}

/** One consultation of a request. */
export type VisitRow = {
  id: string
  request: string
  /** The first visit is 1. */
  nth: number
  session: string
  booking: string
  minutes: number
  late_cancel: YesNo
}

/** An expert at a visit. */
export type VisitExpertRow = {
  uid: string
  visit: string
  expert: string
  role: MatchRole
  sequence: number
}

/** What an expert writes after a visit, under its id (報告). */
export type ReportRow = {
  id: string
  expert: string
  state: ReportState
  title: string
  background: string
  advice: string
  next_steps: string
  client_words: string
  topics: string
  people: number | null
  minutes: number | null
  revision: number
  created_at: Instant
  updated_at: Instant
  filed_at: Instant | null
}

export type WebhookRow = {
  id: string
  /** The desk whose sessions it hears of; null for all. */
  desk: string | null
  url: string
  /** Types with a comma before and after each. */
  types: string
  /** Sealed for this row (`webhooks/secret.ts`). */
  secret: string
  /** The secret before, which signs too until `before_until`. */
  secret_before: string | null
  before_until: Instant | null
  /** `paused` by staff, `stopped` after it failed for days. */
  state: 'active' | 'paused' | 'stopped'
  /** When it last took a delivery. */
  answered_at: Instant | null
  revision: number
  created_at: Instant
  updated_at: Instant
}

export type WebhookDeliveryRow = {
  /** The `webhook-id` of all its attempts. */
  id: string
  webhook: string
  type: WebhookType
  session: string
  /** The SEQUENCE of the session after the change. */
  sequence: number
  happened_at: Instant
  state: 'waiting' | 'claimed' | 'sent' | 'failed'
  due_at: Instant
  attempts: number
  claimed_by: string | null
  claimed_until: Instant | null
  /** Why the last attempt failed: `HTTP 500`, or a word of `webhooks/delivery.ts`. */
  fault: string | null
  sent_at: Instant | null
  updated_at: Instant
}

export type WebhookPlaceRow = { session: string; full_told: YesNo; told_at: Instant }

export type ApiKeyRow = {
  id: string
  desk: string
  name: string
  /** `book` also reads. */
  scope: KeyScope
  token_hash: string
  /** Its last characters, by which people tell keys apart. */
  hint: string
  /** The last day on which it was used, in Japan. */
  used_on: CivilDate | null
  revoked_at: Instant | null
  created_at: Instant
}

/** All tables, as `db/migrations` create them. */
export type Schema = {
  programme: ProgrammeRow
  desk: DeskRow
  venue: VenueRow
  series: SeriesRow
  series_date: SeriesDateRow
  closure: ClosureRow
  suspension: SuspensionRow
  session: SessionRow
  slot: SlotRow
  question: QuestionRow
  booking: BookingRow
  message: MessageRow
  letter_text: LetterTextRow
  letter_sender: LetterSenderRow
  letter_file: LetterFileRow
  letter_file_part: LetterFilePartRow
  short_address: ShortAddressRow
  intake: IntakeRow
  draw: DrawRow
  interest: InterestRow
  outline: OutlineRow
  alert: AlertRow
  alert_place: AlertPlaceRow
  account: AccountRow
  sign_in: SignInRow
  first_link: FirstLinkRow
  recovery_code: RecoveryCodeRow
  house: HouseRow
  pass: PassRow
  passkey: PasskeyRow
  staff_feed: StaffFeedRow
  ledger_view: LedgerViewRow
  duty: DutyRow
  busy: BusyRow
  consultation: ConsultationRow
  expert: ExpertRow
  expert_hours: ExpertHoursRow
  absence: AbsenceRow
  affiliation: AffiliationRow
  firm: FirmRow
  firm_key: FirmKeyRow
  entitlement: EntitlementRow
  request: RequestRow
  match: MatchRow
  visit: VisitRow
  visit_expert: VisitExpertRow
  report: ReportRow
  survey_answer: SurveyAnswerRow
  submission: SubmissionRow
  cap: CapRow
  cap_booking: CapBookingRow
  email_change: EmailChangeRow
  ticked: TickedRow
  ticked_booking: TickedBookingRow
  numbering: { id: string; last: number }
  webhook: WebhookRow
  webhook_delivery: WebhookDeliveryRow
  webhook_place: WebhookPlaceRow
  api_key: ApiKeyRow
  outbox: OutboxRow
  journal: JournalRow
  expectation: { holds: number }
  migration: { name: string; applied_at: Instant }
  chore: { name: string; done_on: CivilDate; done_at: Instant | null }
}
