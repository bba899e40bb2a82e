import type { Faults } from '../../../src/base/input.ts'
import { civilTime } from '../../../src/base/japan/civil.ts'
import type { Asking } from '../../../src/base/questions.ts'
import type { Booking } from '../../../src/booking/booking.ts'
import type { Session, Slot } from '../../../src/schedule/session.ts'
import { extraFields, extraLabels, QuestionFields } from '../../extra-fields.tsx'
import { ErrorSummary, one, type Values } from '../../fields.tsx'
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
  // On another day, the same time of day; or the only one that is free. Nobody else's choice is made for them.
  const same = free.findIndex((slot) => timeOf(slot) === timeOf(booking.slot))
  return (
    <Console frame={frame} staff={staff} title={d.booking.moveTitle} nav="bookings">
      <Crumbs frame={frame} links={[[booking.number, `/desk/bookings/${booking.id}`]]} />
      <h1>{d.booking.moveTitle}</h1>
      {changed && <Notice what={d.session.changedSince} tone="stop" alert />}
      <ErrorSummary frame={frame} errors={errors} fields={extraFields(asked)} labels={extraLabels(frame, asked)} />
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
      <form class="card" action={`/desk/bookings/${booking.id}/move`} method="post">
        {booking.email !== null && <p>{d.booking.moveText}</p>}
        {shown.map((print) => (
          <input type="hidden" name="shown" value={print} />
        ))}
        {free.length === 0 && <p class="empty">{d.booking.noPlace}</p>}
        <fieldset class="field">
          <legend>
            {d.booking.moveTo} {sessionDay(frame.locale, session, true)}
          </legend>
          <div class="choices">
            {free.map((slot, i) => (
              <label class="choice">
                <input
                  type="radio"
                  name="place"
                  value={placeValue(session, slot)}
                  required
                  checked={
                    one(values, 'place') === placeValue(session, slot) ||
                    slot?.id === booking.slot?.id ||
                    (session.id !== booking.session.id && (i === same || free.length === 1))
                  }
                />
                <span class="choice-label">
                  {slot ? civilTime(slot.starts_at) : timeText(frame, { session, slot: null })}
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <fieldset class="field">
          <legend>{t.book.labels.format}</legend>
          <div class="choices">
            {session.formats.map((format, i) => (
              <label class="choice">
                <input
                  type="radio"
                  name="format"
                  value={format}
                  required
                  checked={
                    format === (one(values, 'format') || booking.format) ||
                    (i === 0 && !session.formats.includes(booking.format))
                  }
                />
                <span class="choice-label">{t.format[format]}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <QuestionFields
          frame={frame}
          asked={asked}
          values={{ ...values, seats: String(booking.seats) }}
          errors={errors}
          desk
        />
        <Told frame={frame} booking={booking} texted={texted} />
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
