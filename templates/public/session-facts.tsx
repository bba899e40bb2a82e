import type { Child } from 'hono/jsx'
import { settledHours } from '../../src/base/hours.ts'
import { isOpen, isRunning } from '../../src/base/seating.ts'
import type { Session } from '../../src/schedule/session.ts'
import { guideRows } from '../guide.ts'
import {
  DeskPhones,
  formatsText,
  placeText,
  SessionDate,
  Sign,
  sessionDeadline,
  statusWord,
  takesEntries,
} from '../kit.tsx'
import type { PageContext } from '../layout.tsx'
import { type Texts, texts } from '../text/index.ts'
import { hoursText, momentText } from '../text/when.ts'

/** The place for each of these formats in words, also if it is not known yet. What is over or off promises nothing. */
function venueText(
  frame: PageContext,
  session: Session,
  formats = session.formats,
  ended = session.over || session.status === 'called_off',
): Child {
  const t = texts(frame.locale)
  const [first] = formats
  if (first !== undefined && first !== 'onsite' && !formats.includes('onsite')) {
    if (ended) return formatsText(t, { ...session, formats })
    if (formats.length === 1) return t.session.elsewhereThanVenue[first]
    const ways = formats.flatMap((format) => (format === 'onsite' ? [] : [t.session.eachElsewhere[format]]))
    return ways.map((way) => <span class="line">{way}</span>)
  }
  const { venue } = session
  if (!venue) return t.session.noVenue
  return (
    <>
      {venue.name[frame.locale]}
      {venue.room && <span class="line">{venue.room[frame.locale]}</span>}
      {venue.address !== null && (
        <span class="line" lang="ja">
          {venue.address}
        </span>
      )}
      {venue.areaOnly && !ended && <span class="line soft">{t.session.areaOnly}</span>}
    </>
  )
}

/** How to find the venue, as rows; none for what is over or off, or if nobody comes there. */
export function guideFacts(
  frame: PageContext,
  session: Session,
  formats = session.formats,
  ended = session.over || session.status === 'called_off',
): [string, Child][] {
  if (ended) return []
  return guideRows(frame.locale, session, formats).map(({ label, value, url }) => [
    label,
    url ? (
      <a href={value} rel="noopener noreferrer external">
        {texts(frame.locale).session.guide.openMap}
      </a>
    ) : (
      <span class="typed">{value}</span>
    ),
  ])
}

/** What people take along, as a row; none for what is over or off, or is booked elsewhere. */
export function bringFacts(
  frame: PageContext,
  session: Session,
  formats = session.formats,
  ended = session.over || session.status === 'called_off',
): [string, Child][] {
  if (ended || session.apply.kind !== 'here' || formats.length === 0) return []
  const t = texts(frame.locale)
  const { label, onsite, elsewhere } = t.session.bring
  const lines = formats.map((format) => ({
    format,
    text: format === 'onsite' ? onsite[session.kind] : elsewhere[format],
  }))
  const [only] = lines
  if (only && lines.length === 1) return [[label, only.text]]
  return [
    [
      label,
      lines.map(({ format, text }) => (
        <span class="line">
          {t.format[format]}
          {frame.locale === 'ja' ? '：' : ': '}
          {text}
        </span>
      )),
    ],
  ]
}

function Capacity({ frame, session }: { frame: PageContext; session: Session }) {
  const t = texts(frame.locale)
  const { capacity, remaining, kind, status } = session
  if (capacity === null) return t.session.unlimited
  const how = t.session.acceptance[session.acceptance]
  return (
    <>
      {kind === 'consultation' ? t.session.capacityDay(capacity, how) : t.session.capacityAll(capacity, how)}{' '}
      {isRunning(session) && (
        <b class={`is-${status} nowrap`}>
          <Sign of={status} />
          {remaining === null || remaining === 0 || takesEntries(session) ? statusWord(t, session) : t.left(remaining)}
        </b>
      )}
    </>
  )
}

function whenRows(frame: PageContext, t: Texts, session: Session): [string, Child][] {
  const hours = settledHours(session)
  return [
    [t.session.date, <SessionDate frame={frame} session={session} />],
    [t.session.time, hours === null ? t.timeUndecided : <span class="num">{hoursText(frame.locale, hours)}</span>],
  ]
}

/** The place as a row. What is not held on site has no venue, but a place all the same. */
export function placeRow(
  frame: PageContext,
  session: Session,
  formats = session.formats,
  ended?: boolean,
): [string, Child] {
  const { venue, place } = texts(frame.locale).session
  const elsewhere = formats.length > 0 && !formats.includes('onsite')
  return [elsewhere ? place : venue, venueText(frame, session, formats, ended)]
}

/** The facts of a session, as rows. */
export function sessionRows(frame: PageContext, session: Session): ([string, Child] | null)[] {
  const t = texts(frame.locale)
  const takes = isOpen(session) || session.status === 'not_yet_open'
  const hoursClose = sessionDeadline(frame.locale, session, 'closes_at')
  const hoursCancel = sessionDeadline(frame.locale, session, 'cancels_at')
  const mayCancel = (session.slots.length > 0 ? session.slots : [session]).some(
    ({ cancels_at }) => cancels_at !== null && frame.now < cancels_at,
  )
  return [
    ...whenRows(frame, t, session),
    [t.session.form, formatsText(t, session) || t.tba],
    placeRow(frame, session),
    ...guideFacts(frame, session),
    ...bringFacts(frame, session),
    session.capacity !== null || (session.apply.kind === 'here' && session.settled === 'time')
      ? [t.session.capacity, <Capacity frame={frame} session={session} />]
      : null,
    [t.session.cost, t.session.free],
    session.status === 'not_yet_open' ? [t.session.opens, momentText(frame.locale, session.opens_at)] : null,
    takes && hoursClose ? [t.session.closes, hoursClose] : null,
    takes && mayCancel && hoursCancel ? [t.session.cancels, hoursCancel] : null,
    [t.session.desk, session.desk.name[frame.locale]],
    session.apply.kind === 'here' && session.desk.phones.length > 0
      ? [t.session.phone, <DeskPhones frame={frame} desk={session.desk} />]
      : null,
  ]
}

/** The place of a session under its title. */
export function Place({ frame, session }: { frame: PageContext; session: Session }) {
  return <p class="lead">{placeText(frame.locale, session)}</p>
}
