import type { Locale } from '../../src/base/locale.ts'
import { closures } from './desk/closures.ts'
import { programme } from './desk/programme.ts'
import { schedule } from './desk/schedule.ts'
import { series } from './desk/series.ts'
import { seriesForm } from './desk/series-form.ts'
import { editSession } from './desk/session/edit.ts'
import { suspensions } from './desk/suspensions.ts'
import { venues } from './desk/venues.ts'
import { inEveryLanguage } from './spoken.ts'

const all = inEveryLanguage((locale) => ({
  ...schedule[locale],
  series: { ...series[locale], ...seriesForm[locale] },
  session: editSession[locale],
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
