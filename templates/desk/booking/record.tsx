import { timeOf } from '../../../src/base/hours.ts'
import type { Faults } from '../../../src/base/input.ts'
import { isAnonymous } from '../../../src/base/person.ts'
import { isDayHere } from '../../../src/base/seating.ts'
import { TOPICS } from '../../../src/base/vocabulary.ts'
import type { Booking } from '../../../src/booking/booking.ts'
import type { Consultation, WhyNotRecorded } from '../../../src/consultation/queries.ts'
import { extraRows } from '../../extras.ts'
import { AreaField, ChoiceField, ErrorSummary, many, one, TextField, type Values } from '../../fields.tsx'
import { Crumbs, Facts, joined, Notice, PersonName, Phone, wordFor } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { texts } from '../../text/index.ts'
import { dayText, momentText } from '../../text/when.ts'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'
import { timeText } from './summary.tsx'

/** The names of topics, one after the other. */
function topicsText({ locale }: PageContext, topics: readonly string[]): string {
  const names: Readonly<Record<string, string>> = texts(locale).topics
  return joined(
    locale,
    topics.map((topic) => names[topic] ?? topic),
  )
}

/** What a record says, to read. */
function RecordFacts({ frame, record }: { frame: PageContext; record: Consultation }) {
  const t = deskTexts(frame.locale).consultation
  const { topics, advised, next_step, minutes } = record
  return (
    <Facts
      rows={[
        topics === '' ? null : [t.labels.topics, topicsText(frame, topics.split(','))],
        advised === '' ? null : [t.labels.advised, <span class="typed">{advised}</span>],
        next_step === '' ? null : [t.labels.next_step, <span class="typed">{next_step}</span>],
        minutes === null ? null : [t.labels.minutes, `${minutes} ${t.unit}`],
      ]}
    />
  )
}

/** The state of a record, and who saved it last. */
function Saved({ frame, record }: { frame: PageContext; record: Consultation }) {
  const t = deskTexts(frame.locale).consultation
  return (
    <p>
      <span class={record.state === 'final' ? 'pill ok' : 'pill'}>{t.states[record.state]}</span>{' '}
      <span class="soft">{t.by(record.author_name ?? '', momentText(frame.locale, record.updated_at))}</span>
    </p>
  )
}

/** Why a record cannot be written now, as a sentence. */
function whyText({ locale }: PageContext, booking: Booking, why: WhyNotRecorded): string {
  const { refused } = deskTexts(locale).consultation
  if (why !== 'early') return refused[why]
  const begins = timeOf(booking)?.starts_at
  return refused.early(begins ? momentText(locale, begins) : dayText(locale, booking.session.date ?? ''))
}

/** The record on the page of its booking. On its day, and for people who did not come, it says why it cannot be written. */
export function RecordCard(props: {
  frame: PageContext
  booking: Booking
  record: Consultation | undefined
  why: WhyNotRecorded | null
  mayWrite: boolean
}) {
  const { frame, booking, record, why, mayWrite } = props
  const t = deskTexts(frame.locale).consultation
  const here = why === null || why === 'absent' || (why === 'early' && isDayHere(booking.session, frame.now))
  if (!record && !(mayWrite && here)) return null
  return (
    <section class="card" id="record">
      <h2>{t.title}</h2>
      {record ? <Saved frame={frame} record={record} /> : <p class="soft">{t.none}</p>}
      {record && <RecordFacts frame={frame} record={record} />}
      {mayWrite && why !== null && <p class="soft">{whyText(frame, booking, why)}</p>}
      {mayWrite && why === null && (
        <p class="after">
          <a class="btn quiet" href={`/desk/bookings/${booking.id}/record`}>
            {record ? t.open : t.write}
          </a>
        </p>
      )}
    </section>
  )
}

/** The view of the page of one record. */
export type RecordView = DeskView & {
  booking: Booking
  record: Consultation | undefined
  values: Values
  errors: Faults
  refusal: string | null
  done: string | undefined
  /** Why it cannot be written now, or null. */
  why: WhyNotRecorded | null
  /** Whether the form is shown to this person. */
  writable: boolean
}

