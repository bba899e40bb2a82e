import type { Locale } from '../../../../src/base/locale.ts'
import { ofBookings } from './bookings.ts'
import { ofExperts } from './experts.ts'
import type { Help } from './help.ts'
import { ofHouse } from './house.ts'
import { ofLetters } from './letters.ts'
import { ofPartners } from './partners.ts'
import { ofPlaces } from './places.ts'
import { ofSchedule } from './schedule.ts'
import { ofSeries } from './series.ts'
import { ofSessionActs, ofSessions } from './sessions.ts'
import { ofSignIn } from './sign-in.ts'

const acts = Object.entries(ofSessionActs).map(([act, help]) => [`/desk/sessions/:id/${act}`, help] as const)

/** The help for each page of the console, by its route. */
export const HELP: Readonly<Record<string, Help>> = {
  ...ofHouse,
  ...ofBookings,
  ...ofSessions,
  ...Object.fromEntries(acts),
  ...ofSchedule,
  ...ofSeries,
  ...ofPlaces,
  ...ofExperts,
  ...ofPartners,
  ...ofLetters,
  ...ofSignIn,
}

const VARIABLE = /:\w+/

/** The routes with a variable part, as they match a path. */
const PATTERNS = Object.entries(HELP)
  .filter(([route]) => VARIABLE.test(route))
  .map(([route, help]) => [new RegExp(`^${route.replace(VARIABLE, '[^/]+')}$`), help] as const)

/** The three sentences about the page with this address, or null for an address without help. */
export function helpFor(locale: Locale, address: string): Help[Locale] | null {
  const path = address.replace(/\?.*/, '').replace(/(?<=.)\/$/, '')
  const help = HELP[path] ?? PATTERNS.find(([pattern]) => pattern.test(path))?.[1]
  return help?.[locale] ?? null
}
