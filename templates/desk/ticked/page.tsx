import { civilDate } from '../../../src/base/japan/civil.ts'
import { standingAt } from '../../../src/base/standing.ts'
import { STATUS, type Together } from '../../../src/base/vocabulary.ts'
import type { Booking } from '../../../src/booking/booking.ts'
import type { PlaceThere } from '../../../src/booking/desk/together.ts'
import type { Session } from '../../../src/schedule/session.ts'
import { Problem } from '../../fields.tsx'
import { Crumbs, Notice, Receipt, Whole, wordFor } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { texts } from '../../text/index.ts'
import { dayText } from '../../text/when.ts'
import { timeText } from '../booking/summary.tsx'
import { Console } from '../console.tsx'
import { dayChoice } from '../lines.tsx'
import type { DeskView } from '../view.ts'

/**
 * One of them: its place after a move, and why the act is not possible, or null. `other`: the booking of the same person
 * that is in the way.
 */
export type TickedRow = {
  booking: Booking
  to: PlaceThere | null
  why: string | null
  other: Pick<Booking, 'id' | 'number'> | null
}

/** The view of the look at an act on several bookings, and of its results. */
export type TickedView = DeskView & {
  act: Together
  rows: TickedRow[]
  /** Those who get a short message in place of a call, by their ids. */
  texted: string[]
  /** The fingerprints of what is shown of those that it is possible for. */
  shown: string[]
  /** The page with the ticks. */
  back: string
  /** The days to choose from, and the one that was chosen, for a move. */
  days: Session[]
  chosen: Session | null
  /** Whether a day was chosen that is not among them. */
  foreign: boolean
  /** Whether it is done: `why` then says what was refused. */
  done: boolean
  /** Why there is nothing to look at. */
  refusal: 'none' | 'many' | 'again' | null
  most: number
  /** How far it is, if it goes on without its page. */
  far: TickedFar | null
}

/** How far an act on many bookings is. `reloads`: whether its page reloads itself; null if nothing is under way. */
export type TickedFar = {
  id: string
  state: 'waiting' | 'finished' | 'stopped'
  over: number
  all: number
  reloads: boolean | null
}

/** The place of a row in a form: its booking, session, time and form. */
function placeValue({ booking, to }: TickedRow): string {
  return to === null ? '' : [booking.id, to.session.id, to.slot?.id ?? '', to.format].join(' ')
}

function Carried({ view, rows }: { view: TickedView; rows: TickedRow[] }) {
  return (
    <>
      <input type="hidden" name="back" value={view.back} />
      {rows.map(({ booking }) => (
        <input type="hidden" name="ids" value={booking.id} />
      ))}
    </>
  )
}

/** Chooses the day to which all of them move. */
function ChooseDay({ view }: { view: TickedView }) {
  const { frame, days, chosen, foreign, rows } = view
  const d = deskTexts(frame.locale)
  const t = d.ledger.ticked
  return (
    <form class="card" action="/desk/bookings/ticked" method="post">
      <Carried view={view} rows={rows} />
      <input type="hidden" name="act" value="move" />
      <label for="session">{t.day}</label>
      <p class="help" id="session-help">
        {t.dayHelp}
      </p>
      <div class="with-unit">
        <select
          id="session"
          name="session"
          data-submits
          aria-describedby={foreign ? 'session-help session-error' : 'session-help'}
          aria-invalid={foreign ? 'true' : undefined}
        >
          {chosen === null && <option value="">{t.choose}</option>}
          {days.map((each) => (
            <option value={each.id} selected={each.id === chosen?.id}>
              {dayChoice(frame, each)}
            </option>
          ))}
        </select>
        <button class="btn quiet" type="submit">
          {t.show}
        </button>
      </div>
      <Problem frame={frame} name="session" error={foreign ? 'choice' : undefined} label={t.day} />
    </form>
  )
}