function Form({ view }: { view: RecordView }) {
  const { frame, booking, record, values, errors, refusal } = view
  const t = deskTexts(frame.locale).consultation
  const path = `/desk/bookings/${booking.id}/record`
  const topics: Readonly<Record<string, string>> = texts(frame.locale).topics
  const final = record?.state === 'final'
  // What somebody else saved is not overwritten before anybody looked at it.
  const saves = !final && refusal !== 'changed'
  return (
    <form id="form" class="card" action={path} method="post" novalidate data-autosave={saves ? path : undefined}>
      <input type="hidden" name="revision" value={one(values, 'revision') || '0'} />
      <ChoiceField
        frame={frame}
        name="topics"
        label={t.labels.topics}
        type="checkbox"
        error={errors.topics}
        choices={TOPICS.map((topic) => ({
          value: topic,
          label: topics[topic],
          checked: many(values, 'topics').includes(topic),
        }))}
      />
      <AreaField
        frame={frame}
        name="advised"
        label={t.labels.advised}
        required
        help={final ? undefined : t.draftHelp}
        value={one(values, 'advised')}
        error={errors.advised}
      />
      <AreaField
        frame={frame}
        name="next_step"
        label={t.labels.next_step}
        help={t.nextHelp}
        value={one(values, 'next_step')}
        error={errors.next_step}
      />
      <TextField
        frame={frame}
        name="minutes"
        label={t.labels.minutes}
        required
        value={one(values, 'minutes')}
        error={errors.minutes}
        inputmode="numeric"
        size="short"
        unit={t.unit}
      />
      {saves && <p class="soft" role="status" data-auto={t.auto} data-saved={t.saved} data-failed={t.failed} />}
      {booking.status === 'booked' && <p class="soft">{t.marks}</p>}
      <p class="after acts">
        <button class="btn" type="submit" name="state" value="final">
          {final ? t.save : t.final}
        </button>
        {!final && (
          <button class="btn quiet" type="submit" name="state" value="draft">
            {t.draft}
          </button>
        )}
      </p>
    </form>
  )
}

/** The people who come to a consultation, and what they wish to discuss. */
export function PartyFacts({ frame, booking }: { frame: PageContext; booking: Booking }) {
  const d = deskTexts(frame.locale)
  const t = texts(frame.locale)
  if (isAnonymous(booking)) return <p>{d.booking.erased}</p>
  return (
    <Facts
      rows={[
        [d.booking.company, booking.company],
        [d.booking.name, <PersonName who={booking} />],
        [d.booking.phone, <Phone number={booking.phone} />],
        [t.book.labels.format, joined(frame.locale, [t.format[booking.format], d.seats(booking.seats)])],
        booking.topics.length === 0 ? null : [d.booking.topics, topicsText(frame, booking.topics)],
        booking.message === '' ? null : [d.booking.message, <span class="typed">{booking.message}</span>],
        ...extraRows(frame.locale, booking.extras).map(([label, text]): [string, string] => [label, text]),
      ]}
    />
  )
}

/** One record: who it is about, and what was said. */
export function RecordPage(view: RecordView) {
  const { frame, staff, booking, record, errors, refusal, done, why, writable } = view
  const d = deskTexts(frame.locale)
  const t = d.consultation
  const said = wordFor(t.done, done)
  const expert = staff.role === 'expert'
  const name = isAnonymous(booking) ? booking.number : booking.company
  return (
    <Console frame={frame} staff={staff} title={t.title} nav={expert ? 'mine' : 'bookings'}>
      <Crumbs
        frame={frame}
        links={[expert ? [t.back, '/desk/mine'] : [`${booking.number} ${name}`, `/desk/bookings/${booking.id}`]]}
      />
      <h1>
        <bdi>{t.of(name)}</bdi>
      </h1>
      <p class="lead">{t.lead}</p>
      {said && <Notice what={{ what: said, next: '' }} tone="done" alert />}
      {refusal && (
        <Notice
          what={{ what: t.refused.what, next: why === null ? t.refused.changed : whyText(frame, booking, why) }}
          tone="stop"
          alert
        />
      )}
      {!refusal && why !== null && <p class="card">{whyText(frame, booking, why)}</p>}
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={['topics', 'advised', 'next_step', 'minutes']}
        labels={t.labels}
      />
      <section class="card">
        <h2>{timeText(frame, booking)}</h2>
        <PartyFacts frame={frame} booking={booking} />
      </section>
      {record && <Saved frame={frame} record={record} />}
      {writable ? (
        <Form view={view} />
      ) : (
        record && <section class="card">{<RecordFacts frame={frame} record={record} />}</section>
      )}
      {!writable && !record && why === null && <p class="card empty">{t.none}</p>}
    </Console>
  )
}
