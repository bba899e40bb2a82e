import type { Instant } from '../../../src/base/clock.ts'
import type { Faults } from '../../../src/base/input.ts'
import type { Asking } from '../../../src/base/questions.ts'
import { mayWait, mostSeats, mostSeatsOfAny } from '../../../src/base/seating.ts'
import type { Booking } from '../../../src/booking/booking.ts'
import { extraValues, QuestionFields, SupportFields } from '../../extra-fields.tsx'
import { AreaField, ChoiceField, Meant, one, TextField, type Values } from '../../fields.tsx'
import type { PageContext } from '../../layout.tsx'
import { texts } from '../../text/index.ts'

/** The fields of the form, in its order. */
export const AMEND_FIELDS = ['seats', 'format', 'company', 'name', 'name_kana', 'email', 'phone', 'message'] as const

type Props = {
  frame: PageContext
  booking: Booking
  token: string
  /** What its session asks. */
  asked: Asking
  errors: Faults
  values: Values
  /** The new address that waits for its confirmation, or null. */
  pending: string | null
  /** The fingerprint of the booking as shown. */
  shown: string
}

/**
 * What of its place the form asks for: the most people, the forms, and whether each can be changed. `closed`: after the
 * deadline for booking, only fewer people are possible. It does not bind the desk (`now` is null).
 */
export function placeAsked({ session, slot, seats, format }: Booking, errors: Faults, now: Instant | null) {
  const closed = now !== null && session.former === null && !mayWait(session, slot, now)
  const fits = slot === null ? mostSeatsOfAny(session) : mostSeats(session, slot)
  const most = closed ? seats : fits === null ? null : Math.max(fits, seats)
  const formats = [...new Set([format, ...session.formats])]
  const asked = {
    seats: most !== 1 || seats > 1 || !!errors.seats,
    format: (formats.length > 1 && !closed) || !!errors.format,
  }
  return { most, formats, asked, closed }
}

function PlaceFields({ frame, booking, errors, typed }: Props & { typed: (name: 'seats' | 'format') => string }) {
  const t = texts(frame.locale)
  const { labels, help } = t.book
  const { most, formats, asked, closed } = placeAsked(booking, errors, frame.now)
  return (
    <>
      {closed && <p class="soft">{t.booking.placeClosed}</p>}
      {asked.seats && (
        <TextField
          frame={frame}
          name="seats"
          label={labels.seats}
          required
          help={help.seats(most)}
          error={errors.seats}
          most={most}
          value={typed('seats')}
          inputmode="numeric"
          size="short"
          unit={t.book.employeesUnit}
        />
      )}
      {asked.format && (
        <ChoiceField
          frame={frame}
          name="format"
          label={labels.format}
          type="radio"
          required
          error={errors.format}
          choices={formats.map((format) => ({
            value: format,
            label: t.formatLong[format],
            checked: format === typed('format'),
          }))}
        />
      )}
    </>
  )
}

/** The form by which the holder of a booking changes it: people, form, name and contact, message. */
export function Amend(props: Props) {
  const { frame, booking, token, errors, values } = props
  const t = texts(frame.locale)
  const { labels } = t.book
  // An address that waits for its confirmation stands in the field: saving something else keeps it.
  const now = { ...booking, email: props.pending ?? booking.email }
  const typed = (name: (typeof AMEND_FIELDS)[number]) =>
    values[name] === undefined ? String(now[name] ?? '') : one(values, name)
  const extras = one(values, 'extras') === '1' ? values : { ...extraValues(booking.extras), ...values }
  const common = (name: (typeof AMEND_FIELDS)[number]) => ({
    frame,
    name,
    label: labels[name],
    error: errors[name],
    value: typed(name),
  })
  return (
    <section aria-labelledby="amend">
      <h2 id="amend">{t.booking.amend}</h2>
      <p class="soft">{t.booking.amendText(placeAsked(booking, errors, frame.now).asked)}</p>
      {props.pending !== null && <p>{t.booking.pending(props.pending)}</p>}
      <form id="form" method="post" action={`/b/${token}/amend`} novalidate>
        <input type="hidden" name="shown" value={props.shown} />
        <Meant frame={frame} values={values} />
        <PlaceFields {...props} typed={typed} />
        <TextField {...common('company')} required autocomplete="organization" />
        <TextField {...common('name')} required autocomplete="name" />
        <TextField {...common('name_kana')} required={booking.locale !== 'en'} />
        <TextField
          {...common('email')}
          required={booking.email !== null}
          help={t.booking.emailHelp}
          type="email"
          inputmode="email"
          autocomplete="email"
        />
        <TextField {...common('phone')} required type="tel" inputmode="tel" autocomplete="tel" />
        <AreaField {...common('message')} />
        <input type="hidden" name="extras" value="1" />
        <QuestionFields frame={frame} asked={props.asked} values={extras} errors={errors} />
        <SupportFields frame={frame} values={extras} errors={errors} />
        <button class="btn" type="submit">
          {t.booking.save}
        </button>
      </form>
    </section>
  )
}
