import type { Child } from 'hono/jsx'
import type { Faults } from '../../src/base/input.ts'
import type { Booking } from '../../src/booking/booking.ts'
import { AreaField, ErrorSummary, one, TextField, type Values } from '../fields.tsx'
import { DeskPhones, Facts, FullDate, Notice, PrintButton, prefectureName, Steps } from '../kit.tsx'
import { type Frame, Layout } from '../layout.tsx'
import { type Texts, texts } from '../text/index.ts'
import { hoursText, momentText } from '../text/when.ts'
import { venueText } from './session-facts.tsx'

function hours(frame: Frame, t: Texts, booking: Booking): Child {
  if (booking.status === 'waiting' && booking.slot === null && booking.session.slots.length > 0) return t.wait.anySlot
  const { starts_at, ends_at } = booking.slot ?? booking.session
  if (starts_at === null || ends_at === null) return t.timeUndecided
  return <b class="num">{hoursText(frame.locale, { starts_at, ends_at })}</b>
}

/** When, where, in what form and with whom. */
export function appointment(frame: Frame, booking: Booking, meeting: string | null = null): ([string, Child] | null)[] {
  const t = texts(frame.locale)
  const { session } = booking
  return [
    [t.session.date, session.date === null ? t.dateUndecided : <FullDate frame={frame} date={session.date} />],
    [t.session.time, hours(frame, t, booking)],
    [t.session.form, t.formatLong[booking.format]],
    [t.session.venue, venueText(frame, session, [booking.format])],
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

/** Who booked, and what they wrote. */
function person(frame: Frame, booking: Booking): ([string, Child] | null)[] {
  const t = texts(frame.locale)
  const { labels } = t.book
  const industry = booking.industry === null ? null : (t.industries as Record<string, string>)[booking.industry]
  return [
    [labels.company, booking.company],
    [labels.name, `${booking.name}${frame.locale === 'ja' ? ' 様' : ''}`],
    [labels.name_kana, booking.name_kana],
    booking.email === null ? null : [labels.email, booking.email],
    [labels.phone, booking.phone],
    [labels.prefecture, prefectureName(frame.locale, booking.prefecture)],
    booking.employees === null ? null : [labels.employees, t.people(booking.employees)],
    industry ? [labels.industry, industry] : null,
    booking.corporate_number === null ? null : [labels.corporate_number, booking.corporate_number],
    booking.topics.length === 0
      ? null
      : [labels.topics, booking.topics.map((topic) => t.topics[topic]).join(frame.locale === 'ja' ? '、' : ', ')],
    booking.message === '' ? null : [labels.message, <span class="typed">{booking.message}</span>],
  ]
}

/** Addresses that open the event in a calendar on the web; null where there is no date to add yet. */
type Links = { google: string | null; outlook: string | null; outlook365: string | null }

function AddToCalendar({ frame, token, links }: { frame: Frame; token: string; links: Links }) {
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

/** The receipt number as the largest thing on a card. */
export function ReceiptNumber({ frame, booking }: { frame: Frame; booking: Booking }) {
  const t = texts(frame.locale)
  return (
    <p class="number">
      <span>{t.newNumber}</span>
      <b class="num">{booking.number}</b>
    </p>
  )
}

/** Whether it is an entry of a lottery whose result is still to be told. */
const isEntry = ({ status, session }: Booking) =>
  status === 'waiting' && session.acceptance === 'lottery' && session.draw !== 'announced'

/** Whose turn it is among those who wait, or what is still to be decided. */
function Queue({ frame, booking }: { frame: Frame; booking: Booking }) {
  const t = texts(frame.locale)
  if (isEntry(booking)) return <Notice what={t.wait.entered} tone="warn" />
  if (booking.status === 'requested') {
    const { offer_expires_at: ends } = booking
    const next = ends === null ? t.done.requestedText : t.wait.requestedUntil(t.until(momentText(frame.locale, ends)))
    return <Notice what={{ what: t.wait.requested, next }} tone="warn" />
  }
  if (booking.position === null) return null
  if (booking.drawn === 'reserve') {
    return <Notice what={{ what: t.wait.reserve(booking.position), next: t.wait.how.consultation }} tone="warn" />
  }
  return (
    <Notice what={{ what: t.wait.position(booking.position), next: t.wait.how[booking.session.kind] }} tone="warn" />
  )
}

/** The place held for somebody who waited: take it or decline it, by a button alone. */
function Offer({ frame, booking, token, open }: { frame: Frame; booking: Booking; token: string; open: boolean }) {
  const t = texts(frame.locale)
  const { offer_expires_at: ends } = booking
  if (booking.status !== 'offered' || ends === null) return null
  if (!open) return <Notice what={t.wait.offerOver} tone="stop" />
  return (
    <section class="offer" aria-labelledby="offer">
      <h2 id="offer">{booking.drawn === 'won' ? t.wait.won : t.wait.offer}</h2>
      <Notice what={{ what: t.wait.offerHeld(momentText(frame.locale, ends)), next: t.wait.offerText }} tone="warn" />
      <div class="decide">
        <form method="post" action={`/b/${token}/accept`}>
          <button class="btn wide" type="submit">
            {t.wait.accept}
          </button>
        </form>
        <a class="btn quiet wide stop" href={`/b/${token}/decline`}>
          {t.wait.decline}
        </a>
      </div>
    </section>
  )
}

function Moving({ frame, token }: { frame: Frame; token: string }) {
  const t = texts(frame.locale)
  return (
    <section aria-labelledby="move">
      <h2 id="move">{t.move.title}</h2>
      <p class="soft">{t.move.lead}</p>
      <a class="btn quiet" href={`/b/${token}/move`}>
        {t.move.open}
      </a>
    </section>
  )
}

/** The third step: the place is taken, or the party waits. */
export function DonePage({
  frame,
  booking,
  token,
  qr,
  ...links
}: { frame: Frame; booking: Booking; token: string; qr: string | null } & Links) {
  const t = texts(frame.locale)
  const requested = booking.status === 'requested'
  const waits = booking.status === 'waiting'
  const entry = isEntry(booking)
  const title = entry ? t.done.entered : waits ? t.wait.done : requested ? t.done.requested : t.done.title
  return (
    <Layout frame={frame} title={title} nav="calendar" noindex narrow>
      <Steps frame={frame} at={2} />
      <h1>{title}</h1>
      {requested && <p>{t.done.requestedText}</p>}
      {entry && <p>{t.done.enteredText}</p>}
      {waits && !entry && <Queue frame={frame} booking={booking} />}
      <div class="card receipt">
        <ReceiptNumber frame={frame} booking={booking} />
        <p class="soft small">{t.done.keep}</p>
        {qr !== null && (
          <p>
            <img class="qr" src={qr} alt={t.done.qr} width="140" height="140" />
            <span class="soft small">{t.done.qrText}</span>
          </p>
        )}
      </div>
      {booking.email !== null && (
        <p>
          {waits || requested ? t.done.noticeMailed(booking.email) : t.done.mailed(booking.email)}{' '}
          <span class="soft">{waits || requested ? t.done.noNotice : t.done.noMail}</span>
        </p>
      )}
      <section class="card" aria-labelledby="details">
        <h2 id="details">{booking.session.title[frame.locale]}</h2>
        <Facts rows={[...appointment(frame, booking), ...person(frame, booking)]} />
      </section>
      <p class="after">
        <a class="btn" href={`/b/${token}`}>
          {waits || requested ? t.done.manageEntry : t.done.manage}
        </a>{' '}
        <PrintButton frame={frame} />
      </p>
      {!waits && !requested && <AddToCalendar frame={frame} token={token} links={links} />}
    </Layout>
  )
}

function Amend(props: { frame: Frame; booking: Booking; token: string; errors: Faults; values: Values }) {
  const { frame, booking, token, errors, values } = props
  const t = texts(frame.locale)
  return (
    <section aria-labelledby="amend">
      <h2 id="amend">{t.booking.amend}</h2>
      <p class="soft">{t.booking.amendText}</p>
      <form id="form" method="post" action={`/b/${token}/amend`} novalidate>
        <TextField
          frame={frame}
          name="phone"
          label={t.book.labels.phone}
          required
          error={errors.phone}
          value={values.phone === undefined ? booking.phone : one(values, 'phone')}
          type="tel"
          inputmode="tel"
          autocomplete="tel"
        />
        <AreaField
          frame={frame}
          name="message"
          label={t.book.labels.message}
          error={errors.message}
          value={values.message === undefined ? booking.message : one(values, 'message')}
        />
        <button class="btn" type="submit">
          {t.booking.save}
        </button>
      </form>
    </section>
  )
}

function Cancelling({ frame, booking, token, open }: { frame: Frame; booking: Booking; token: string; open: boolean }) {
  const t = texts(frame.locale)
  const until = (booking.slot ?? booking.session).cancels_at
  const asked = booking.status === 'requested' || isEntry(booking)
  const waits = booking.status === 'waiting' || asked
  if (booking.status === 'offered') return null
  if (!open) return <p class="soft">{t.booking.tooLate}</p>
  return (
    <section class="leave" aria-labelledby="leave">
      <h2 id="leave">{asked ? t.wait.withdrawTitle : waits ? t.wait.leaveTitle : t.session.cancels}</h2>
      {!waits && until !== null && <p class="soft">{t.booking.cancelText(t.until(momentText(frame.locale, until)))}</p>}
      <a class="btn quiet stop" href={`/b/${token}/cancel`}>
        {asked ? t.wait.withdraw : waits ? t.wait.leave : t.booking.cancel}
      </a>
    </section>
  )
}

/** Who waits has no entry to add to a calendar yet. */
const HAS_ENTRY: readonly Booking['status'][] = ['booked']

const LIVE: readonly Booking['status'][] = ['booked', 'requested', 'offered', 'waiting']

/** One's own booking: to see, change and cancel. Nothing on it changes anything before a button is pressed. */
export function ManagePage(
  props: {
    frame: Frame
    booking: Booking
    token: string
    cancellable: boolean
    /** Whether the place offered can still be accepted. */
    offerOpen: boolean
    /** Whether who made it may have their data erased now. */
    erasable: boolean
    /** Whether the survey of it can be answered now. */
    survey?: boolean
    /** Where the meeting on the web takes place, or null. */
    meeting: string | null
    /** What was just done, or null. */
    done: 'saved' | 'moved' | 'accepted' | null
    /** Why what was asked for was not done, or null. */
    refusal: 'closed' | 'changed' | 'twice' | null
    errors: Faults
    values: Values
  } & Links,
) {
  const { frame, booking, token, cancellable, offerOpen, erasable, survey = false, meeting } = props
  const { done, refusal, errors, values, ...links } = props
  const t = texts(frame.locale)
  const { session } = booking
  const live = LIVE.includes(booking.status)
  const faulty = Object.keys(errors).length > 0
  const off = session.status === 'called_off' || session.status === 'postponed'
  return (
    <Layout
      frame={frame}
      title={`${faulty ? `${t.book.faultTab}: ` : ''}${t.booking.title} ${booking.number}`}
      nav="lookup"
      noindex
      narrow
    >
      <h1>{t.booking.title}</h1>
      {done && (
        <div class="notice is-done" role="status">
          <p>
            <b>{t.booking.done[done]}</b>
          </p>
        </div>
      )}
      {refusal && <Notice what={t.booking.refused[refusal]} tone="stop" alert />}
      {booking.status === 'cancelled' && (
        <Notice what={session.status === 'called_off' ? t.booking.calledOff : t.booking.cancelled} tone="stop">
          <p>
            <a href="/calendar">{t.booking.again}</a>
          </p>
        </Notice>
      )}
      {booking.status === 'lapsed' && (
        <Notice what={t.wait.lapsed} tone="stop">
          <p>
            <a href="/calendar">{t.booking.again}</a>
          </p>
        </Notice>
      )}
      <Queue frame={frame} booking={booking} />
      <Offer frame={frame} booking={booking} token={token} open={offerOpen} />
      {live && off && (
        <Notice what={t.session.notice[session.status === 'postponed' ? 'postponed' : 'called_off']} tone="stop" />
      )}
      <ErrorSummary frame={frame} errors={errors} fields={['phone', 'message']} />
      <section class="card" aria-labelledby="details">
        <div class="receipt-line">
          <ReceiptNumber frame={frame} booking={booking} />
          <p class={`state is-${booking.status}`}>
            <span class="sr">{t.booking.status}: </span>
            {t.booking.statuses[booking.status]}
          </p>
        </div>
        <h2 id="details">{session.title[frame.locale]}</h2>
        <Facts
          rows={[
            ...appointment(frame, booking, meeting),
            session.reason === null ? null : [t.booking.reason, session.reason[frame.locale]],
            ...person(frame, booking),
          ]}
        />
        <p>
          <a href={`/sessions/${session.id}`}>{t.booking.sessionLink}</a>
        </p>
      </section>
      {survey && (
        <section aria-labelledby="survey">
          <h2 id="survey">{t.survey.title}</h2>
          <p class="soft">{t.survey.ask}</p>
          <a class="btn" href={`/b/${token}/survey`}>
            {t.survey.open}
          </a>
        </section>
      )}
      <PrintButton frame={frame} />
      {live && HAS_ENTRY.includes(booking.status) && <AddToCalendar frame={frame} token={token} links={links} />}
      {booking.status === 'booked' && cancellable && <Moving frame={frame} token={token} />}
      {live && cancellable && <Amend frame={frame} booking={booking} token={token} errors={errors} values={values} />}
      {live && <Cancelling frame={frame} booking={booking} token={token} open={cancellable} />}
      <section aria-labelledby="erase">
        <h2 id="erase">{t.booking.erase.title}</h2>
        <p class="soft">{t.booking.erase.lead}</p>
        {erasable ? (
          <a class="btn quiet" href={`/b/${token}/erase`}>
            {t.booking.erase.open}
          </a>
        ) : (
          <p class="soft">{t.booking.erase.closed}</p>
        )}
      </section>
      <p class="soft small">{t.booking.private}</p>
    </Layout>
  )
}

/** The step before giving up a booking, a turn or an offer: what it is, and the way back. */
export function CancelPage({ frame, booking, token }: { frame: Frame; booking: Booking; token: string }) {
  const t = texts(frame.locale)
  const { status } = booking
  const asked = status === 'requested' || isEntry(booking)
  const left = status === 'waiting' ? t.wait.leaving : status === 'offered' ? t.wait.declining : t.cancel
  const words = asked ? t.wait.withdrawing : left
  return (
    <Layout frame={frame} title={`${words.title} ${booking.number}`} nav="lookup" noindex narrow>
      <h1>{words.title}</h1>
      <p>{words.text}</p>
      <section class="card" aria-labelledby="details">
        <ReceiptNumber frame={frame} booking={booking} />
        <h2 id="details">{booking.session.title[frame.locale]}</h2>
        <Facts rows={appointment(frame, booking)} />
      </section>
      <div class="decide">
        <form method="post" action={`/b/${token}/${status === 'offered' ? 'decline' : 'cancel'}`}>
          <button class="btn wide stop" type="submit">
            {words.submit}
          </button>
        </form>
        <a class="btn quiet wide" href={`/b/${token}`}>
          {words.back}
        </a>
      </div>
    </Layout>
  )
}

/** The step before one's data is erased: what goes, what stays, and the way back. */
export function ErasePage({ frame, booking, token }: { frame: Frame; booking: Booking; token: string }) {
  const t = texts(frame.locale)
  const { erase } = t.booking
  return (
    <Layout frame={frame} title={`${erase.ask} ${booking.number}`} nav="lookup" noindex narrow>
      <h1>{erase.ask}</h1>
      {LIVE.includes(booking.status) && <Notice what={{ what: erase.ahead, next: '' }} tone="warn" />}
      <p>{erase.text}</p>
      <p class="soft">{erase.rest}</p>
      <section class="card" aria-labelledby="details">
        <ReceiptNumber frame={frame} booking={booking} />
        <h2 id="details">{booking.session.title[frame.locale]}</h2>
        <Facts rows={[...appointment(frame, booking), ...person(frame, booking)]} />
      </section>
      <div class="decide">
        <form method="post" action={`/b/${token}/erase`}>
          <button class="btn wide stop" type="submit">
            {erase.submit}
          </button>
        </form>
        <a class="btn quiet wide" href={`/b/${token}`}>
          {erase.back}
        </a>
      </div>
    </Layout>
  )
}

/** Said once one's data is gone. */
export function ErasedPage({ frame }: { frame: Frame }) {
  const t = texts(frame.locale)
  const { done, doneText } = t.booking.erase
  return (
    <Layout frame={frame} title={done} nav="lookup" noindex narrow>
      <h1>{done}</h1>
      <p>{doneText}</p>
      <p>
        <a href="/calendar">{t.booking.again}</a>
      </p>
    </Layout>
  )
}

function Find({ frame, values, errors }: { frame: Frame; values: Values; errors: Faults }) {
  const t = texts(frame.locale)
  return (
    <section class="card" aria-labelledby="find">
      <h2 id="find">{t.lookup.byNumber}</h2>
      <p>{t.lookup.byNumberText}</p>
      <form method="post" action="/lookup" novalidate>
        <TextField
          frame={frame}
          name="number"
          label={t.book.labels.number}
          required
          help={t.lookup.numberHelp}
          error={errors.number}
          value={one(values, 'number')}
          autocomplete="off"
        />
        <TextField
          frame={frame}
          name="phone"
          label={t.book.labels.phone}
          required
          error={errors.phone}
          value={one(values, 'phone')}
          type="tel"
          inputmode="tel"
          autocomplete="tel"
        />
        <button class="btn" type="submit">
          {t.lookup.find}
        </button>
      </form>
    </section>
  )
}

/** Where somebody without the link finds their booking, or has the link sent; the answer is the same for every address. */
export function LookupPage(props: {
  frame: Frame
  values: Values
  errors: Faults
  sent: boolean
  /** Whether no booking was found, whatever of the two was wrong. */
  unknown: boolean
}) {
  const { frame, values, errors, sent, unknown } = props
  const t = texts(frame.locale)
  const faulty = Object.keys(errors).length > 0 || unknown
  return (
    <Layout frame={frame} title={`${faulty ? `${t.book.faultTab}: ` : ''}${t.lookup.title}`} nav="lookup" narrow>
      <h1>{t.lookup.title}</h1>
      {sent && (
        <div class="notice is-done" role="status">
          <p>
            <b>{t.lookup.sent}</b>
          </p>
          <p>{t.lookup.sentText}</p>
        </div>
      )}
      {unknown && <Notice what={t.lookup.unknown} tone="stop" alert />}
      <ErrorSummary frame={frame} errors={errors} fields={['email', 'number', 'phone']} />
      <section class="card" aria-labelledby="link">
        <h2 id="link">{t.lookup.byEmail}</h2>
        <p>{t.lookup.lead}</p>
        <form id="form" method="post" action="/lookup/link" novalidate>
          <TextField
            frame={frame}
            name="email"
            label={t.book.labels.email}
            required
            error={errors.email}
            value={one(values, 'email')}
            type="email"
            inputmode="email"
            autocomplete="email"
          />
          <button class="btn" type="submit">
            {t.lookup.submit}
          </button>
        </form>
      </section>
      <Find frame={frame} values={values} errors={errors} />
      <p class="soft">
        {t.lookup.noEmail} <a href="/desks">{t.lookup.desks}</a>
      </p>
    </Layout>
  )
}
