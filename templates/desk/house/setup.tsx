import { type BookingStatus, nextStep, SETUP_STEPS, type Setup, TRIAL } from '../../../src/base/vocabulary.ts'
import type { OutboxRow } from '../../../src/store/schema.ts'
import { Facts, Notice, wordFor } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { texts } from '../../text/index.ts'
import { momentText } from '../../text/when.ts'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'
import { SETUP_WAYS } from './ways.ts'

/** The steps from an empty house to the first booking: which are done, and where each is taken. */
export function SetupList({ frame, setup }: { frame: PageContext; setup: Setup }) {
  const t = deskTexts(frame.locale).setup
  const next = nextStep(setup)
  return (
    <ol class="setup">
      {SETUP_STEPS.map((step) => (
        <li aria-current={step === next ? 'step' : undefined}>
          <span class={setup[step] ? 'pill ok' : 'pill'}>{setup[step] ? t.done : t.open}</span>{' '}
          <a href={SETUP_WAYS[step]}>{t.steps[step].name}</a>{' '}
          {step === 'session' && <a href="/desk/schedule/new">{t.once}</a>}{' '}
          <span class="small soft">{t.steps[step].why}</span>
        </li>
      ))}
    </ol>
  )
}

type Trial = Pick<OutboxRow, 'state' | 'fault' | 'created_at' | 'sent_at' | 'attempts'>

/** The sender as people see it, and a letter to oneself with what became of it. */
function Mail(props: DeskView & { trial: Trial | null; from: string; sends: boolean }) {
  const { frame, staff, trial, from, sends } = props
  const t = deskTexts(frame.locale).setup.mail
  const states = texts(frame.locale).letters.states
  const at = trial && momentText(frame.locale, trial.sent_at ?? trial.created_at)
  return (
    <section class="card" id="mail">
      <h2>{t.title}</h2>
      {!sends && <Notice what={t.kept} tone="warn" />}
      <Facts
        rows={[
          [t.from, from],
          [t.to, staff.email],
          trial && [t.result, `${states[trial.state]} ${at}`],
          trial?.fault ? [t.fault, <code>{trial.fault}</code>] : null,
        ]}
      />
      <p class="small soft">{t.how}</p>
      <form action="/desk/setup/trial" method="post">
        <button class="btn quiet" type="submit">
          {trial ? t.again : t.send}
        </button>{' '}
        {trial && trial.state !== 'sent' && <a href="/desk/setup#mail">{t.look}</a>}
      </form>
    </section>
  )
}

type Tried = { id: string; number: string; status: BookingStatus }

/** A session that is marked as a sample, to be booked on trial and removed by one button. */
function Booking({ frame, tried }: { frame: PageContext; tried: Tried[] | null }) {
  const t = deskTexts(frame.locale).setup.booking
  const { statuses } = texts(frame.locale)
  return (
    <section class="card" id="booking">
      <h2>{t.title}</h2>
      <p>{t.how}</p>
      {tried === null ? (
        <form action="/desk/setup/booking" method="post">
          <button class="btn quiet" type="submit">
            {t.begin}
          </button>
        </form>
      ) : (
        <>
          <p>
            <a class="btn quiet" href={`/sessions/${TRIAL}/book`}>
              {t.open}
            </a>
          </p>
          <ul class="plain">
            {tried.map(({ id, number, status }) => (
              <li>
                <span class="pill">{t.sample}</span>{' '}
                <a class="num" href={`/desk/bookings/${id}`}>
                  {number}
                </a>{' '}
                {statuses[status]}
              </li>
            ))}
          </ul>
          <form action="/desk/setup/booking/end" method="post">
            <button class="btn quiet" type="submit">
              {t.end}
            </button>
            <p class="small soft">{t.ends}</p>
          </form>
        </>
      )}
    </section>
  )
}

/** The page of the setup, which can be opened again at any time. */
export function SetupPage(
  props: DeskView & {
    setup: Setup
    trial: Trial | null
    /** The bookings on trial; null if there is no session on trial. */
    tried: Tried[] | null
    from: string
    sends: boolean
    done: string | undefined
  },
) {
  const { frame, staff, setup } = props
  const t = deskTexts(frame.locale).setup
  const said = wordFor(t.said, props.done)
  const refused = wordFor(t.booking.refused, props.done)
  return (
    <Console frame={frame} staff={staff} title={t.title} nav="security">
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      {said && <Notice what={{ what: said, next: '' }} tone="done" alert />}
      {refused && <Notice what={refused} tone="stop" alert />}
      <section class="card">
        <SetupList frame={frame} setup={setup} />
      </section>
      <Mail {...props} />
      <Booking frame={frame} tried={props.tried} />
    </Console>
  )
}
