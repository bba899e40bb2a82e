import { isPast } from '../../../src/base/hours.ts'
import type { Faults } from '../../../src/base/input.ts'
import type { Asking } from '../../../src/base/questions.ts'
import { givenUp, type Standing, standingAt } from '../../../src/base/standing.ts'
import { STATUS } from '../../../src/base/vocabulary.ts'
import type { HolderAct } from '../../../src/booking/acts-for.ts'
import type { Booking } from '../../../src/booking/booking.ts'
import { extraFields, extraLabels } from '../../extra-fields.tsx'
import { ErrorSummary, type Values } from '../../fields.tsx'
import { Facts, Notice, PrintButton, SampleNote, wordFor } from '../../kit.tsx'
import { Layout, type PageContext } from '../../layout.tsx'
import { type Texts, texts } from '../../text/index.ts'
import type { What } from '../../text/spoken.ts'
import { momentText } from '../../text/when.ts'
import { AMEND_FIELDS, Amend, placeAsked } from './amend.tsx'
import {
  AddToCalendar,
  ArrivalCode,
  AskExpert,
  appointment,
  type Links,
  person,
  Queue,
  ReceiptNumber,
} from './facts.tsx'

/** An offered place, with buttons to accept or decline it. */
function Offer({
  frame,
  booking,
  token,
  open,
  shown,
}: {
  frame: PageContext
  booking: Booking
  token: string
  open: boolean
  shown: string
}) {
  const t = texts(frame.locale)
  const { offer_expires_at: ends } = booking
  if (booking.status !== 'offered') return null
  if (ends === null) {
    return (
      <Notice what={t.wait.offerStopped} tone="warn">
        <p>
          <a href={`/b/${token}/decline`}>{t.wait.decline}</a>
        </p>
      </Notice>
    )
  }
  if (!open) return null
  return (
    <section class="offer" aria-labelledby="offer">
      <h2 id="offer">{booking.drawn === 'won' ? t.wait.won : t.wait.offer}</h2>
      <Notice what={{ what: t.wait.offerHeld(momentText(frame.locale, ends)), next: t.wait.offerText }} tone="warn" />
      <div class="decide">
        <form method="post" action={`/b/${token}/accept`}>
          <input type="hidden" name="shown" value={shown} />
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

function Moving({ frame, token }: { frame: PageContext; token: string }) {
  const t = texts(frame.locale)
  return (
    <section class="leave" aria-labelledby="move">
      <h2 id="move">{t.move.title}</h2>
      <p class="soft">{t.move.lead}</p>
      <a class="btn quiet" href={`/b/${token}/move`}>
        {t.move.open}
      </a>
    </section>
  )
}

function Cancelling({
  frame,
  booking,
  token,
  open,
}: {
  frame: PageContext
  booking: Booking
  token: string
  open: boolean
}) {
  const t = texts(frame.locale)
  const until = booking.session.former === null ? (booking.slot ?? booking.session).cancels_at : null
  const what = givenUp(booking)
  const asked = what === 'withdrawn'
  const waits = what === 'left' || asked
  // What is offered is given up by declining it.
  if (booking.status === 'offered') return null
  if (!open) return <p class="soft">{t.booking.tooLate}</p>
  return (
    <section class="leave" aria-labelledby="leave">
      <h2 id="leave">
        {asked
          ? t.wait.withdrawTitle
          : waits
            ? t.wait.leaveTitle
            : until === null
              ? t.booking.cancelTitle
              : t.session.cancels}
      </h2>
      {!waits && until !== null && <p class="soft">{t.booking.cancelText(momentText(frame.locale, until))}</p>}
      <a class="btn quiet stop" href={`/b/${token}/cancel`}>
        {asked ? t.wait.withdraw : waits ? t.wait.leave : t.booking.cancel}
      </a>
    </section>
  )
}

/** What was done just now, and that a letter says so if one leaves. */
function saidOf(
  t: Texts,
  { booking, done, mailed }: { booking: Booking; done: string | null; mailed?: boolean },
): string | undefined {
  const given = booking.ended === 'cancelled' ? wordFor(t.booking.given, done) : undefined
  const said = given ?? wordFor(t.booking.done, done)
  const tells = said !== undefined && done !== 'saved' && done !== 'same' && done !== 'email'
  return tells && mailed ? `${said}${t.booking.mailed}` : said
}

function Said({ said }: { said: string | undefined }) {
  return said ? (
    <div class="notice is-done" role="status">
      <p>
        <b>{said}</b>
      </p>
    </div>
  ) : null
}

/** That the session of a live booking is called off or postponed. */
function Off({ t, booking }: { t: Texts; booking: Booking }) {
  const { status } = booking.session
  const off = STATUS[booking.status].live && (status === 'called_off' || status === 'postponed')
  return off ? <Notice what={t.session.notice[status]} tone="stop" /> : null
}

/** The standings of what is a booking, no longer an application. */
const OWN = ['booked', 'attended', 'absent'] as const

/** The link to the survey. */
function Survey({ frame, token }: { frame: PageContext; token: string }) {
  const t = texts(frame.locale)
  return (
    <section class="leave" aria-labelledby="survey">
      <h2 id="survey">{t.survey.title}</h2>
      <p class="soft">{t.survey.ask}</p>
      <a class="btn" href={`/b/${token}/survey`}>
        {t.survey.open}
      </a>
    </section>
  )
}

/** The word for how a booking stands. */
function State({ frame, booking, word }: { frame: PageContext; booking: Booking; word: string }) {
  return (
    <p class={`state is-${booking.status}`}>
      <span class="sr">{texts(frame.locale).booking.status}: </span>
      {word}
    </p>
  )
}

/** Links that add a booking to a calendar, if it has a day. */
function Calendar({
  frame,
  booking,
  token,
  ...links
}: { frame: PageContext; booking: Booking; token: string } & Links) {
  const { google, outlook, outlook365 } = links
  if (booking.status !== 'booked' || booking.session.former !== null) return null
  return <AddToCalendar frame={frame} token={token} links={{ google, outlook, outlook365 }} />
}

/** Why its session changed. Nothing once its own time is over. */
function reasonRow(t: Texts, { locale }: PageContext, { session }: Booking, past: boolean): [string, string] | null {
  return session.reason === null || past ? null : [t.booking.reason, session.reason[locale]]
}

/** The word of a standing, and its sentence if all is over. */
function standingWords(t: Texts, standing: Standing): { word: string; over: What | undefined } {
  return { word: t.standings[standing], over: (t.over as Readonly<Record<string, What>>)[standing] }
}

/** Leads to an expert, unless the booking is over. */
function Expert({ frame, booking, token }: { frame: PageContext; booking: Booking; token: string }) {
  const { home } = texts(frame.locale)
  if (STATUS[booking.status].over) return null
  return (
    <section class="leave" aria-labelledby="expert">
      <h2 id="expert">{home.forward}</h2>
      <p class="soft">{home.expertText}</p>
      <AskExpert frame={frame} token={token} />
    </section>
  )
}

/** The page of one's own booking: see, change and cancel it. Opening the page changes nothing. */
export function ManagePage(
  props: {
    frame: PageContext
    booking: Booking
    token: string
    /** What its holder may do now. */
    acts: ReadonlySet<HolderAct>
    /** The new e-mail address that waits for its confirmation, or null. */
    pending: string | null
    /** Whether the survey of it can be answered now. */
    survey: boolean
    /** The link of the meeting on the web, or null. */
    meeting: string | null
    /** What its session asks. */
    asked: Asking
    /** The code for reception, or null. */
    qr?: string | null
    /** The act that was done just now, and whether a letter about it leaves. */
    done: string | null
    mailed?: boolean
    /** The fingerprint of the booking as shown. */
    shown: string
    /** Why the act was refused, or null. */
    refusal: 'closed' | 'unoffered' | 'changed' | 'twice' | 'full' | 'capped' | null
    errors: Faults
    values: Values
  } & Links,
) {
  const { frame, booking, token, acts, survey, meeting } = props
  const { refusal, errors, values, shown } = props
  const t = texts(frame.locale)
  const { session } = booking
  const live = STATUS[booking.status].live
  // Its own time is over, and nobody has recorded yet whether they came.
  const past = booking.status === 'booked' && isPast(booking, frame.now)
  const standing = standingAt(booking, session, frame.now)
  const { word, over } = standingWords(t, standing)
  const said = saidOf(t, props)
  const own = OWN.some((one) => one === standing)
  const title = own ? t.booking.title : t.booking.applied
  const closed = live ? (session.status === 'postponed' ? 'postponed' : 'closed') : 'ended'
  const faulty = Object.keys(errors).length > 0
  return (
    <Layout
      frame={frame}
      title={`${faulty ? `${t.book.faultTab}: ` : ''}${title} ${booking.number}`}
      nav="lookup"
      noindex
      narrow
    >
      <h1>{title}</h1>
      <SampleNote frame={frame} session={session} />
      <Said said={said} />
      {refusal && <Notice what={t.booking.refused[refusal === 'closed' ? closed : refusal]} tone="stop" alert />}
      {over && (
        <Notice what={over} tone="stop">
          <p>
            <a href={`/calendar?prefecture=${session.prefecture}`}>{t.booking.again}</a>
          </p>
        </Notice>
      )}
      <Queue frame={frame} booking={booking} />
      <Offer frame={frame} booking={booking} token={token} open={acts.has('accept')} shown={shown} />
      {!past && <Off t={t} booking={booking} />}
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={[...AMEND_FIELDS, ...extraFields(props.asked)]}
        labels={extraLabels(frame, props.asked)}
        most={placeAsked(booking, errors, frame.now).most}
      />
      <section class="card" aria-labelledby="details">
        <div class="receipt-line">
          <ReceiptNumber frame={frame} booking={booking} />
          <State frame={frame} booking={booking} word={past ? t.booking.past : word} />
        </div>
        {props.qr && <ArrivalCode frame={frame} qr={props.qr} />}
        <h2 id="details">{session.title[frame.locale]}</h2>
        <Facts
          rows={[
            ...appointment(frame, booking, meeting),
            reasonRow(t, frame, booking, past),
            ...person(frame, booking),
          ]}
        />
        <p>
          <a href={`/sessions/${session.id}`}>{t.booking.sessionLink}</a>
        </p>
      </section>
      {survey && <Survey frame={frame} token={token} />}
      <p class="after">
        <PrintButton frame={frame} />
      </p>
      {!past && <Calendar {...props} />}
      {acts.has('move') && <Moving frame={frame} token={token} />}
      {acts.has('amend') && (
        <Amend
          frame={frame}
          booking={booking}
          token={token}
          asked={props.asked}
          errors={errors}
          values={values}
          pending={props.pending}
          shown={shown}
        />
      )}
      <Expert frame={frame} booking={booking} token={token} />
      {live && !past && <Cancelling frame={frame} booking={booking} token={token} open={acts.has('cancel')} />}
      <section class="leave" aria-labelledby="erase">
        <h2 id="erase">{t.booking.erase.title}</h2>
        <p class="soft">{t.booking.erase.lead}</p>
        {acts.has('erase') ? (
          <a class="btn quiet" href={`/b/${token}/erase`}>
            {t.booking.erase.open}
          </a>
        ) : (
          <p class="soft">{t.booking.erase.closed}</p>
        )}
      </section>
      <p class="soft small leave">{t.booking.private}</p>
    </Layout>
  )
}
