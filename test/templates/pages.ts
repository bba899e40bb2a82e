import { weekOf } from '../../src/base/japan/civil.ts'
import type { Locale } from '../../src/base/locale.ts'
import { NO_EXTRAS, NOTHING_ASKED } from '../../src/base/questions.ts'
import type { HolderAct } from '../../src/booking/acts-for.ts'
import { REFUSALS } from '../../src/booking/refusal.ts'
import { SURVEY_STATES } from '../../src/survey/survey.ts'
import { DeskErrorPage } from '../../templates/desk/error/page.tsx'
import { LetterPage, LettersPage } from '../../templates/desk/letters.tsx'
import { type Element, page } from '../../templates/layout.tsx'
import { AccessibilityPage, PrivacyPage } from '../../templates/public/about.tsx'
import { ApiDocs } from '../../templates/public/api-docs.tsx'
import { ConfirmPage } from '../../templates/public/book/confirm.tsx'
import { BookForm } from '../../templates/public/book/form.tsx'
import { SentPage } from '../../templates/public/book/sent.tsx'
import { CancelPage } from '../../templates/public/booking/cancel.tsx'
import { DonePage } from '../../templates/public/booking/done.tsx'
import { ErasedPage, ErasePage } from '../../templates/public/booking/erase.tsx'
import { LookupPage } from '../../templates/public/booking/lookup.tsx'
import { ManagePage } from '../../templates/public/booking/manage.tsx'
import { Calendar } from '../../templates/public/calendar/page.tsx'
import { DesksPage } from '../../templates/public/desks.tsx'
import { ErrorPage } from '../../templates/public/error-page.tsx'
import { Home } from '../../templates/public/home.tsx'
import { MoveConfirmPage, MovePage } from '../../templates/public/move.tsx'
import { SessionPage } from '../../templates/public/session.tsx'
import { SubscribePage } from '../../templates/public/subscribe.tsx'
import { SurveyPage } from '../../templates/public/survey.tsx'
import * as f from './fixtures.ts'

/** What may be done with a booking that is ahead, and with one that is over. */
const AHEAD: ReadonlySet<HolderAct> = new Set(['move', 'amend', 'cancel', 'erase'])
const OVER: ReadonlySet<HolderAct> = new Set(['erase'])

const STATUSES = [400, 403, 404, 405, 409, 413, 415, 429, 500, 503] as const

