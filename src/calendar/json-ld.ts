import type { Event, Place, VirtualLocation, WithContext } from 'schema-dts'
import type { Instant } from '../base/clock.ts'
import { settledHours } from '../base/hours.ts'
import { prefectureByCode } from '../base/japan/prefecture.ts'
import { IN_PERSON, type SessionStatus } from '../base/vocabulary.ts'
import { type Session, withDay } from '../schedule/session.ts'
import { inJapan, type Writing } from './event.ts'
import { placeText } from './place.ts'
import { WORDS } from './words.ts'

/** An instant with the offset of Japan, without fractions of a second. */
const withOffset = (instant: Instant) => inJapan(instant).toFormat("yyyy-MM-dd'T'HH:mm:ssZZ")

/** Whether a place can be had: of Offer (https://schema.org/ItemAvailability). A status without one has no offer. */
const AVAILABILITY: Partial<Record<SessionStatus, 'InStock' | 'SoldOut' | 'PreOrder'>> = {
  open: 'InStock',
  few: 'InStock',
  full: 'SoldOut',
  not_yet_open: 'PreOrder',
}

/** The part of the formats that needs a way: all, none or some. */
function attendanceOf({ formats }: Session): 'Offline' | 'Online' | 'Mixed' {
  const there = formats.filter((format) => IN_PERSON.includes(format)).length
  return there === 0 ? 'Online' : there === formats.length ? 'Offline' : 'Mixed'
}

/** EventRescheduled alone may come with earlier starts, so it comes before EventMovedOnline. */
function statusOf({ status, formats, formats_before: before }: Session, moved: boolean) {
  if (status === 'called_off' || status === 'skipped') return 'EventCancelled'
  if (status === 'postponed') return 'EventPostponed'
  if (moved) return 'EventRescheduled'
  return before?.includes('onsite') && !formats.includes('onsite') ? 'EventMovedOnline' : 'EventScheduled'
}

function placeOf(session: Session, { locale }: Writing): Place {
  const { prefecture, venue, formats } = session
  const region = prefectureByCode(prefecture)?.[locale] ?? ''
  const onsite = formats.includes('onsite') && venue !== null
  const street = onsite && !venue.areaOnly ? venue.address : null
  return {
    '@type': 'Place',
    name: onsite ? venue.name[locale] : (placeText(session, ['visit'], locale) ?? region),
    address: {
      '@type': 'PostalAddress',
      addressCountry: 'JP',
      addressRegion: region,
      ...(street !== null && { streetAddress: street.replace(prefectureByCode(prefecture)?.ja ?? '', '') }),
    },
  }
}

function locationOf(
  session: Session,
  writing: Writing,
  url: string,
): Place | VirtualLocation | (Place | VirtualLocation)[] {
  const virtual: VirtualLocation = { '@type': 'VirtualLocation', url }
  const attendance = attendanceOf(session)
  if (attendance === 'Online') return virtual
  const place = placeOf(session, writing)
  return attendance === 'Mixed' ? [place, virtual] : place
}

function offersOf({ status, opens_at }: Session, url: string) {
  const availability = AVAILABILITY[status]
  if (availability === undefined) return {}
  const free = { '@type': 'Offer', price: '0', priceCurrency: 'JPY' } as const
  return {
    offers: {
      ...free,
      url,
      availability: `https://schema.org/${availability}`,
      validFrom: withOffset(opens_at),
    } as const,
  }
}

/**
 * A session for search engines (https://schema.org/Event), or null without a date or of a sample. `moved`: the starts it
 * had before, the oldest first. It has no meeting link, no people, and no free places, which change all day.
 */
export function sessionData(writing: Writing, given: Session, moved: readonly Instant[]): WithContext<Event> | null {
  // Postponed, it keeps its day until there is a new one.
  const session = withDay(given)
  const { config, locale } = writing
  const { date, kind, title, note, formats, desk, capacity, sample } = session
  if (date === null || sample) return null
  const hours = settledHours(session)
  const url = `${config.publicUrl}/sessions/${session.id}`
  const words = WORDS[locale]
  const status = statusOf(session, moved.length > 0)
  const held = formats.map((format) => words.formats[format]).join(words.between)
  return {
    '@context': 'https://schema.org',
    '@type': kind === 'seminar' ? 'EducationEvent' : 'Event',
    name: title[locale],
    description: [note?.[locale], held && `${words.format}${words.colon}${held}`, words.cost]
      .filter(Boolean)
      .join('\n'),
    url,
    inLanguage: locale,
    startDate: hours ? withOffset(hours.starts_at) : date,
    endDate: hours ? withOffset(hours.ends_at) : date,
    ...(status === 'EventRescheduled' && { previousStartDate: moved.map(withOffset) }),
    eventStatus: `https://schema.org/${status}`,
    eventAttendanceMode: `https://schema.org/${attendanceOf(session)}EventAttendanceMode`,
    location: locationOf(session, writing, url),
    organizer: { '@type': 'Organization', name: desk.name[locale], url: `${config.publicUrl}/desks` },
    isAccessibleForFree: true,
    ...(capacity !== null && { maximumAttendeeCapacity: capacity }),
    ...offersOf(session, session.apply.kind === 'here' ? url : (session.apply.url ?? url)),
  }
}
