import { timeOf } from '../base/hours.ts'
import type { Booking } from '../booking/booking.ts'
import type { Writing } from './event.ts'
import { placeText } from './place.ts'
import { WORDS } from './words.ts'

type Visit = Pick<Booking, 'session' | 'slot' | 'format'>

/** Spaces become %20, because Outlook shows the plus signs of URLSearchParams. */
function query(fields: Record<string, string>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
}

/** The fields of an address that others may log: no personal data, no number, no manage link. */
function publicPart({ config, locale }: Writing, { session, format }: Visit) {
  return {
    title: session.title[locale],
    location: placeText(session, [format], locale) ?? '',
    details: `${WORDS[locale].more}${WORDS[locale].colon}${config.publicUrl}/sessions/${session.id}`,
  }
}

/** A link that opens Google Calendar with the entry filled in; null while the hours are undecided. */
export function googleCalendarUrl(writing: Writing, visit: Visit): string | null {
  const time = timeOf(visit)
  if (!time) return null
  const compact = (instant: string) => instant.replaceAll(/[-:]|\.\d+/g, '')
  const { title, location, details } = publicPart(writing, visit)
  const dates = `${compact(time.starts_at)}/${compact(time.ends_at)}`
  const fields = { action: 'TEMPLATE', text: title, dates, ctz: 'Asia/Tokyo', location, details }
  return `https://calendar.google.com/calendar/render?${query(fields)}`
}

/**
 * A link that opens Outlook on the web with the entry filled in: `live` for private, `office` for company accounts.
 * Null while the hours are undecided.
 */
export function outlookCalendarUrl(writing: Writing, visit: Visit, account: 'live' | 'office'): string | null {
  const time = timeOf(visit)
  if (!time) return null
  const { title, location, details } = publicPart(writing, visit)
  const fields = {
    path: '/calendar/action/compose',
    rru: 'addevent',
    subject: title,
    startdt: time.starts_at,
    enddt: time.ends_at,
    location,
    body: details,
  }
  return `https://outlook.${account}.com/calendar/0/deeplink/compose?${query(fields)}`
}

/** The apps to which a link adds a feed, each with its link. */
export type FeedLinks = Record<'apple' | 'google' | 'outlook' | 'outlook365', string>

/**
 * Links that add a feed to an app of calendars. `apple` opens the app of the device. Google opens on a computer, Outlook on
 * the web, for private or company accounts. `name` is what the calendar is called there.
 */
export function feedLinks(address: string, name: string): FeedLinks {
  const webcal = address.replace(/^https?:/, 'webcal:')
  const outlook = (account: 'live' | 'office') =>
    `https://outlook.${account}.com/calendar/0/addfromweb?${query({ url: address, name })}`
  return {
    apple: webcal,
    google: `https://calendar.google.com/calendar/render?${query({ cid: webcal })}`,
    outlook: outlook('live'),
    outlook365: outlook('office'),
  }
}