/** Why the state of a booking forbids an act: how it ended, or that its day is over or ahead. */
export function stateText(frame: PageContext, booking: Booking, act: Together): string {
  const { locale, now } = frame
  const t = deskTexts(locale).ledger.ticked.states
  const { session, status, cancelled_at } = booking
  const standing = texts(locale).standings[standingAt(booking, session, now)]
  const day = session.date === null ? '' : dayText(locale, session.date)
  if (STATUS[status].over) {
    return cancelled_at === null ? t.is(standing) : t.ended(standing, dayText(locale, civilDate(cancelled_at)))
  }
  if (act === 'booked') return t.unmarked
  const placed = status === 'booked' || status === 'attended' || status === 'absent'
  if (!placed) return t.is(standing)
  if (session.former !== null || session.date === null) return t.postponed
  if (act === 'absent') return t.early(day)
  return status === 'booked' ? t.past(day) : t.is(standing)
}

/** Why it is not possible for one of them, with what is in the way. */
function Why({ frame, act, row }: { frame: PageContext; act: Together; row: TickedRow }) {
  const { booking, other } = row
  const why = row.why ?? ''
  const t = deskTexts(frame.locale).ledger.ticked
  if (why === 'closed') return <Whole text={stateText(frame, booking, act)} />
  const said = wordFor(t.whys, why) ?? t.whys.other
  if (why === 'again' && act === 'move') return <a href={`/desk/sessions/${booking.session.id}`}>{t.there}</a>
  if (other === null) return <>{said}</>
  return (
    <>
      {said}{' '}
      <a href={`/desk/bookings/${other.id}`}>
        <Receipt number={other.number} />
      </a>
    </>
  )
}

