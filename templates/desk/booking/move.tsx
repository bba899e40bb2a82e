import type { Faults } from '../../../src/base/input.ts'
import { civilTime } from '../../../src/base/japan/civil.ts'
import type { Asking } from '../../../src/base/questions.ts'
import type { Booking } from '../../../src/booking/booking.ts'
import type { Session, Slot } from '../../../src/schedule/session.ts'
import { extraFields, extraLabels, QuestionFields } from '../../extra-fields.tsx'
import { ChoiceField, ErrorSummary, one, type Values } from '../../fields.tsx'
import { Crumbs, Notice } from '../../kit.tsx'
import { sessionDay } from '../../text/day.ts'
import { deskTexts } from '../../text/desk.ts'
import { texts } from '../../text/index.ts'
import { Console } from '../console.tsx'
import { dayChoice } from '../lines.tsx'
import { type BookingAsked, Summary, Told, timeText } from './summary.tsx'

function hasRoomFor(booking: Booking, session: Session, slot: Slot | null): boolean {
  const own = booking.session.id === session.id
  const left = slot ? (own ? slot.spare : slot.remaining) : session.remaining
  return left === null || left >= booking.seats || (own && booking.slot?.id === slot?.id)
}

const placeValue = (session: Session, slot: Slot | null) => `${session.id} ${slot?.id ?? ''}`.trim()

/** Chooses the new time of a booking: a day, then one of its free times. */
export function MovePage(
  props: BookingAsked & {
    days: Session[]
    session: Session
    /** The fingerprint of each choice. */
    shown: string[]
    /** Whether it is not as it was shown before. */
    changed: boolean
    /** Whether its holder gets a short message in place of a call. */
    texted: boolean
    values: Values
    /** What that day asks that the booking does not say yet. */
    asked: Asking
    errors: Faults
  },
) {
  const { frame, staff, booking, days, session, shown, changed, values, asked, errors, texted } = props
  const d = deskTexts(frame.locale)
  const t = texts(frame.locale)
  const places: (Slot | null)[] = session.former !== null ? [] : session.slots.length > 0 ? session.slots : [null]
  const free = places.filter((slot) => hasRoomFor(booking, session, slot))
  const timeOf = (slot: Slot | null) => (slot ? civilTime(slot.starts_at) : '')
  const isHere = session.id === booking.session.id
  // Its own time; on another day, the same time of day, or the only one that is free. Nobody else's choice is made for them.
  const usual = isHere
    ? free.find((slot) => slot?.id === booking.slot?.id)
    : (free.find((slot) => timeOf(slot) === timeOf(booking.slot)) ?? (free.length === 1 ? free[0] : undefined))
  const place = one(values, 'place') || (usual === undefined || errors.place ? '' : placeValue(session, usual))
  const ownFormat = session.formats.find((format) => format === booking.format)
  const format = one(values, 'format') || ownFormat || (session.formats.length === 1 ? session.formats[0] : undefined)
  const labels = { place: d.booking.moveTo, format: t.book.labels.format, ...extraLabels(frame, asked) }
  return (
    <Console frame={frame} staff={staff} title={d.booking.moveTitle} nav="bookings">
      <Crumbs frame={frame} links={[[booking.number, `/desk/bookings/${booking.id}`]]} />
      <h1>{d.booking.moveTitle}</h1>
      {changed && <Notice what={d.session.changedSince} tone="stop" alert />}
      <ErrorSummary frame={frame} errors={errors} fields={['place', 'format', ...extraFields(asked)]} labels={labels} />
      <section class="card">
        <Summary frame={frame} booking={booking} />
      </section>
      <form class="card" action={`/desk/bookings/${booking.id}/move`} method="get">
        <label for="session">{d.booking.moveDay}</label>
        <div class="with-unit">
          <select id="session" name="session" data-submits>
            {days.map((each) => (
              <option value={each.id} selected={each.id === session.id}>
                {dayChoice(frame, each)}
              </option>
            ))}
          </select>
          <button class="btn quiet" type="submit">
            {d.booking.moveShow}
          </button>
        </div>
      </form>
      <form id="form" class="card" action={`/desk/bookings/${booking.id}/move`} method="post">
        {booking.email !== null && <p>{d.booking.moveText}</p>}
        <input type="hidden" name="session" value={session.id} />
        {shown.map((print) => (
          <input type="hidden" name="shown" value={print} />
        ))}
        {free.length === 0 && <p class="empty">{d.booking.noPlace}</p>}
        <ChoiceField
          frame={frame}
          name="place"
          type="radio"
          label={`${d.booking.moveTo} ${sessionDay(frame.locale, session, true)}`}
          called={d.booking.moveTo}
          required
          error={errors.place}
          choices={free.map((slot) => ({
            value: placeValue(session, slot),
            label: slot ? civilTime(slot.starts_at) : timeText(frame, { session, slot: null }),
            checked: place === placeValue(session, slot),
          }))}
        />
        <ChoiceField
          frame={frame}
          name="format"
          type="radio"
          label={labels.format}
          required
          error={errors.format}
          choices={session.formats.map((each) => ({ value: each, label: t.format[each], checked: each === format }))}
        />
        <QuestionFields
          frame={frame}
          asked={asked}
          values={{ ...values, seats: String(booking.seats) }}
          errors={errors}
          desk
        />
        <Told frame={frame} booking={booking} texted={texted} ticked={one(values, 'told') === 'true'} />
        <p class="acts">
          <button class="btn" type="submit" disabled={free.length === 0}>
            {d.booking.moveYes}
          </button>
          <a class="btn quiet" href={`/desk/bookings/${booking.id}`}>
            {d.booking.moveNo}
          </a>
        </p>
      </form>
    </Console>
  )
}
