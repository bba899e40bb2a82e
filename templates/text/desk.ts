import type { Locale } from '../../src/base/locale.ts'
import { advisers } from './desk/advisers.ts'
import { booking } from './desk/booking.ts'
import { bookingHistory } from './desk/booking-history.ts'
import { caps } from './desk/caps.ts'
import { consoleWords } from './desk/console.ts'
import { consultation } from './desk/consultation.ts'
import { daySheet } from './desk/day-sheet.ts'
import { enter } from './desk/enter.ts'
import { error } from './desk/error.ts'
import { experts } from './desk/experts.ts'
import { feeds } from './desk/feeds.ts'
import { first } from './desk/first.ts'
import { journal } from './desk/journal.ts'
import { ledger } from './desk/ledger.ts'
import { letters } from './desk/letters.ts'
import { manual } from './desk/manual.ts'
import { apiKeys } from './desk/partners/api-keys.ts'
import { webhooks } from './desk/partners/webhooks.ts'
import { people } from './desk/people.ts'
import { security } from './desk/security.ts'
import { sessionActs } from './desk/session/acts.ts'
import { stopping } from './desk/session/stopping.ts'
import { withheld } from './desk/session/withheld.ts'
import { session } from './desk/session.ts'
import { setup } from './desk/setup.ts'
import { proof, signIn } from './desk/sign-in.ts'
import { survey } from './desk/survey.ts'
import { today } from './desk/today.ts'
import { inEveryLanguage } from './spoken.ts'

const all = inEveryLanguage((locale) => ({
  ...consoleWords[locale],
  signIn: signIn[locale],
  proof: proof[locale],
  security: security[locale],
  people: people[locale],
  experts: experts[locale],
  first: first[locale],
  setup: setup[locale],
  journal: journal[locale],
  error: error[locale],
  today: today[locale],
  ledger: ledger[locale],
  enter: enter[locale],
  booking: { ...booking[locale], ...bookingHistory[locale] },
  session: { ...session[locale], ...sessionActs[locale], ...daySheet[locale] },
  letters: letters[locale],
  manual: manual[locale],
  caps: caps[locale],
  stopping: stopping[locale],
  survey: survey[locale],
  feeds: feeds[locale],
  advisers: advisers[locale],
  consultation: consultation[locale],
  withheld: withheld[locale],
  webhooks: webhooks[locale],
  apiKeys: apiKeys[locale],
}))

/** Every sentence of the console in one language, without its schedule and figures. */
export type DeskTexts = (typeof all)[Locale]

/** Returns the sentences of the console in a language. */
export function deskTexts(locale: Locale): DeskTexts {
  return all[locale]
}
