import { type CivilDate, civilTime, monthOf } from '../../src/base/japan/civil.ts'
import { calendarDay } from '../../src/base/seating.ts'
import type { Session } from '../../src/schedule/session.ts'
import { PrefectureOptions } from '../fields.tsx'
import {
  formatsText,
  href,
  Mark,
  Notice,
  prefectureName,
  Sign,
  sessionHours,
  statusWord,
  whereText,
  wordFor,
} from '../kit.tsx'
import type { PageContext } from '../layout.tsx'
import { sessionDay } from '../text/day.ts'
import { texts } from '../text/index.ts'
import { scheduleTexts } from '../text/schedule.ts'
import { dateText, dayText, monthText, weekdayName } from '../text/when.ts'
import { Console } from './console.tsx'
import { choosable, type DeskView } from './view.ts'

/** The view of the schedule. */
export type ScheduleView = DeskView & {
  view: 'month' | 'week' | 'list'
  date: CivilDate
  weeks: CivilDate[][]
  prev: CivilDate | null
  next: CivilDate | null
  today: CivilDate
  prefecture: string | undefined
  sessions: Session[]
  undated: Session[]
  done: string | undefined
  /** The first of the sessions that were just copied together. */
  copies: string | undefined
  /** Whether this person may add a session. */
  mayPlan: boolean
  /** The sessions that this person may move to another day. */
  movable: ReadonlySet<string>
  /** The session for which a new day is chosen here, if there is one. */
  moving: Session | null
}

/** The links from the schedule, for people who may plan. */
export function ScheduleWays({ frame, staff }: DeskView) {
  const t = scheduleTexts(frame.locale).ways
  const ways = [
    'series',
    'desks',
    'venues',
    'closures',
    'suspensions',
    ...(staff.role === 'secretariat' ? ['programmes'] : []),
  ]
  const links = [
    ['schedule', scheduleTexts(frame.locale).title],
    ...(ways as (keyof typeof t)[]).map((way) => [way, t[way]]),
  ]
  return (
    <nav class="acts" aria-label={scheduleTexts(frame.locale).title}>
      {links.map(([way, name]) => (
        <a
          class="chip"
          href={`/desk/${way}`}
          aria-current={frame.path.split('?')[0] === `/desk/${way}` ? 'page' : undefined}
        >
          {name}
        </a>
      ))}
    </nav>
  )
}

function taken(session: Session): number | null {
  return session.capacity === null ? null : session.taken
}

/** The address of this view with other parameters. */
function toView({ view, date, prefecture, moving }: ScheduleView, more: Record<string, string | undefined>): string {
  return href('/desk/schedule', { view, date, prefecture, move: moving?.id, ...more })
}

function Entry({ view, session }: { view: ScheduleView; session: Session }) {
  const { frame } = view
  const moves = view.movable.has(session.id)
  const t = texts(frame.locale)
  const d = scheduleTexts(frame.locale)
  const people = taken(session)
  return (
    <li>
      <a
        class={`ev is-${session.status}`}
        href={`/desk/sessions/${session.id}`}
        data-moves={moves ? `/desk/sessions/${session.id}/reschedule` : undefined}
        data-picks={moves ? toView(view, { move: session.id }) : undefined}
      >
        {session.starts_at !== null && <span class="num">{civilTime(session.starts_at)} </span>}
        <b>{prefectureName(frame.locale, session.prefecture)}</b>{' '}
        <span class="ev-mark">
          <Sign of={session.status} />
          {statusWord(t, session)} {people !== null && d.of(people, session.capacity)}
        </span>
        <span class="ev-forms">{formatsText(t, session)}</span>
      </a>
    </li>
  )
}

/** Leads to the form that adds a session on this day. */
function Add({ view: { frame, prefecture }, day }: { view: ScheduleView; day: CivilDate }) {
  const name = scheduleTexts(frame.locale).days.addOn(dayText(frame.locale, day))
  return (
    <a class="day-add" href={href('/desk/schedule/new', { date: day, prefecture })} aria-label={name} title={name}>
      ＋
    </a>
  )
}

