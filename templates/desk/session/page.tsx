import type { Duties } from '../../../src/base/duty.ts'
import type { Hears } from '../../../src/base/letters.ts'
import { calendarDay } from '../../../src/base/seating.ts'
import { standingAt } from '../../../src/base/standing.ts'
import { isSessionAct, STATUS } from '../../../src/base/vocabulary.ts'
import type { LedgerLine } from '../../../src/booking/ledger.ts'
import type { HistoryLine } from '../../../src/booking/queries.ts'
import type { DeskSessionAct } from '../../../src/schedule/acts-for.ts'
import type { Session } from '../../../src/schedule/session.ts'
import type { SessionWithheld, WithheldSessionAct } from '../../../src/schedule/withheld.ts'
import type { ActAbout } from '../../../src/store/acts.ts'
import type { DrawRow } from '../../../src/store/schema.ts'
import { Crumbs, Facts, joined, Mark, Notice, placeText, sessionDeadline, sessionHours, wordFor } from '../../kit.tsx'
import { deskTexts } from '../../text/desk.ts'
import { texts } from '../../text/index.ts'
import { messageTexts } from '../../text/messages.ts'
import { questionTexts } from '../../text/questions.ts'
import { scheduleTexts } from '../../text/schedule.ts'
import { dateText, momentText } from '../../text/when.ts'
import { Console, PageActs, ToCall, Withheld } from '../console.tsx'
import { dutyRows } from '../duty.ts'
import { Key, keyed } from '../keys.tsx'
import { DayLines } from '../lines.tsx'
import { Stopping } from '../stopping/table.tsx'
import type { DeskView } from '../view.ts'
import { DrawOrder, type DrawResult } from './draw-order.tsx'
import { History, UndoForm } from './history.tsx'
import { titleOf } from './title.ts'

/** The view of the page of one session. */
export type SessionView = DeskView & {
  session: Session
  lines: LedgerLine[]
  /** How many people get a letter once date and hours are set. */
  awaiting: number
  draw: DrawRow | null
  /** The entries in the order of the draw; empty before it. */
  order: DrawResult[]
  /** The fingerprint of each line that can be marked. */
  marks: ReadonlyMap<string, string>
  history: HistoryLine<ActAbout<'session'>>[]
  mayTend: boolean
  /** The acts that are possible now, for people who may change it. */
  acts: ReadonlySet<DeskSessionAct>
  /** The acts that a clerk would look for and that are not possible now, with why. */
  withheld: [WithheldSessionAct, SessionWithheld][]
  refusal: string | null
  done: string | undefined
  /** How many people hear of the act that was done just now, by each way. Null if it is none of which people hear. */
  hears: Record<Hears, number> | null
  /** Why its desk is closed on its day although it is held, in the language of the desk. */
  closed: string | null
  /** Whether this person may undo the change they made today. */
  undoable: boolean
  /** Whether nobody ever booked it and no series makes it, so that it can be deleted. */
  removable: boolean
  /** Who advises, and in which room. */
  duties: Duties | undefined
  /** The states of the records of those who came. */
  records: ReadonlyMap<string, 'draft' | 'final'>
}

function About({ view }: { view: SessionView }) {
  const { frame, session, lines } = view
  const d = deskTexts(frame.locale).session
  const t = texts(frame.locale)
  const taken = lines.filter((line) => STATUS[line.status].holds).reduce((sum, line) => sum + line.seats, 0)
  const waits = lines.filter((line) => line.status === 'waiting')
  const words = waits.map((line) => t.standings[standingAt(line, line, frame.now)])
  const waiting = [...new Set(words)].map((word) => d.waiting(word, words.filter((one) => one === word).length))
  return (
    <section class="card">
      <Facts
        rows={[
          [d.state, <Mark frame={frame} session={session} />],
          [
            d.hours,
            `${session.date === null ? '' : dateText(frame.locale, session.date)} ${sessionHours(frame.locale, session) ?? ''}`,
          ],
          [d.place, placeText(frame.locale, session)],
          [
            d.formats,
            joined(
              frame.locale,
              session.formats.map((format) => t.format[format]),
            ),
          ],
          [d.capacity, [d.taken(taken, session.capacity), ...waiting].join(' ')],
          [d.acceptance, d.acceptances[session.acceptance]],
          view.awaiting === 0 ? null : [d.awaiting, d.awaitingPeople(view.awaiting)],
          closesRow(frame, session),
          session.meeting_url === null ? null : [d.meeting, session.meeting_url],
          ...dutyRows(frame, session, view.duties),
        ]}
      />
      <p>
        <a href={`/sessions/${session.id}`}>{d.public}</a>
      </p>
    </section>
  )
}

/** Until when booking is open, or since when it is closed. */
function closesRow({ locale, now }: DeskView['frame'], session: Session): [string, string] | null {
  const { closes, closed } = deskTexts(locale).session
  const { closes_at } = session
  if (closes_at === null) return null
  if (now >= closes_at) return [closed, momentText(locale, closes_at)]
  return [closes, sessionDeadline(locale, session, 'closes_at') ?? momentText(locale, closes_at)]
}

