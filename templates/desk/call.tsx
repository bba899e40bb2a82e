import type { BookingLetterKind } from '../../src/base/letters.ts'
import type { Booking } from '../../src/booking/booking.ts'
import { Crumbs, Facts, Notice, Phone, Receipt } from '../kit.tsx'
import type { PageContext } from '../layout.tsx'
import type { LetterView } from '../mail/booking-letter.ts'
import { deskTexts } from '../text/desk.ts'
import { Console } from './console.tsx'
import type { DeskView } from './view.ts'

/** What to tell on the telephone: what a letter would say. */
export type CallWords = { kind: BookingLetterKind; heading: string; facts: LetterView['facts'] }

/**
 * What became of a call. `texting`: a short message leaves in its place. `overtaken`: nothing of it is left to tell.
 * `erased`: its person erased their data.
 */
export type CallStanding = 'open' | 'called' | 'texting' | 'texted' | 'overtaken' | 'erased'

/** One call. `facts` is null if all is as the person knows it. */
export type CallView = Pick<CallWords, 'kind' | 'heading'> & {
  id: string
  standing: CallStanding
  attempts: number
  booking: Booking
  facts: CallWords['facts'] | null
}

/** The button by which a call marked by mistake comes back onto the list. */
export function CallBack({ frame, id }: { frame: PageContext; id: string }) {
  return (
    <form class="acts" action={`/desk/calls/${id}/back`} method="post">
      <button class="btn quiet small-btn" type="submit">
        {deskTexts(frame.locale).today.notCalled}
      </button>
    </form>
  )
}

/** The words of a call below its heading: what to ask and what to say. */
export function Spoken({ frame, kind, facts }: { frame: PageContext } & Pick<CallView, 'kind' | 'facts'>) {
  const asks: Partial<Record<BookingLetterKind, string>> = deskTexts(frame.locale).today.callAsks
  return (
    <>
      {asks[kind] !== undefined && <p>{asks[kind]}</p>}
      {facts !== null && <Facts rows={facts.map(({ label, value }) => [label, value])} />}
    </>
  )
}

/** What to tell one person on the telephone. `again`: somebody wanted to mark it, and it was not as they saw it. */
export function CallPage(props: DeskView & { call: CallView; mayTend: boolean; again: boolean }) {
  const { frame, staff, call, mayTend, again } = props
  const d = deskTexts(frame.locale).today
  const { booking, heading, facts, kind, standing } = call
  const said = standing === 'open' ? again && d.callStands.counted : d.callStands[standing]
  return (
    <Console frame={frame} staff={staff} title={d.call} nav="today">
      <Crumbs frame={frame} links={[[d.title, '/desk']]} />
      <h1>{d.call}</h1>
      {said && (
        <Notice what={said} tone={again ? 'warn' : 'calm'} {...(again && { alert: true })}>
          <a href="/desk#calls">{d.callList}</a>
        </Notice>
      )}
      {standing === 'erased' ? (
        <p class="lead">
          <Receipt number={booking.number} />
        </p>
      ) : (
        <p class="lead">
          <b>
            <bdi>{booking.company}</bdi> <bdi>{booking.name}</bdi>
          </b>{' '}
          <Phone number={booking.phone} />
        </p>
      )}
      {standing !== 'erased' && standing !== 'overtaken' && (
        <section class="card">
          <h2>{facts === null ? d.callNothing : heading}</h2>
          <Spoken frame={frame} kind={kind} facts={facts} />
        </section>
      )}
      <p>
        <a href={`/desk/bookings/${booking.id}`}>{d.callBooking}</a>
      </p>
      {standing === 'open' && mayTend && (
        <div class="acts">
          <form action={`/desk/calls/${call.id}`} method="post">
            <button class="btn" type="submit">
              {d.called}
            </button>
          </form>
          <form action={`/desk/calls/${call.id}/unreached`} method="post">
            <input type="hidden" name="tries" value={String(call.attempts)} />
            <button class="btn quiet" type="submit">
              {d.unreached}
            </button>
          </form>
        </div>
      )}
      {standing === 'called' && mayTend && <CallBack frame={frame} id={call.id} />}
    </Console>
  )
}