/** Leads to the form that moves the chosen session to this day. */
function Here({ frame, moving, day }: { frame: PageContext; moving: Session; day: CivilDate }) {
  const t = scheduleTexts(frame.locale).days.move
  if (calendarDay(moving) === day) return null
  return (
    <a
      class="day-here"
      href={href(`/desk/sessions/${moving.id}/reschedule`, { date: day })}
      aria-label={t.hereOn(dayText(frame.locale, day))}
    >
      {t.here}
    </a>
  )
}

/** How the cell of a day looks. On a phone, days that are over take no room while a new day is chosen. */
function classOf({ view, date, today, moving }: ScheduleView, day: CivilDate): string | undefined {
  if (moving !== null && day < today) return 'past'
  if (view === 'month' && monthOf(day) !== monthOf(date)) return 'off'
  return day === today ? 'today' : undefined
}

/** Says that sessions were copied, with a button that takes it back, or what became of that. */
function CopyDone({ view: { frame, done, copies, mayPlan } }: { view: ScheduleView }) {
  const t = scheduleTexts(frame.locale).days.copy
  const said = wordFor(t.undone, done)
  if (said) return <Notice what={{ what: said, next: '' }} tone={done === 'uncopied' ? 'done' : 'warn'} alert />
  if (done !== 'copied') return null
  return (
    <Notice what={{ what: t.done, next: '' }} tone="done" alert>
      {mayPlan && copies !== undefined && (
        <form action={`/desk/schedule/copy/${encodeURIComponent(copies)}/undo`} method="post">
          <button class="btn quiet small-btn" type="submit">
            {t.undo}
          </button>
        </form>
      )}
    </Notice>
  )
}