/** The planning acts: edit, skip, hold after all. */
function Planning({ view }: { view: SessionView }) {
  const { frame, session, acts } = view
  const t = scheduleTexts(frame.locale).session
  const path = `/desk/sessions/${session.id}`
  return (
    <>
      {acts.has('edit') && (
        <a class="btn quiet" href={`${path}/edit`}>
          {t.edit}
        </a>
      )}
      <a class="btn quiet" href={`${path}/advisers`}>
        {deskTexts(frame.locale).advisers.title}
      </a>
      <a class="btn quiet" href={`/desk/questions?session=${session.id}`}>
        {questionTexts(frame.locale).editor.title}
      </a>
      <a class="btn quiet" href={`${path}/outline`}>
        {texts(frame.locale).outline.edit.open}
      </a>
      {session.date !== null && session.former === null && (
        <a class="btn quiet" href={`${path}/copy`}>
          {scheduleTexts(frame.locale).days.copy.open}
        </a>
      )}
      <a class="btn quiet" href={`/desk/messages/new?session=${session.id}`}>
        {messageTexts(frame.locale).send}
      </a>
      <a class="btn quiet" href={`/desk/texts?session=${session.id}`}>
        {messageTexts(frame.locale).texts.title}
      </a>
      {acts.has('open') && (
        <form action={`${path}/open`} method="post">
          <button class="btn quiet" type="submit">
            {t.open}
          </button>
        </form>
      )}
      {acts.has('skip') && (
        <a class="btn quiet" href={`${path}/skip`}>
          {t.skip}
        </a>
      )}
    </>
  )
}

/** The name of each act that is not possible now, and why. */
function withheldLines({ frame, withheld }: SessionView): [string, string][] {
  const { session, withheld: t } = deskTexts(frame.locale)
  const names = { ...session.names, enter: session.enter, skip: scheduleTexts(frame.locale).session.skip }
  return withheld.map(([act, why]) => [names[act], t.session[why]])
}

/** The reason for holding it at the same time as another session. */
function besideOf({ detail }: HistoryLine<ActAbout<'session'>>): string {
  return 'beside' in detail && typeof detail.beside === 'string' ? detail.beside : ''
}

/** How people hear of the act that was done just now. Empty if nobody does. */
function heardText({ frame, hears }: SessionView): string {
  const { heard } = deskTexts(frame.locale).session
  const ways = ['mail', 'sms', 'nothing'] as const
  const said = hears === null ? [] : ways.filter((way) => hears[way] > 0).map((way) => heard[way](hears[way]))
  return said.join(frame.locale === 'ja' ? '' : ' ')
}

/** One session: its state, its parties, and what the desk may do. */
export function SessionPage(view: SessionView) {
  const { frame, staff, session, lines, draw, history, mayTend, acts, refusal, done } = view
  const t = deskTexts(frame.locale).session
  const assigned = deskTexts(frame.locale).advisers.done
  const said = wordFor({ ...t.done, ...scheduleTexts(frame.locale).session.done, assigned }, done)
  const { what, ...whys } = t.refused
  const why = wordFor(whys, refusal) ?? t.refused.closed
  const day = calendarDay(session)
  const title = titleOf(frame, session)
  const listed = session.acceptance === 'lottery' ? t.lotLines : t.lines
  return (
    <Console frame={frame} staff={staff} title={title} nav="schedule">
      <Crumbs frame={frame} links={[[t.back, day === null ? '/desk/schedule' : `/desk/schedule?date=${day}`]]} />
      <div class="head">
        <h1>{title}</h1>
        <span class="ways">
          <a class="btn quiet" href={`/desk/sessions/${session.id}/sheet`}>
            {t.sheet}
          </a>
          {mayTend && acts.has('enter') && (
            <a class="btn" href={`/desk/bookings/new?session=${session.id}`} {...keyed(frame, 'n')}>
              {t.enter}
              <Key frame={frame} name="N" />
            </a>
          )}
        </span>
      </div>
      {said && (
        <Notice what={{ what: said, next: heardText(view) }} tone="done" alert>
          {(view.hears?.call ?? 0) > 0 && <ToCall frame={frame} />}
        </Notice>
      )}
      {refusal && <Notice what={{ what, next: why }} tone="stop" alert />}
      {view.closed !== null && (
        <Notice what={{ what: scheduleTexts(frame.locale).closures.onClosedDay(view.closed), next: '' }} tone="warn" />
      )}
      {view.undoable && <UndoForm frame={frame} path={`/desk/sessions/${session.id}`} />}
      <About view={view} />
      {mayTend && (
        <PageActs frame={frame}>
          <Planning view={view} />
          {[...acts].filter(isSessionAct).map((act) => (
            <a class={act === 'call-off' ? 'btn quiet stop' : 'btn quiet'} href={`/desk/sessions/${session.id}/${act}`}>
              {t.names[act]}
            </a>
          ))}
          {view.removable && (
            <a class="btn quiet stop" href={`/desk/sessions/${session.id}/delete`}>
              {scheduleTexts(frame.locale).ending.remove}
            </a>
          )}
        </PageActs>
      )}
      {mayTend && <Withheld frame={frame} lines={withheldLines(view)} />}
      {mayTend && (acts.has('call-off') || acts.has('skip')) && <Stopping frame={frame} />}
      {draw && (
        <section class="card">
          <h2>{t.drawn}</h2>
          <p class="typed">{t.drawnText(draw.seed)}</p>
        </section>
      )}
      {view.order.length > 0 && <DrawOrder frame={frame} session={session} results={view.order} />}
      <h2>{listed}</h2>
      <DayLines
        frame={frame}
        lines={lines}
        label={listed}
        back="session"
        mayTend={mayTend}
        marks={view.marks}
        duties={view.duties}
        records={view.records}
      />
      {history.length > 0 && (
        <History frame={frame} title={t.history} lines={history} happened={t.happened} detailOf={besideOf} />
      )}
    </Console>
  )
}
