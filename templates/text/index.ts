import type { Locale } from '../../src/base/locale.ts'
import { accessibility, privacy } from './about.ts'
import { api, apiDocs } from './api.ts'
import { book, consent } from './book.ts'
import { booking, cancel } from './booking.ts'
import { calendar, filter } from './calendar.ts'
import { industries, topics } from './choices.ts'
import { confirm, done } from './confirm.ts'
import { desks } from './desks.ts'
import { erase } from './erase.ts'
import { fault, faultPage } from './fault.ts'
import { home } from './home.ts'
import { interest } from './interest.ts'
import { lookup } from './lookup.ts'
import { move } from './move.ts'
import { outbox } from './outbox.ts'
import { faults, refusals, refused } from './refusals.ts'
import { session } from './session.ts'
import { sessionNotice } from './session-notice.ts'
import { site } from './site.ts'
import { inEveryLanguage } from './spoken.ts'
import { status } from './status.ts'
import { subscribe } from './subscribe.ts'
import { survey } from './survey.ts'
import { waitlist } from './waitlist.ts'
import { words } from './words.ts'

const all = inEveryLanguage((locale) => ({
  ...site[locale],
  ...words[locale],
  ...status[locale],
  topics: topics[locale],
  industries: industries[locale],
  home: home[locale],
  filter: filter[locale],
  calendar: calendar[locale],
  session: { ...session[locale], notice: sessionNotice[locale] },
  book: book[locale],
  consent: consent[locale],
  faults: faults[locale],
  refusals: refusals[locale],
  refused: refused[locale],
  confirm: confirm[locale],
  done: done[locale],
  booking: { ...booking[locale], erase: erase[locale] },
  cancel: cancel[locale],
  wait: waitlist[locale],
  move: move[locale],
  tell: interest[locale],
  survey: survey[locale],
  lookup: lookup[locale],
  desks: desks[locale],
  subscribe: subscribe[locale],
  privacy: privacy[locale],
  accessibility: accessibility[locale],
  fault: fault[locale],
  ...faultPage[locale],
  ...api[locale],
  apiDocs: apiDocs[locale],
  letters: outbox[locale],
}))

/** Every sentence of the public pages in one language. */
export type Texts = (typeof all)[Locale]

/** Returns the sentences of the public pages in a language. */
export function texts(locale: Locale): Texts {
  return all[locale]
}
