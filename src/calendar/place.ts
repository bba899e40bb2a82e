import type { Locale } from '../base/locale.ts'
import type { Format } from '../base/vocabulary.ts'
import type { Session } from '../schedule/session.ts'
import { WORDS } from './words.ts'

/** The venue's name and address, or null. If only an area is known, the text says that the place follows. */
function venueText(session: Pick<Session, 'venue'>, locale: Locale): string | null {
  const { venue } = session
  if (!venue) return null
  const name = venue.areaOnly ? WORDS[locale].placeLater(venue.name[locale]) : venue.name[locale]
  return [name, venue.address].filter(Boolean).join(' ')
}

/** A venue's name and address for something that is over or off, without the promise that the place follows. Or null. */
export function formerPlaceText({ venue }: Pick<Session, 'venue'>, locale: Locale): string | null {
  return venue === null ? null : [venue.name[locale], venue.address].filter(Boolean).join(' ')
}

/**
 * The LOCATION (RFC 5545 section 3.8.1.7) for a person who takes part in one of these formats, or null. `off`: nothing
 * takes place, so no place is promised for later.
 */
export function placeText(
  session: Pick<Session, 'venue'>,
  formats: readonly Format[],
  locale: Locale,
  off = false,
): string | null {
  if (formats.includes('onsite')) return off ? formerPlaceText(session, locale) : venueText(session, locale)
  const { places, between } = WORDS[locale]
  const names = formats.flatMap((format) => (format === 'onsite' ? [] : places[format]))
  return names.length === 0 ? null : names.join(between)
}