/** Every page in every state worth looking at, by name. */
export function pages(locale: Locale): Record<string, string> {
  const frame = f.frame(locale)
  const none = { asked: NOTHING_ASKED, errors: {}, refusal: null, nearest: [] }
  const own = { frame, asked: NOTHING_ASKED, token: 'tok', qr: null, mailed: true, ...f.links, ...f.asShown }
  const weeksAround = { prev: null, next: '2026-12-06' }
  const calendar = {
    frame,
    months: { prev: '2026-10', next: '2027-01' },
    weeksAround,
    filter: {},
    undated: [f.fukui],
    nearest: [],
  }
  const dated = f.sessions.filter((one) => one.date !== null)
  const busy = [...dated, ...Array.from({ length: 5 }, (_, i) => f.session({ id: `busy-${i}`, prefecture: `1${i}` }))]
  const letter = {
    id: 'l1',
    kind: 'booked',
    number: 'IB-1127-03',
    company: '株式会社いばらき',
    state: 'kept',
    attempts: 0,
    fault: null,
    created_at: f.NOW,
    sent_at: null,
  } as const
  const elements: Record<string, Element> = {
    home: Home({
      frame,
      sessions: f.sessions.slice(2, 8),
      ahead: f.ahead,
      next: new Map([['08', '2026-12-04']]),
      web: '2026-12-04',
    }),
    'home-empty': Home({ frame, sessions: [], ahead: new Map(), next: new Map(), web: null }),
    month: Calendar({ ...calendar, ...f.month('2026-11'), view: 'month', sessions: busy }),
    week: Calendar({ ...calendar, ...f.month('2026-11'), weeks: [weekOf('2026-12-02')], view: 'week', sessions: busy }),
    'month-filtered': Calendar({
      ...calendar,
      ...f.month('2026-12'),
      view: 'month',
      sessions: dated,
      filter: { prefecture: '08', kind: 'consultation', format: 'online', status: 'open' },
    }),
    'month-empty': Calendar({
      ...calendar,
      undated: [],
      ...f.month('2027-02'),
      view: 'month',
      sessions: [],
      filter: { prefecture: '35', kind: 'seminar' },
    }),
    list: Calendar({ ...calendar, ...f.month('2026-11'), view: 'list', sessions: dated }),
    ahead: Calendar({
      ...calendar,
      ...f.month('2026-11'),
      view: 'ahead',
      sessions: dated,
      filter: { prefecture: '08' },
      after: '2026-11-20',
      next: '2026-12-04',
    }),
    'ahead-empty': Calendar({
      ...calendar,
      ...f.month('2026-11'),
      view: 'ahead',
      undated: [],
      sessions: [],
      nearest: dated.slice(0, 3),
      filter: { prefecture: '35' },
    }),
    'list-december': Calendar({ ...calendar, ...f.month('2026-12'), view: 'list', sessions: dated }),
    ...Object.fromEntries(
      f.sessions.map((session) => [
        `session-${session.id.slice(2)}`,
        SessionPage({ frame, session, nearest: [f.session(), f.online] }),
      ]),
    ),
    book: BookForm({ frame, session: f.session(), values: {}, ...none }),
    'book-errors': BookForm({
      ...none,
      frame,
      session: f.session(),
      values: { ...f.values, name_kana: '', email: 'hanako@', slot: '' },
      errors: {
        slot: 'required',
        format: 'choice',
        seats: 'seats',
        name_kana: 'required',
        email: 'email',
        phone: 'phone',
        industry: 'choice',
        topics: 'choice',
        corporate_number: 'corporate_check',
        consent: 'consent',
        key: 'key',
      },
    }),
    'book-seminar': BookForm({ frame, session: f.seminar, values: f.values, ...none }),
    ...Object.fromEntries(
      REFUSALS.map((refusal) => [
        `refused-${refusal}`,
        BookForm({
          frame,
          session: refusal === 'changed' ? f.session() : f.full,
          asked: NOTHING_ASKED,
          values: f.values,
          errors: {},
          refusal,
          nearest: [f.session(), f.online],
        }),
      ]),
    ),
    confirm: ConfirmPage({
      frame,
      session: f.session(),
      slot: f.session().slots[1] ?? null,
      waits: false,
      values: f.values,
      asked: NOTHING_ASKED,
      extras: NO_EXTRAS,
      idempotencyKey: 'key-0123456789abcdef',
      ...f.asShown,
      after: '/sessions/s-1/book?sent=0',
    }),
    'confirm-slip': ConfirmPage({
      frame,
      session: f.session(),
      slot: f.session().slots[1] ?? null,
      waits: false,
      values: f.values,
      meant: 'taro@gmail.com',
      asked: NOTHING_ASKED,
      extras: NO_EXTRAS,
      idempotencyKey: 'key-0123456789abcdef',
      ...f.asShown,
      after: '/sessions/s-1/book?sent=0',
    }),
    'sent-made': SentPage({ frame, session: f.session(), made: true }),
    'sent-not-yet': SentPage({ frame, session: f.session(), made: false }),
    done: DonePage({ ...own, booking: f.booking() }),
    'done-requested': DonePage({ ...own, booking: f.booking({ status: 'requested' }) }),
    manage: ManagePage({
      ...own,
      booking: f.booking(),
      acts: AHEAD,
      survey: true,
      pending: 'new@example.jp',
      meeting: null,
      done: 'saved',
      refusal: null,
      errors: {},
      values: {},
    }),
    'manage-errors': ManagePage({
      ...own,
      booking: f.booking(),
      acts: AHEAD,
      survey: false,
      pending: null,
      meeting: null,
      done: null,
      refusal: null,
      errors: { phone: 'phone', message: 'long' },
      values: { phone: '12', message: 'x' },
    }),
    'manage-called-off': ManagePage({
      ...own,
      booking: f.booking({ status: 'cancelled', ended: 'called_off', session: f.session({ status: 'called_off' }) }),
      acts: OVER,
      survey: false,
      pending: null,
      meeting: null,
      done: null,
      refusal: null,
      errors: {},
      values: {},
    }),
    'manage-web': ManagePage({
      ...own,
      booking: f.booking({ format: 'online', session: f.session({ reason: { ja: '大雪のため', en: 'heavy snow' } }) }),
      acts: new Set(['move', 'amend', 'cancel']),
      survey: false,
      pending: null,
      meeting: 'https://meet.example.jp/abc-def',
      done: null,
      refusal: null,
      errors: {},
      values: {},
    }),
    ...Object.fromEntries(
      SURVEY_STATES.map((state) => [
        `survey-${state}`,
        SurveyPage({ ...own, booking: f.booking(), state, values: {}, errors: {}, changed: false }),
      ]),
    ),
    'survey-errors': SurveyPage({
      ...own,
      booking: f.booking(),
      state: 'open',
      values: { satisfaction: '4', comment: '長い文' },
      errors: { understood: 'choice', telework: 'choice', recommend: 'choice', comment: 'long' },
      changed: false,
    }),
    erase: ErasePage({ ...own, booking: f.booking() }),
    erased: ErasedPage({ frame }),
    'manage-cancelled': ManagePage({
      ...own,
      booking: f.booking({ status: 'cancelled', ended: 'cancelled' }),
      acts: OVER,
      survey: false,
      pending: null,
      meeting: null,
      done: null,
      refusal: null,
      errors: {},
      values: {},
    }),
    'manage-waiting': ManagePage({
      ...own,
      booking: f.booking({ status: 'waiting', slot: null, position: 2 }),
      acts: new Set(['amend', 'cancel', 'erase']),
      survey: false,
      pending: null,
      meeting: null,
      done: null,
      refusal: null,
      errors: {},
      values: {},
    }),
    'manage-offered': ManagePage({
      ...own,
      booking: f.booking({ status: 'offered', offer_expires_at: '2026-11-25T06:00:00.000Z' }),
      acts: new Set(['accept', 'decline', 'amend', 'cancel', 'erase']),
      survey: false,
      pending: null,
      meeting: null,
      done: null,
      refusal: null,
      errors: {},
      values: {},
    }),
    'manage-lapsed': ManagePage({
      ...own,
      booking: f.booking({ status: 'lapsed', ended: 'offer_over' }),
      acts: OVER,
      survey: false,
      pending: null,
      meeting: null,
      done: null,
      refusal: null,
      errors: {},
      values: {},
    }),
    'done-waiting': DonePage({ ...own, booking: f.booking({ status: 'waiting', position: 1 }) }),
    'book-waiting': BookForm({
      frame,
      asked: NOTHING_ASKED,
      session: f.full,
      values: { ...f.values, waitlist: 'true', slot: '' },
      errors: {},
      refusal: null,
      nearest: [],
    }),
    'confirm-waiting': ConfirmPage({
      frame,
      session: f.full,
      slot: null,
      waits: true,
      values: { ...f.values, waitlist: 'true' },
      asked: NOTHING_ASKED,
      extras: NO_EXTRAS,
      idempotencyKey: 'key-0123456789abcdef',
      ...f.asShown,
      after: '/sessions/s-1/book?sent=0',
    }),
    leave: CancelPage({ ...own, booking: f.booking({ status: 'waiting', position: 1 }) }),
    decline: CancelPage({ ...own, booking: f.booking({ status: 'offered' }) }),
    move: MovePage({
      ...own,
      booking: f.booking(),
      sessions: [f.session(), f.online],
      next: '2026-12-18',
      values: {},
      errors: {},
      refusal: null,
    }),
    'move-errors': MovePage({
      ...own,
      booking: f.booking(),
      sessions: [f.session()],
      next: null,
      values: {},
      errors: { slot: 'required' },
      refusal: 'full',
    }),
    'move-confirm': MoveConfirmPage({
      ...own,
      booking: f.booking(),
      to: { session: f.online, slot: null, format: 'online' },
      values: {},
      errors: {},
    }),
    cancel: CancelPage({ ...own, booking: f.booking() }),
    lookup: LookupPage({ frame, values: {}, errors: {}, sent: false, unknown: false }),
    'lookup-unknown': LookupPage({ frame, values: {}, errors: {}, sent: false, unknown: true }),
    'lookup-sent': LookupPage({ frame, values: {}, errors: {}, sent: true, unknown: false }),
    'lookup-errors': LookupPage({
      frame,
      values: { email: 'x' },
      errors: { email: 'email' },
      sent: false,
      unknown: false,
    }),
    desks: DesksPage({ frame, desks: f.desks }),
    subscribe: SubscribePage({ frame, publicUrl: 'https://madoguchi.example.jp', filter: { prefecture: '08' } }),
    privacy: PrivacyPage({ frame }),
    accessibility: AccessibilityPage({ frame }),
    'api-docs': ApiDocs({ frame }),
    letters: LettersPage({ frame, letters: [letter] }),
    'letters-empty': LettersPage({ frame, letters: [] }),
    letter: LetterPage({
      frame,
      row: { state: 'sent', sent_at: null },
      subject: '【予約確定】テレワーク無料相談会 11月27日(金) IB-1127-03',
      to: 'hanako@example.jp',
      from: '窓口 <noreply@localhost>',
      text: 'text',
      html: '/desk/outbox/1/html',
      calendar: 'BEGIN:VCALENDAR',
      files: [{ id: '1', purpose: 'document', name: '案内.pdf', type: 'application/pdf', bytes: 2000 }],
      staff: null,
      booking: null,
      resendable: false,
    }),
    ...Object.fromEntries(STATUSES.map((status) => [`fault-${status}`, ErrorPage({ frame, status, id: 'r-1' })])),
    ...Object.fromEntries(
      STATUSES.map((status) => [`desk-fault-${status}`, DeskErrorPage({ frame, staff: null, status, id: 'r-1' })]),
    ),
    'desk-signed-out': DeskErrorPage({
      frame: { ...frame, sent: { name_ja: '会場' } },
      staff: null,
      status: 403,
      id: 'r-1',
      signedOut: true,
    }),
  }
  return Object.fromEntries(Object.entries(elements).map(([name, element]) => [name, page(element)]))
}
