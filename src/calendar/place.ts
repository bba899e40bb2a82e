import type { Locale } from '../base/locale.ts'
import type { Format } from '../base/vocabulary.ts'
import type { Session, Venue } from '../schedule/session.ts'
import { WORDS } from './words.ts'

/** The room, if there is one, and the address. */
const placeLines = ({ room = null, address }: Venue, locale: Locale) => [room?.[locale], address]

/** The venue's name, room and address, or null. If only an area is known, the text says that the place follows. */
function venueText(session: Pick<Session, 'venue'>, locale: Locale): string | null {
  const { venue } = session
  if (!venue) return null
  const name = venue.areaOnly ? WORDS[locale].placeLater(venue.name[locale]) : venue.name[locale]
  return [name, ...placeLines(venue, locale)].filter(Boolean).join(' ')
}

/** How to find the venue, as lines, for a person who takes part in one of these formats. */
export function guideLines({ venue }: Pick<Session, 'venue'>, formats: readonly Format[], locale: Locale): string[] {
  const guide = venue?.guide
  if (!guide || !formats.includes('onsite')) return []
  const { access, parking, steps, map, colon } = WORDS[locale]
  return [
    guide.access && `${access}${colon}${guide.access[locale].replaceAll('\n', ' ')}`,
    guide.parking && `${parking}${colon}${guide.parking[locale]}`,
    guide.stepFree === null ? null : guide.stepFree ? steps.free : steps.some,
    guide.mapUrl && `${map}${colon}${guide.mapUrl}`,
  ].filter((text) => text !== null)
}

/**
 * A venue's name, room and address for something that is over or off, without the promise that the place follows. Or
 * null.
 */
export function formerPlaceText({ venue }: Pick<Session, 'venue'>, locale: Locale): string | null {
  return venue === null ? null : [venue.name[locale], ...placeLines(venue, locale)].filter(Boolean).join(' ')
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