function Rows({ view }: { view: TickedView }) {
  const { frame, act, rows, done, chosen } = view
  const d = deskTexts(frame.locale)
  const t = d.ledger.ticked
  const c = d.ledger.columns
  const moves = act === 'move' && chosen !== null
  return (
    <section class="scroll" tabindex={0} aria-label={t.titles[act]}>
      <table class="list">
        <thead>
          <tr>
            <th scope="col">{c.number}</th>
            <th scope="col">{c.who}</th>
            <th scope="col">{t.from}</th>
            {moves && <th scope="col">{t.to}</th>}
            <th scope="col">{t.result}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const { booking, to, why } = row
            return (
              <tr class={why === null ? undefined : 'ended'}>
                <td class="num" data-label={c.number}>
                  <a href={`/desk/bookings/${booking.id}`}>
                    <Receipt number={booking.number} />
                  </a>
                </td>
                <td data-label={c.who}>
                  <bdi>{booking.company}</bdi> <bdi>{booking.name}</bdi>
                </td>
                <td data-label={t.from}>
                  <Whole text={timeText(frame, booking)} />
                </td>
                {moves && (
                  <td data-label={t.to}>
                    {to && <Whole text={`${timeText(frame, to)} ${texts(frame.locale).format[to.format]}`} />}
                  </td>
                )}
                <td data-label={t.result}>
                  {why !== null && <Why frame={frame} act={act} row={row} />}
                  {why === null && (done ? t.done[act] : act === 'move' && to === null ? '' : t.can)}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

/** Does it, after the look, or takes it back after it was done. */
function Go({ view, act, rows }: { view: TickedView; act: Together; rows: TickedRow[] }) {
  const { frame, back, shown, done } = view
  const t = deskTexts(frame.locale).ledger.ticked
  return (
    <form action="/desk/bookings/ticked" method="post" data-busy={deskTexts(frame.locale).busy}>
      <Carried view={view} rows={rows} />
      <input type="hidden" name="act" value={act} />
      {rows.map((row) => act === 'move' && <input type="hidden" name="place" value={placeValue(row)} />)}
      {shown.map((print) => (
        <input type="hidden" name="shown" value={print} />
      ))}
      {act === 'move' && rows.some(({ booking }) => booking.email === null) && (
        <label class="choice">
          <input type="checkbox" name="told" value="true" />
          <span class="choice-label">{t.known}</span>
        </label>
      )}
      <div class="acts">
        <button class={done ? 'btn quiet' : 'btn'} type="submit" name="step" value="do">
          {done ? t.undo : t.go[act](rows.length)}
        </button>
        {!done && (
          <a class="btn quiet" href={back}>
            {t.leave}
          </a>
        )}
      </div>
      <p class="soft" role="status" />
    </form>
  )
}

/** How far it is while it is under way. */
function Far({ view, far }: { view: TickedView; far: TickedFar }) {
  const { frame, back, rows } = view
  const t = deskTexts(frame.locale).ledger.ticked.long
  const path = `/desk/bookings/ticked/${far.id}?${new URLSearchParams({ back }).toString()}`
  const refused = rows.filter(({ why }) => why !== null && why !== 'waiting').length
  return (
    <section class="card">
      <label for="progress">{t.label}</label>
      <progress id="progress" class="progress" max={String(far.all)} value={String(far.over)} />
      <p role="status">{t.far(far.over, far.all)}</p>
      {refused > 0 && <p>{t.refused(refused)}</p>}
      <p>{t.leave}</p>
      {far.reloads !== null && (
        <p>
          <a href={far.reloads ? `${path}&still=1` : path}>{far.reloads ? t.still : t.follow}</a>
        </p>
      )}
    </section>
  )
}

/** What became of it: as a whole, with the way back. */
function Over({ view, possible }: { view: TickedView; possible: readonly TickedRow[] }) {
  const { frame, rows, back, far } = view
  const t = deskTexts(frame.locale).ledger.ticked
  const stopped = far?.state === 'stopped'
  const left = rows.filter(({ why }) => why === 'left').length
  const what = stopped
    ? t.long.stopped(possible.length, left)
    : { what: t.doneAll(possible.length, rows.length), next: '' }
  return (
    <Notice what={what} tone={stopped ? 'stop' : 'done'} alert>
      <a href={back}>{t.back}</a>
    </Notice>
  )
}

/** Why there is nothing to look at. */
function Refusal({ view, refusal }: { view: TickedView; refusal: 'none' | 'many' | 'again' }) {
  const t = deskTexts(view.frame.locale).ledger.ticked
  const words = { none: t.none, many: t.many(view.most), again: t.long.again }
  return <Notice what={words[refusal]} tone="stop" alert />
}

/** An act on several bookings: first the look row by row, then the results row by row. */
export function TickedPage(view: TickedView) {
  const { frame, staff, act, rows, back, chosen, done, refusal, far } = view
  const d = deskTexts(frame.locale)
  const t = d.ledger.ticked
  const title = t.titles[act]
  const possible = rows.filter(({ why }) => why === null)
  const without = possible.filter(({ booking }) => booking.email === null)
  const texted = without.filter(({ booking }) => view.texted.includes(booking.id)).length
  const calls = without.length - texted
  const ready = possible.length > 0 && (act !== 'move' || chosen !== null)
  return (
    <Console frame={frame} staff={staff} title={title} nav="bookings">
      <Crumbs frame={frame} links={[[d.booking.back, back]]} />
      <h1>{title}</h1>
      {refusal && <Refusal view={view} refusal={refusal} />}
      {far?.state === 'waiting' && <Far view={view} far={far} />}
      {done && far?.state !== 'waiting' && <Over view={view} possible={possible} />}
      {act === 'move' && !done && refusal === null && <ChooseDay view={view} />}
      {!done && ready && <p>{act === 'move' ? t.told(possible.length - without.length, calls, texted) : t.silent}</p>}
      {rows.length > 0 && <Rows view={view} />}
      {!done && ready && <Go view={view} act={act} rows={possible} />}
      {done && act === 'absent' && far?.state !== 'waiting' && possible.length > 0 && (
        <Go view={view} act="booked" rows={possible} />
      )}
    </Console>
  )
}
