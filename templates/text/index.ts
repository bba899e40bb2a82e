import type { Locale } from '../../src/base/locale.ts'
import { accessibility, privacy } from './public/about.ts'
import { api, apiDocs } from './public/api.ts'
import { alerts } from './public/asked/alerts.ts'
import { interest } from './public/asked/interest.ts'
import { book, consent } from './public/book.ts'
import { booking, cancel, emailChange, erase } from './public/booking.ts'
import { calendar, filter } from './public/calendar.ts'
import { industries, topics } from './public/choices.ts'
import { confirm, done, sent } from './public/confirm.ts'
import { desks } from './public/desks.ts'
import { fault, faultPage } from './public/error.ts'
import { home, prefecture } from './public/home.ts'
import { lookup } from './public/lookup.ts'
import { messages } from './public/messages.ts'
import { move } from './public/move.ts'
import { outbox } from './public/outbox.ts'
import { outline } from './public/outline.ts'
import { deskFaults, faults, kindFaults, nameless, refusals, refused } from './public/refusals.ts'
import { session } from './public/session.ts'
import { sessionNotice } from './public/session-notice.ts'
import { site } from './public/site.ts'
import { embed } from './public/sites/embed.ts'
import { openData } from './public/sites/open-data.ts'
import { standing } from './public/standing.ts'
import { status } from './public/status.ts'
import { subscribe } from './public/subscribe.ts'
import { survey } from './public/survey.ts'
import { waitlist } from './public/waitlist.ts'
import { words } from './public/words.ts'
import { inEveryLanguage } from './spoken.ts'

const all = inEveryLanguage((locale) => ({
  ...site[locale],
  ...words[locale],
  ...status[locale],
  ...standing[locale],
  topics: topics[locale],
  industries: industries[locale],
  home: home[locale],
  prefecture: prefecture[locale],
  filter: filter[locale],
  calendar: calendar[locale],
  session: { ...session[locale], notice: sessionNotice[locale] },
  book: book[locale],
  consent: consent[locale],
  faults: faults[locale],
  kindFaults: kindFaults[locale],
  deskFaults: deskFaults[locale],
  nameless: nameless[locale],
  refusals: refusals[locale],
  refused: refused[locale],
  confirm: confirm[locale],
  done: done[locale],
  sent: sent[locale],
  booking: { ...booking[locale], erase: erase[locale] },
  cancel: cancel[locale],
  emailChange: emailChange[locale],
  wait: waitlist[locale],
  move: move[locale],
  tell: interest[locale],
  alerts: alerts[locale],
  outline: outline[locale],
  survey: survey[locale],
  lookup: lookup[locale],
  desks: desks[locale],
  subscribe: subscribe[locale],
  embed: embed[locale],
  openData: openData[locale],
  privacy: privacy[locale],
  accessibility: accessibility[locale],
  fault: fault[locale],
  ...faultPage[locale],
  ...api[locale],
  apiDocs: apiDocs[locale],
  letters: outbox[locale],
  messages: messages[locale],
}))

/** Every sentence of the public pages in one language. */
export type Texts = (typeof all)[Locale]

/** Returns the sentences of the public pages in a language. */
export function texts(locale: Locale): Texts {
  return all[locale]
}
