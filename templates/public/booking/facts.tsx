import type { Child } from 'hono/jsx'
import { isPast, timeOf } from '../../../src/base/hours.ts'
import { phoneText } from '../../../src/base/japan/phone.ts'
import { freedBy } from '../../../src/base/seating.ts'
import { standingAt } from '../../../src/base/standing.ts'
import { STATUS } from '../../../src/base/vocabulary.ts'
import type { Booking } from '../../../src/booking/booking.ts'
import { extraRows } from '../../extras.ts'
import { DeskPhones, entriesUntil, Notice, prefectureName, SessionDate } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { type Texts, texts } from '../../text/index.ts'
import { hoursText, momentText } from '../../text/when.ts'
import { bringFacts, guideFacts, placeRow } from '../session-facts.tsx'

function hours(frame: PageContext, t: Texts, booking: Booking): Child {
  if (booking.status === 'waiting' && booking.slot === null && booking.session.slots.length > 0) return t.wait.anySlot
  const time = timeOf(booking)
  return time === null ? t.timeUndecided : <b class="num">{hoursText(frame.locale, time)}</b>
}

/**
 * Leads from a booking to the form for an expert, with what is known of the firm filled in. Sent, so that no address
 * holds it.
 */
export function AskExpert({ frame, token }: { frame: PageContext; token: string }) {
  return (
    <form method="post" action="/consult">
      <input type="hidden" name="from" value={token} />
      <input type="hidden" name="step" value="from" />
      <button class="btn quiet" type="submit">
        {texts(frame.locale).home.expert}
      </button>
    </form>
  )
}

/** The facts of a booking: when, where, in which format, with which desk. */
export function appointment(
  frame: PageContext,
  booking: Booking,
  meeting: string | null = null,
): ([string, Child] | null)[] {
  const t = texts(frame.locale)
  const { session } = booking
  const off = STATUS[booking.status].over || session.status === 'called_off'
  const ended = off || session.over || isPast(booking, frame.now)
  return [
    [t.session.date, <SessionDate frame={frame} session={session} />],
    [t.session.time, hours(frame, t, booking)],
    [t.session.form, t.formatLong[booking.format]],
    // People who have the link need no word on who sends it.
    meeting === null ? placeRow(frame, session, [booking.format], ended) : null,
    ...guideFacts(frame, session, [booking.format], ended),
    ...bringFacts(frame, session, [booking.format], ended),
    [t.book.labels.seats, t.people(booking.seats)],
    [t.session.cost, t.session.free],
    [t.session.desk, session.desk.name[frame.locale]],
    meeting === null
      ? null
      : [
          t.booking.meeting,
          <a href={meeting} rel="noopener noreferrer external">
            {meeting}
          </a>,
        ],
    session.desk.phones.length > 0 ? [t.session.phone, <DeskPhones frame={frame} desk={session.desk} />] : null,
  ]
}

/** The view of a page that asks before an act of the holder. */
export type Question = {
  frame: PageContext
  booking: Booking
  token: string
  /** The fingerprint of the booking as shown. */
  shown: string
  /** Whether the booking is not as it was shown before. */
  changed: boolean
}

/** The person who booked, and their message. */
export function person(frame: PageContext, booking: Booking): ([string, Child] | null)[] {
  const t = texts(frame.locale)
  const { labels } = t.book
  const industry = booking.industry === null ? null : (t.industries as Record<string, string>)[booking.industry]
  return [
    [labels.company, booking.company],
    [
      labels.name,
      <>
        <bdi>{booking.name}</bdi>
        {frame.locale === 'ja' ? ' 様' : ''}
      </>,
    ],
    booking.name_kana === '' ? null : [labels.name_kana, booking.name_kana],
    booking.email === null ? null : [labels.email, booking.email],
    [labels.phone, phoneText(booking.phone)],
    [labels.prefecture, prefectureName(frame.locale, booking.prefecture)],
    booking.employees === null ? null : [labels.employees, t.people(booking.employees)],
    industry ? [labels.industry, industry] : null,
    booking.corporate_number === null ? null : [labels.corporate_number, booking.corporate_number],
    booking.topics.length === 0
      ? null
      : [labels.topics, booking.topics.map((topic) => t.topics[topic]).join(frame.locale === 'ja' ? '、' : ', ')],
    booking.message === '' ? null : [labels.message, <span class="typed">{booking.message}</span>],
    ...extraRows(frame.locale, booking.extras).map(([label, text]): [string, Child] => [
      label,
      <span class="typed">{text}</span>,
    ]),
  ]
}

/** Addresses that add the booking to a calendar on the web. null if there is no date yet. */
export type Links = { google: string | null; outlook: string | null; outlook365: string | null }

/** Links that add a booking to a calendar. */
export function AddToCalendar({ frame, token, links }: { frame: PageContext; token: string; links: Links }) {
  const t = texts(frame.locale)
  return (
    <section class="add" aria-labelledby="add">
      <h2 id="add">{t.done.calendar}</h2>
      <ul class="buttons">
        <li>
          <a class="btn quiet" href={`/b/${token}/booking.ics`}>
            {t.done.file}
          </a>
        </li>
        {(
          [
            [t.done.google, links.google],
            [t.done.outlook, links.outlook],
            [t.done.outlook365, links.outlook365],
          ] as const
        ).map(
          ([name, to]) =>
            to !== null && (
              <li>
                <a class="btn quiet" href={to} rel="noopener noreferrer external">
                  {name}
                </a>
              </li>
            ),
        )}
      </ul>
    </section>
  )
}

/** The code that reception reads when its holder arrives. */
export function ArrivalCode({ frame, qr }: { frame: PageContext; qr: string }) {
  const t = texts(frame.locale)
  return (
    <p>
      <img class="qr" src={qr} alt={t.done.qr} width="140" height="140" />
      <span class="soft small">{t.done.qrText}</span>
    </p>
  )
}

/** The receipt number, in large type on a card. */
export function ReceiptNumber({ frame, booking }: { frame: PageContext; booking: Booking }) {
  const t = texts(frame.locale)
  return (
    <p class="number">
      <span>{t.newNumber}</span>
      <b class="num receipt">{booking.number}</b>
    </p>
  )
}

/** The place on the waiting list, or what is still to be decided. */
export function Queue({ frame, booking }: { frame: PageContext; booking: Booking }) {
  const t = texts(frame.locale)
  const { session, position, offer_expires_at: ends } = booking
  const standing = standingAt(booking, session, frame.now)
  if (standing === 'entered') {
    const { what, next } = t.wait.entered
    return <Notice what={{ what, next: `${entriesUntil(frame, session)}${next}` }} tone="warn" />
  }
  if (standing === 'requested') {
    const next = ends === null ? t.done.requestedText : t.wait.requestedUntil(momentText(frame.locale, ends))
    return <Notice what={{ what: t.wait.requested, next }} tone="warn" />
  }
  if (position === null) return null
  const by = booking.email === null ? t.wait.byPhone : t.wait.byMail
  const next = t.wait.how[freedBy(booking, frame.now)](by)
  const what = standing === 'reserve' ? t.wait.reserve(position) : t.wait.position(position)
  return <Notice what={{ what, next }} tone="warn" />
}
