import { weekday } from '../../src/base/japan/civil.ts'
import { freedInTime, hasOpenTime, isDateAwaited, isWaitlisted } from '../../src/base/seating.ts'
import type { Outline } from '../../src/planning/outlines/outline.ts'
import type { Session } from '../../src/schedule/session.ts'
import { ChoiceField } from '../fields.tsx'
import {
  Crumbs,
  DeskPhones,
  Facts,
  formatsText,
  HowAccepted,
  isLinkable,
  Mark,
  Notice,
  Phone,
  prefectureName,
  SampleNote,
  SessionRow,
  Tags,
  takesEntries,
} from '../kit.tsx'
import { Layout, type PageContext } from '../layout.tsx'
import { type Texts, texts } from '../text/index.ts'
import type { What } from '../text/spoken.ts'
import { dateText, momentText, weekdayName } from '../text/when.ts'
import { AlertLink } from './alerts.tsx'
import { OutlineSection } from './outline.tsx'
import { Place, sessionRows } from './session-facts.tsx'
import { slotChoices } from './slots.tsx'
import { TellForm } from './tell.tsx'

/** Whether all times close together: then the facts of the session name the deadline. */
function hasOneDeadline({ slots, closes_at }: Session): boolean {
  return slots.every((slot) => slot.closes_at === closes_at)
}

function noticeOf(frame: PageContext, t: Texts, session: Session): What | null {
  const { status } = session
  if (session.over && session.date === null && (status === 'held' || status === 'postponed')) {
    return t.session.notice.neverDated
  }
  if (status === 'open' || status === 'few') return hasOpenTime(session, frame.now) ? null : t.session.notice.closed
  if (status === 'undecided') {
    return session.date === null ? t.session.notice.undecidedDate : t.session.notice.undecidedTime
  }
  if (status === 'not_yet_open') {
    return { ...t.session.notice.not_yet_open, next: t.from(momentText(frame.locale, session.opens_at)) }
  }
  return t.session.notice[status]
}

const STOPS: readonly Session['status'][] = ['called_off', 'postponed', 'skipped']

function Standing({ frame, session }: { frame: PageContext; session: Session }) {
  const t = texts(frame.locale)
  const what = noticeOf(frame, t, session)
  if (!what) return null
  return (
    <Notice what={what} tone={STOPS.includes(session.status) ? 'stop' : 'calm'}>
      {STOPS.includes(session.status) && <Why frame={frame} session={session} name={t.session.reason} />}
    </Notice>
  )
}

function Why({ frame, session, name }: { frame: PageContext; session: Session; name: string }) {
  if (!session.reason) return null
  return (
    <p>
      {name}
      {frame.locale === 'ja' ? '：' : ': '}
      {session.reason[frame.locale]}
    </p>
  )
}

/** What changed of a session that takes place, and why. */
function Changed({ frame, session }: { frame: PageContext; session: Session }) {
  const t = texts(frame.locale)
  if (STOPS.includes(session.status)) return null
  // A later change of the date or place may have had the reason.
  return (
    <>
      {session.formats_before !== null && <Notice what={t.session.converted(formatsText(t, session))} />}
      {session.reason && (
        <div class="notice is-calm">
          <Why frame={frame} session={session} name={t.session.changeReason} />
        </div>
      )}
    </>
  )
}

function Elsewhere({ frame, session }: { frame: PageContext; session: Session }) {
  const t = texts(frame.locale)
  const { apply } = session
  if (apply.kind === 'here') return null
  return (
    <section class="card" aria-labelledby="apply">
      <h2 id="apply">{t.session.elsewhereBy}</h2>
      <p>
        <b lang="ja">{apply.name}</b>
      </p>
      {apply.phone !== null && (
        <p class="big-phone">
          <Phone number={apply.phone} />
        </p>
      )}
      {apply.phone !== null && <p class="soft">{t.session.byPhoneOnly}</p>}
      {isLinkable(apply.url) && (
        <p>
          <a href={apply.url} rel="noopener noreferrer external">
            {t.session.url}
          </a>{' '}
          {t.external}
        </p>
      )}
      {apply.url_printed !== null && (
        <div class="damaged">
          <p class="damaged-text">{apply.url_printed}</p>
          <p class="small">{t.session.damagedUrl}</p>
        </div>
      )}
    </section>
  )
}

function Apply({ frame, session }: { frame: PageContext; session: Session }) {
  const t = texts(frame.locale)
  if (!hasOpenTime(session, frame.now)) return null
  return (
    <form class="take" method="get" action={`/sessions/${session.id}/book`}>
      {session.slots.length > 0 && (
        <ChoiceField
          frame={frame}
          name="slot"
          label={t.session.choose}
          type="radio"
          required
          bare
          choices={slotChoices(frame, session, '')}
        />
      )}
      <button class="btn wide" type="submit">
        {takesEntries(session) ? t.session.enter : session.slots.length > 0 ? t.session.book : t.session.bookDay}
      </button>
    </form>
  )
}

function Wait({ frame, session }: { frame: PageContext; session: Session }) {
  const t = texts(frame.locale)
  if (!isWaitlisted(session, frame.now)) return null
  const to = `/sessions/${session.id}/book?waitlist=true`
  if (session.status !== 'full') {
    return (
      <p>
        <a href={to}>{t.wait.joinSlots}</a>
      </p>
    )
  }
  return (
    <section class="card" aria-labelledby="wait">
      <h2 id="wait">{t.wait.joinTitle}</h2>
      <p>{t.wait.joinText[freedInTime(session)]}</p>
      {session.waiting > 0 && <p class="soft">{t.wait.count(session.waiting)}</p>}
      <p>
        <a class="btn wide" href={to}>
          {t.wait.join}
        </a>
      </p>
    </section>
  )
}