function Grid({ view }: { view: ScheduleView }) {
  const { frame, weeks, sessions, today, date, moving } = view
  const month = monthOf(date)
  return (
    <table class="month" aria-label={monthText(frame.locale, month)}>
      <thead>
        <tr>
          {[0, 1, 2, 3, 4, 5, 6].map((day) => (
            <th scope="col" class={`d${day}`}>
              {weekdayName(frame.locale, day)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((days) => (
          <tr>
            {days.map((day) => (
              <td class={classOf(view, day)} data-day={view.movable.size > 0 && day >= today ? day : undefined}>
                <span class="day">
                  <span class="day-short">{String(Number(day.slice(8)))}</span>
                  <span class="day-long">{dayText(frame.locale, day)}</span>
                  {view.mayPlan && day >= today && moving === null && <Add view={view} day={day} />}
                  {moving !== null && day >= today && <Here frame={frame} moving={moving} day={day} />}
                </span>
                <ul>
                  {sessions
                    .filter((session) => calendarDay(session) === day)
                    .map((session) => (
                      <Entry view={view} session={session} />
                    ))}
                </ul>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function List({ frame, sessions, name }: { frame: PageContext; sessions: Session[]; name: string }) {
  const t = scheduleTexts(frame.locale)
  if (sessions.length === 0) return <p class="card empty">{t.empty}</p>
  return (
    <section class="scroll" tabindex={0} aria-label={name}>
      <table class="list">
        <tbody>
          {sessions.map((session) => {
            const people = taken(session)
            return (
              <tr>
                <td class="num" data-label="">
                  {session.former === null && (session.date === null ? t.undated : dayText(frame.locale, session.date))}{' '}
                  {sessionHours(frame.locale, session)}
                </td>
                <td data-label="">
                  <a href={`/desk/sessions/${session.id}`}>{session.title[frame.locale]}</a>
                </td>
                <td data-label="">{whereText(frame.locale, session)}</td>
                <td class="num" data-label="">
                  {people === null ? '' : t.of(people, session.capacity)}
                </td>
                <td data-label="">
                  <Mark frame={frame} session={session} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

/** The schedule by month, week or as a list. */
export function SchedulePage(view: ScheduleView) {
  const { frame, staff, date, prev, next, today, prefecture, sessions, undated, moving } = view
  const t = scheduleTexts(frame.locale)
  const to = (more: Record<string, string | undefined>) => toView(view, more)
  // A new day is not chosen in a list: it has only the days with sessions.
  const views = (Object.keys(t.views) as (keyof typeof t.views)[]).filter((one) => moving === null || one !== 'list')
  const title =
    view.view === 'month' ? monthText(frame.locale, monthOf(date)) : dateText(frame.locale, view.weeks[0]?.[0] ?? date)
  return (
    <Console frame={frame} staff={staff} title={`${t.title} ${title}`} nav="schedule">
      <div class="head">
        <h1>{title}</h1>
        <nav class="ways" aria-label={title}>
          {prev !== null && (
            <a class="chip" href={to({ date: prev })} rel="prev">
              {t.prev}
            </a>
          )}
          <a class="chip" href={to({ date: today })}>
            {t.today}
          </a>
          {next !== null && (
            <a class="chip" href={to({ date: next })} rel="next">
              {t.next}
            </a>
          )}
          {view.mayPlan && (
            <a
              class="btn small-btn"
              href={href('/desk/schedule/new', { date: date < today ? today : date, prefecture })}
              data-key="n"
            >
              {t.days.add}
            </a>
          )}
          {views.map((one) => (
            <a class="chip" href={to({ view: one })} aria-current={one === view.view ? 'true' : undefined}>
              {t.views[one]}
            </a>
          ))}
        </nav>
      </div>
      <ScheduleWays frame={frame} staff={staff} />
      {moving && (
        <Notice
          what={{ what: t.days.move.title, next: `${sessionDay(frame.locale, moving)} ${moving.title[frame.locale]}` }}
          tone="warn"
        >
          <a href={`/desk/sessions/${moving.id}`}>{t.days.move.leave}</a>
        </Notice>
      )}
      <CopyDone view={view} />
      {view.done === 'deleted' && <Notice what={{ what: t.ending.done, next: '' }} tone="done" alert />}
      {view.mayPlan && (
        <p>
          {view.view === 'week' && sessions.length > 0 && (
            <a class="btn quiet small-btn" href={href('/desk/schedule/copy', { week: date, prefecture })}>
              {t.days.copy.openWeek}
            </a>
          )}{' '}
          <a class="btn quiet small-btn" href="/desk/import">
            {t.intake.open}
          </a>
        </p>
      )}
      {(staff.role === 'secretariat' || staff.prefectures.length > 1) && (
        <form class="with-unit" action="/desk/schedule" method="get">
          <input type="hidden" name="view" value={view.view} />
          <input type="hidden" name="date" value={date} />
          {moving && <input type="hidden" name="move" value={moving.id} />}
          <label for="prefecture">{t.prefecture}</label>
          <select id="prefecture" name="prefecture" data-submits>
            <option value="">{t.all}</option>
            <PrefectureOptions frame={frame} chosen={prefecture} only={choosable(staff)} />
          </select>
          <button class="btn quiet small-btn" type="submit">
            {t.go}
          </button>
        </form>
      )}
      {view.view === 'list' ? (
        <List frame={frame} sessions={sessions} name={title} />
      ) : (
        <>
          <section class="scroll" tabindex={0} aria-label={title}>
            <Grid view={view} />
          </section>
          {view.movable.size > 0 && <p class="soft drag-hint">{t.days.drag}</p>}
        </>
      )}
      {undated.length > 0 && (
        <>
          <h2>{t.undated}</h2>
          <List frame={frame} sessions={undated} name={t.undated} />
        </>
      )}
    </Console>
  )
}
