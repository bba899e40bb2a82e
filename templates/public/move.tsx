import type { Faults } from '../../src/base/input.ts'
import type { Asking } from '../../src/base/questions.ts'
import type { Format } from '../../src/base/vocabulary.ts'
import type { Booking } from '../../src/booking/booking.ts'
import type { Refusal } from '../../src/booking/refusal.ts'
import type { Session } from '../../src/schedule/session.ts'
import { extraFields, extraLabels, QuestionFields } from '../extra-fields.tsx'
import { ChoiceField, ErrorSummary, one, type Values } from '../fields.tsx'
import { Facts, href, Notice, whereText } from '../kit.tsx'
import { Layout, type PageContext } from '../layout.tsx'
import { sessionDay } from '../text/day.ts'
import { texts } from '../text/index.ts'
import { questionTexts } from '../text/questions.ts'
import { appointment, ReceiptNumber } from './booking/facts.tsx'
import { slotChoices } from './slots.tsx'

/** The value of a choice in the form: the session, and the slot if there is one. */
const placeValue = (session: string, slot: string | null) => (slot === null ? session : `${session} ${slot}`)

function choicesOf(frame: PageContext, session: Session, booking: Booking, chosen: string) {
  // A postponed session has no times to choose from.
  if (session.former !== null) return []
  if (session.slots.length === 0) {
    const value = placeValue(session.id, null)
    return session.id === booking.session.id
      ? []
      : [{ value, label: texts(frame.locale).move.day, checked: chosen === value }]
  }
  return slotChoices(frame, session, '').map((choice) => {
    const value = placeValue(session.id, choice.value)
    if (choice.value === booking.slot?.id) {
      return { ...choice, value, checked: false, disabled: true, note: texts(frame.locale).move.here }
    }
    return { ...choice, value, checked: value === chosen && !choice.disabled }
  })
}

/** Chooses where to move a booking: the times of its own day and of the open days. */
export function MovePage(props: {
  frame: PageContext
  booking: Booking
  token: string
  /** Its own session first, then others of its kind. */
  sessions: Session[]
  /** The start of the next page of days, or null. */
  next: string | null
  values: Values
  errors: Faults
  refusal: Refusal | 'same' | null
}) {
  const { frame, booking, token, sessions, next, values, errors, refusal } = props
  const t = texts(frame.locale)
  const formats = [...new Set(sessions.flatMap((session) => session.formats))]
  const chosen = one(values, 'place')
  const days = sessions
    .map((session) => ({ session, choices: choicesOf(frame, session, booking, chosen) }))
    .filter(({ choices }) => choices.some((choice) => !choice.disabled))
  return (
    <Layout frame={frame} title={`${t.move.title} ${booking.number}`} nav="lookup" noindex narrow>
      <h1>{t.move.title}</h1>
      {refusal && <Notice what={refusal === 'same' ? t.move.same : t.refusals[refusal]} tone="stop" alert />}
      <ErrorSummary frame={frame} errors={errors} fields={['slot', 'format']} labels={{ slot: t.move.place }} />
      <section class="card" aria-labelledby="now">
        <ReceiptNumber frame={frame} booking={booking} />
        <h2 id="now">{t.move.now}</h2>
        <Facts rows={appointment(frame, booking)} />
      </section>
      {days.length === 0 ? (
        <Notice what={t.move.none} />
      ) : (
        <form id="form" method="post" action={`/b/${token}/move`} novalidate>
          <p>
            <b>{t.move.place}</b> <span class="need">{t.need}</span>
          </p>
          {days.map(({ session, choices }, i) => (
            <ChoiceField
              frame={frame}
              name="place"
              id={i === 0 ? 'slot' : `slot-${i}`}
              label={`${sessionDay(frame.locale, session)} ${whereText(frame.locale, session)}`}
              called={t.move.place}
              type="radio"
              required
              bare
              error={i === 0 ? errors.slot : undefined}
              choices={choices}
            />
          ))}
          {formats.length > 1 && (
            <ChoiceField
              frame={frame}
              name="format"
              label={t.book.labels.format}
              type="radio"
              required
              error={errors.format}
              choices={formats.map((format) => ({
                value: format,
                label: t.formatLong[format],
                checked: (one(values, 'format') || booking.format) === format,
              }))}
            />
          )}
          <button class="btn wide" type="submit">
            {t.book.submit}
          </button>
        </form>
      )}
      {next !== null && (
        <p>
          <a href={href(`/b/${token}/move`, { after: next })}>{t.move.later}</a>
        </p>
      )}
      <p>
        <a href={`/b/${token}`}>{t.move.back}</a>
      </p>
    </Layout>
  )
}

/** Asks before moving: shows the booking now and after the move. Nothing has changed yet. */
export function MoveConfirmPage(props: {
  frame: PageContext
  booking: Booking
  token: string
  to: Pick<Booking, 'session' | 'slot' | 'format'>
  /** The fingerprint of the booking and its new place as shown. */
  shown: string
  /** Whether they are not as they were shown before. */
  changed: boolean
  /** What the new session asks that the booking does not say yet. */
  asked: Asking
  values: Values
  errors: Faults
}) {
  const { frame, booking, token, to, shown, changed, asked, values, errors } = props
  const asks = asked.questions.length > 0 || asked.companions !== null
  const t = texts(frame.locale)
  const hidden: [string, string][] = [
    ['place', placeValue(to.session.id, to.slot?.id ?? null)],
    ['format', to.format satisfies Format],
    ['shown', shown],
    ['step', 'move'],
  ]
  return (
    <Layout frame={frame} title={`${t.move.title} ${booking.number}`} nav="lookup" noindex narrow>
      <h1>{t.move.title}</h1>
      {changed && <Notice what={t.booking.refused.changed} tone="stop" alert />}
      <ErrorSummary frame={frame} errors={errors} fields={extraFields(asked)} labels={extraLabels(frame, asked)} />
      <Notice what={t.move.notYet} tone="warn" />
      <section class="card" aria-labelledby="now">
        <h2 id="now">{t.move.now}</h2>
        <Facts rows={appointment(frame, booking)} />
      </section>
      <section class="card" aria-labelledby="after">
        <h2 id="after">{t.move.after}</h2>
        <Facts rows={appointment(frame, { ...booking, ...to })} />
      </section>
      <div class="decide">
        <form method="post" action={`/b/${token}/move`} novalidate>
          {asks && <h2>{questionTexts(frame.locale).title}</h2>}
          <QuestionFields
            frame={frame}
            asked={asked}
            values={{ ...values, seats: String(booking.seats) }}
            errors={errors}
          />
          {hidden.map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <button class="btn wide" type="submit">
            {t.move.submit}
          </button>
        </form>
        <a class="btn quiet wide" href={`/b/${token}/move`}>
          {t.back}
        </a>
      </div>
    </Layout>
  )
}