/** Who answers questions by telephone, and when. */
function Questions({ frame, session }: { frame: PageContext; session: Session }) {
  const t = texts(frame.locale)
  const { desk, apply } = session
  if (desk.phones.length === 0 || apply.kind !== 'here') return null
  const ended = session.over || STOPS.includes(session.status)
  return (
    <section class="card" aria-labelledby="ask">
      <h2 id="ask">{t.session.ask}</h2>
      <p>
        {ended ? t.session.askAfter : t.session.askBefore}
        {hasOpenTime(session, frame.now) && (
          <span class="line">{session.acceptance === 'first_come' ? t.session.byPhone : t.session.applyByPhone}</span>
        )}
      </p>
      <p>
        <b class="line">{desk.name[frame.locale]}</b>
        <DeskPhones frame={frame} desk={desk} />
      </p>
    </section>
  )
}

/** The words of the published schedule, folded away. */
function Printed({ frame, session }: { frame: PageContext; session: Session }) {
  const t = texts(frame.locale)
  const { printed } = session
  if (printed === null) return null
  return (
    <details class="printed">
      <summary>{t.session.printed}</summary>
      <p class="soft small">{t.session.printedText}</p>
      <blockquote lang="ja">{printed}</blockquote>
    </details>
  )
}

/** Says if the printed weekday is not the weekday of the date. */
function WeekdayFlag({ frame, session }: { frame: PageContext; session: Session }) {
  const { printed_weekday: printed, date } = session
  const computed = date === null ? null : weekdayName('ja', weekday(date))
  if (printed === null || computed === null || printed === computed) return null
  return <p class="flag">{texts(frame.locale).session.weekdayFault(printed, computed)}</p>
}

/** Other sessions, and how to hear of more. */
function Nearest({ frame, nearest, prefecture }: { frame: PageContext; nearest: Session[]; prefecture: string }) {
  const t = texts(frame.locale)
  return (
    <section aria-labelledby="nearest">
      <h2 id="nearest">{t.session.nearest}</h2>
      {nearest.length > 0 && (
        <>
          <p class="soft">{t.session.nearestText}</p>
          <ol class="card rows">
            {nearest.map((session) => (
              <SessionRow frame={frame} session={session} />
            ))}
          </ol>
        </>
      )}
      <p class="after">
        <a class="btn quiet" href={`/calendar?prefecture=${prefecture}`}>
          {t.session.otherDays}
        </a>
      </p>
      <p>
        <AlertLink frame={frame} prefecture={prefecture} />
      </p>
    </section>
  )
}

/** When, where and how, in one line. */
function describe({ locale }: PageContext, session: Session): string {
  const { prefecture, former } = session
  const date = session.date ?? former?.date
  const t = texts(locale)
  const facts = [date && dateText(locale, date), prefectureName(locale, prefecture), formatsText(t, session)]
  return t.session.description(facts.filter(Boolean).join(' '))
}

type Shown = {
  frame: PageContext
  session: Session
  nearest: Session[]
  outline?: Outline | null
  data?: object | null
}

/** One session: its facts, its times, and the link to book. `data`: the same for search engines. */
export function SessionPage({ frame, session, nearest, outline = null, data = null }: Shown) {
  const t = texts(frame.locale)
  const { prefecture, date, status } = session
  const title = session.title[frame.locale]
  const inCalendar = date !== null && !STOPS.includes(status) && status !== 'held'
  return (
    <Layout
      frame={frame}
      title={[title, prefectureName(frame.locale, prefecture), date && dateText(frame.locale, date)]
        .filter(Boolean)
        .join(' ')}
      nav={session.kind === 'seminar' ? 'seminar' : 'calendar'}
      about={{ data, description: describe(frame, session) }}
      narrow
    >
      <Crumbs
        frame={frame}
        links={[
          [t.nav.calendar, '/calendar'],
          [prefectureName(frame.locale, prefecture), `/calendar?prefecture=${prefecture}`],
        ]}
      />
      <h1>{title}</h1>
      <Place frame={frame} session={session} />
      <div class="under-title">
        <Tags frame={frame} session={session} />
        <Mark frame={frame} session={session} />
      </div>
      <SampleNote frame={frame} session={session} />
      <Standing frame={frame} session={session} />
      <Changed frame={frame} session={session} />
      <WeekdayFlag frame={frame} session={session} />
      <section class="card" aria-label={t.session.facts}>
        <Facts rows={sessionRows(frame, session)} />
        {session.note && <p class="note">{session.note[frame.locale]}</p>}
      </section>
      <OutlineSection frame={frame} outline={outline} over={session.status === 'held'} />
      <Elsewhere frame={frame} session={session} />
      {isDateAwaited(session) && <TellForm frame={frame} session={session} />}
      {hasOpenTime(session, frame.now) && (
        <HowAccepted frame={frame} session={session} until={!hasOneDeadline(session)} />
      )}
      <Apply frame={frame} session={session} />
      <Wait frame={frame} session={session} />
      {inCalendar && (
        <p>
          <a href={`/sessions/${session.id}.ics`}>{t.session.calendar}</a>
        </p>
      )}
      <Questions frame={frame} session={session} />
      <Printed frame={frame} session={session} />
      {!hasOpenTime(session, frame.now) && <Nearest frame={frame} nearest={nearest} prefecture={session.prefecture} />}
    </Layout>
  )
}
