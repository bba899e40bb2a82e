import type { Locale } from '../../src/base/locale.ts'
import { closures } from './schedule/closures.ts'
import { days } from './schedule/days.ts'
import { keptDesks } from './schedule/desks.ts'
import { editSession } from './schedule/edit-session.ts'
import { ending } from './schedule/ending.ts'
import { intake } from './schedule/intake.ts'
import { intakeBookings } from './schedule/intake-bookings.ts'
import { overview } from './schedule/overview.ts'
import { poster } from './schedule/poster.ts'
import { programme } from './schedule/programme.ts'
import { series } from './schedule/series.ts'
import { seriesForm } from './schedule/series-form.ts'
import { suspensions } from './schedule/suspensions.ts'
import { venues } from './schedule/venues.ts'
import { inEveryLanguage } from './spoken.ts'

const all = inEveryLanguage((locale) => ({
  ...overview[locale],
  series: { ...series[locale], ...seriesForm[locale] },
  session: editSession[locale],
  days: days[locale],
  intake: intake[locale],
  intakeBookings: intakeBookings[locale],
  ending: ending[locale],
  desks: keptDesks[locale],
  poster: poster[locale],
  venues: venues[locale],
  closures: closures[locale],
  suspensions: suspensions[locale],
  programme: programme[locale],
}))

/** Every sentence of the console's schedule in one language. */
export type ScheduleTexts = (typeof all)[Locale]

/** Returns the sentences of the console's schedule in a language. */
export function scheduleTexts(locale: Locale): ScheduleTexts {
  return all[locale]
}
