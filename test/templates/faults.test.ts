import { parse } from 'node-html-parser'
import { expect, test } from 'vitest'
import { NO_DUTY } from '../../src/base/duty.ts'
import type { Faults } from '../../src/base/input.ts'
import { LOCALES, type Locale } from '../../src/base/locale.ts'
import { NOTHING_ASKED } from '../../src/base/questions.ts'
import type { Planned } from '../../src/planning/queries.ts'
import { BookingPage } from '../../templates/desk/booking/page.tsx'
import { ClosuresPage } from '../../templates/desk/closures.tsx'
import { EnterPage } from '../../templates/desk/enter.tsx'
import { FirstPage } from '../../templates/desk/house/first.tsx'
import { HousePage } from '../../templates/desk/house/house.tsx'
import { AccountPage } from '../../templates/desk/people.tsx'
import { SessionFormPage, SkipPage } from '../../templates/desk/plan-session.tsx'
import { SeriesFormPage } from '../../templates/desk/series/form.tsx'
import { ActPage } from '../../templates/desk/session/acts.tsx'
import { SuspensionsPage } from '../../templates/desk/suspensions.tsx'
import { VenueFormPage } from '../../templates/desk/venues.tsx'
import type { Element } from '../../templates/layout.tsx'
import { BookForm } from '../../templates/public/book/form.tsx'
import { LookupPage } from '../../templates/public/booking/lookup.tsx'
import { ManagePage } from '../../templates/public/booking/manage.tsx'
import { SurveyPage } from '../../templates/public/survey.tsx'
import { TellPage } from '../../templates/public/tell.tsx'
import { texts } from '../../templates/text/index.ts'
import * as f from './fixtures.ts'

/** Boxes to tick or not: neither way is a fault. */
const NEVER_WRONG = [
  'postpone',
  'area_only',
  'forget_factors',
  'call',
  'told',
  'support.wheelchair',
  'support.captions',
  'support.sign_language',
]

/** Only what the forms of a planned session show. */
const planned = { id: 's1', date: '2026-11-27', title_ja: '相談会', title_en: 'Day', revision: 0 } as Planned

const ACTS = ['call-off', 'reschedule', 'convert', 'venue', 'settle', 'meeting'] as const

/** Every page with a form whose fields may be faulty, by name. */
function forms(locale: Locale): Record<string, (errors: Faults) => Element> {
  const frame = f.frame(locale)
  const desk = { frame, staff: f.staff, values: {}, done: undefined, mayPlan: true }
  const booking = f.booking({ format: 'online' })
  const own = { frame, token: 'tok', booking, asked: NOTHING_ASKED, values: {} }
  const links = { ...f.links, ...f.asShown, meeting: null, done: null, refusal: null, survey: false, pending: null }
  const none = { asked: NOTHING_ASKED, refusal: null, nearest: [] }
  const listed = { venues: [], desks: f.desks, ahead: [], series: null }
  const plain = { refusal: null, others: [], unknownRule: false, removable: false, undoable: false }
  const shown = {
    booking,
    mark: '',
    hears: null,
    print: '',
    refusal: null,
    mayTend: true,
    asked: NOTHING_ASKED,
    history: [],
    from: '/desk/bookings',
    texts: false,
    getsMessages: true,
    letters: [],
  }
  const nobody = { followed: null, left: [], removable: [], held: [] }
  const closed = {
    ...nobody,
    closures: [],
    venues: new Map(),
    toClose: [],
    editing: null,
    revisions: new Map(),
    refusal: null,
    corrected: null,
    together: [],
    batch: null,
  }
  const acts = ACTS.map((act) => [
    act,
    (errors: Faults) =>
      ActPage({ ...desk, session: f.session(), act, errors, others: [], venues: [], english: 0, shown: '' }),
  ])
  return {
    book: (errors) => BookForm({ frame, session: f.session(), values: {}, errors, ...none }),
    lookup: (errors) => LookupPage({ frame, values: {}, errors, sent: false, unknown: false }),
    manage: (errors) => ManagePage({ ...own, ...links, acts: new Set(['amend']), errors }),
    survey: (errors) => SurveyPage({ ...own, state: 'open', errors, changed: false }),
    tell: (errors) => TellPage({ frame, session: f.fukui, values: {}, errors, sent: false }),
    booking: (errors) =>
      BookingPage({
        ...desk,
        ...shown,
        errors,
        acts: new Set(['correct', 'meeting']),
        withheld: [],
        duty: NO_DUTY,
        record: undefined,
        whyNotRecorded: null,
      }),
    enter: (errors) =>
      EnterPage({
        ...desk,
        sessions: [f.session()],
        session: f.session(),
        shown: [],
        asked: NOTHING_ASKED,
        texts: false,
        errors,
        refusal: null,
        known: [],
        taken: null,
        firm: null,
        warned: false,
        entered: null,
      }),
    series: (errors) => SeriesFormPage({ ...desk, ...listed, ...plain, errors }),
    edit: (errors) =>
      SessionFormPage({
        ...desk,
        session: planned,
        errors,
        venues: [],
        refusal: null,
        who: [],
        clashes: [],
        others: [],
      }),
    skip: (errors) => SkipPage({ ...desk, session: planned, errors, following: 0, english: 0 }),
    closures: (errors) => ClosuresPage({ ...desk, ...closed, errors }),
    suspensions: (errors) =>
      SuspensionsPage({ ...desk, suspensions: [], liftable: [], lifting: new Map(), refusal: null, errors }),
    venue: (errors) => VenueFormPage({ ...desk, venue: null, errors, refusal: null }),
    account: (errors) => AccountPage({ ...desk, account: f.staff, invitedUntil: null, errors, refusal: null }),
    first: (errors) => FirstPage({ frame, token: 'tok', over: false, values: {}, errors }),
    house: (errors) => HousePage({ ...desk, errors, refusal: null }),
    ...Object.fromEntries(acts),
  }
}

const drawn = (element: Element) => parse(String(element))

/** The names of the fields that a person fills in. */
function fieldsOf(element: Element): string[] {
  const controls = drawn(element).querySelectorAll('form[method=post] :is(input, select, textarea)[name]')
  const names = controls
    .filter((control) => control.getAttribute('type') !== 'hidden')
    .map((control) => control.getAttribute('name') ?? '')
  return [...new Set(names)].filter((name) => !NEVER_WRONG.includes(name))
}

for (const locale of LOCALES) {
  const { faults } = texts(locale)
  const nameless = new Set(Object.values(faults).map((sentence) => sentence('')))
  test.each(Object.entries(forms(locale)))(
    `the form of %s names each fault above it and at its field (${locale})`,
    (_, form) => {
      const names = fieldsOf(form({}))
      expect(names).not.toEqual([])
      const root = drawn(form(Object.fromEntries(names.map((name) => [name, 'required']))))
      const above = root.querySelectorAll('[role=alert] li').map((item) => item.text)
      expect(above).toHaveLength(names.length)
      expect(above.filter((sentence) => nameless.has(sentence))).toEqual([])
      const beside = root.querySelectorAll('p.err')
      expect(beside.map((sentence) => sentence.id).toSorted()).toEqual(names.map((name) => `${name}-error`).toSorted())
      const told = root
        .querySelectorAll('[aria-describedby]')
        .flatMap((one) => one.getAttribute('aria-describedby')?.split(' '))
      expect(beside.filter((sentence) => !told.includes(sentence.id))).toEqual([])
    },
  )
}
