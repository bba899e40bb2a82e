import type { Child } from 'hono/jsx'
import type { Instant } from '../src/base/clock.ts'
import { settledHours } from '../src/base/hours.ts'
import { type CivilDate, weekday } from '../src/base/japan/civil.ts'
import { eraYear } from '../src/base/japan/era.ts'
import { phoneText, telHref } from '../src/base/japan/phone.ts'
import { prefectureByCode } from '../src/base/japan/prefecture.ts'
import type { Locale } from '../src/base/locale.ts'
import { isInPerson, isOpen } from '../src/base/seating.ts'
import type { Format } from '../src/base/vocabulary.ts'
import type { Session } from '../src/schedule/session.ts'
import type { PageContext } from './layout.tsx'
import { sessionDay } from './text/day.ts'
import { type Texts, texts } from './text/index.ts'
import type { What } from './text/spoken.ts'
import { dateText, hoursText, momentText, monthName, weekdayName } from './text/when.ts'
import { ofSession } from './written.ts'

/** Words one after the other, as a language lists them. */
export function joined(locale: Locale, words: readonly string[]): string {
  return words.join(locale === 'ja' ? '・' : ', ')
}

/** Words in brackets of the page's width, after other words. */
export function bracketed(locale: Locale, words: string): string {
  return locale === 'ja' ? `（${words}）` : ` (${words})`
}

/** The prefecture of a code in the page's language: 茨城県, Ibaraki. */
export function prefectureName(locale: Locale, code: string): string {
  return prefectureByCode(code)?.[locale] ?? code
}

/** A path with the parameters that are not empty. */
export function href(path: string, query: Record<string, string | undefined>): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]))
  const text = new URLSearchParams(given).toString()
  return text === '' ? path : `${path}?${text}`
}

/** The word for a key from an address or an act. Returns undefined for a key without a word. */
export function wordFor<Word>(words: Record<string, Word>, key: string | null | undefined): Word | undefined {
  return typeof key === 'string' && Object.hasOwn(words, key) ? words[key] : undefined
}

/** Whether an address may become a link. */
export function isLinkable(url: string | null): url is string {
  return url !== null && /^https?:\/\//.test(url)
}

const SYMBOLS: Partial<Record<Session['status'], string>> = { open: '○', few: '△', full: '×', closed: '−' }

/** Whether a session takes entries for its draw now. Nobody can say then how many places are left. */
export function takesEntries(session: Session): boolean {
  return session.acceptance === 'lottery' && isOpen(session)
}

/** Whether the places of a session go by a draw whose results nobody knows yet: entries hold none of them. */
export function isByDraw({ acceptance, draw }: Pick<Session, 'acceptance' | 'draw'>): boolean {
  return acceptance === 'lottery' && draw !== 'announced'
}

/** The word for a status. It also says how much is undecided, or that booking is by telephone only. */
export function statusWord(t: Texts, session: Session): string {
  const { status, apply } = session
  if (takesEntries(session)) return t.entriesOpen
  if (status === 'held' && session.date === null) return t.neverDated
  if (status === 'undecided') return session.date === null ? t.dateUndecided : t.timeUndecided
  if (status === 'elsewhere' && apply.kind === 'elsewhere' && apply.phone !== null && apply.url === null) {
    return t.phoneOnly
  }
  return t.status[status]
}

const REASONED: readonly Session['status'][] = ['called_off', 'postponed', 'skipped']

function beside(frame: PageContext, t: Texts, session: Session): string | null {
  const { status, remaining, apply } = session
  if (takesEntries(session)) return null
  if (isOpen(session) && remaining !== null) return t.left(remaining)
  if (status === 'not_yet_open') return t.from(momentText(frame.locale, session.opens_at))
  if (status === 'elsewhere' && apply.kind === 'elsewhere') return apply.phone ?? apply.name
  return REASONED.includes(status) ? (session.reason?.[frame.locale] ?? null) : null
}

/** A symbol that repeats the word after it. Screen readers skip it. */
export function Sign({ of }: { of: Session['status'] }) {
  const symbol = SYMBOLS[of]
  return symbol ? <span aria-hidden="true">{symbol} </span> : null
}

/** The status of a session: mark, word and free places. */
export function Mark({ frame, session }: { frame: PageContext; session: Session }) {
  const t = texts(frame.locale)
  const more = beside(frame, t, session)
  return (
    <p class={`mark is-${session.status}`}>
      <span class="mark-word">
        <Sign of={session.status} />
        {statusWord(t, session)}
      </span>
      {more !== null && <small>{more}</small>}
    </p>
  )
}

/** Kind and formats of a session, and whether it is only a sample. */
export function Tags({ frame, session }: { frame: PageContext; session: Session }) {
  const t = texts(frame.locale)
  return (
    <ul class="tags">
      <li class="tag">{t.kind[session.kind]}</li>
      {session.formats.map((format) => (
        <li class="tag">{t.format[format]}</li>
      ))}
      {session.sample && <li class="tag tag-sample">{t.sample}</li>}
    </ul>
  )
}

/** A date as the largest thing in a row. */
function DateBlock({ frame, date }: { frame: PageContext; date: CivilDate | null }) {
  const t = texts(frame.locale)
  if (date === null) {
    return (
      <p class="date">
        <b class="date-tba">{t.tba}</b>
      </p>
    )
  }
  return (
    <p class="date">
      <time datetime={date}>
        <span>{monthName(frame.locale, Number(date.slice(5, 7)))}</span>
        <b>{String(Number(date.slice(8)))}</b>
        <span>{weekdayName(frame.locale, weekday(date))}</span>
      </time>
    </p>
  )
}

/** Prefecture and venue: 茨城県 水戸エリア. Without the venue if nobody meets there. */
export function placeText(locale: Locale, session: Session): string {
  const place = prefectureName(locale, session.prefecture)
  const meets = isInPerson(session) || session.formats.length === 0
  return session.venue && meets ? `${place}${locale === 'ja' ? ' ' : ', '}${session.venue.name[locale]}` : place
}

/** How a session is held, in words: each of its forms. Empty while they are undecided. */
export function formatsText(t: Texts, session: Pick<Session, 'formats'>): string {
  return session.formats.map((format) => t.format[format]).join(t.or)
}

/** The place of a session and how it is held: a prefecture alone does not say whether people meet there. */
export function whereText(locale: Locale, session: Session): string {
  return [placeText(locale, session), formatsText(texts(locale), session)].filter(Boolean).join(' ')
}

/** The place of one party: the venue if it comes there, else the prefecture alone. */
export function partyPlaceText(locale: Locale, { session, format }: { session: Session; format: Format }): string {
  return format === 'onsite' ? placeText(locale, session) : prefectureName(locale, session.prefecture)
}

/** The session's hours, or that they are undecided, or since when it is postponed. Returns null if it has no date. */
export function sessionHours(locale: Locale, session: Session): string | null {
  const hours = settledHours(session)
  if (hours !== null) return hoursText(locale, hours)
  if (session.former !== null) return sessionDay(locale, session)
  return session.date === null ? null : texts(locale).timeUndecided
}

type Row = {
  frame: PageContext
  session: Session
  level?: 'h2' | 'h3'
  top?: boolean
  lang?: string | undefined
  children?: Child
}

/**
 * A session as one row: when, what, where, how, free places. `children` are below it, for a link or button. `top`: its
 * link leaves the frame in which it stands. `lang`: the language that its link asks for.
 */
export function SessionRow(props: Row) {
  const { frame, session, level = 'h3', top = false, lang = '', children } = props
  if (children) return WrittenRow(props)
  return ofSession(session, `row ${level} ${frame.locale} ${top} ${lang}`, () => <WrittenRow {...props} />)
}

function WrittenRow({ frame, session, level: Heading = 'h3', top = false, lang, children }: Row) {
  const leave = top ? { target: '_top', rel: 'noopener' } : {}
  const hours = sessionHours(frame.locale, session)
  return (
    <li class="row">
      <DateBlock frame={frame} date={session.date} />
      <div class="row-body">
        <div class="row-what">
          <Heading>
            <a href={href(`/sessions/${session.id}`, { lang })} {...leave}>
              {session.title[frame.locale]}
            </a>
          </Heading>
          <p class="row-where">
            <span>{placeText(frame.locale, session)}</span>
            {hours !== null && <span class="num">{hours}</span>}
          </p>
          <Tags frame={frame} session={session} />
        </div>
        <Mark frame={frame} session={session} />
      </div>
      {children && <div class="row-act">{children}</div>}
    </li>
  )
}

/** Named values, one below the other. Rows without a value are left out. */
export function Facts({ rows }: { rows: ([name: string, value: Child] | null)[] }) {
  return (
    <dl class="facts">
      {rows.map(
        (row) =>
          row && (
            <div>
              <dt>{row[0]}</dt>
              <dd>{typeof row[1] === 'string' ? <Whole text={row[1]} /> : row[1]}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

/** Dates, hours, counts and receipt numbers, as pages write them. */
const WHOLE = new RegExp(
  [
    String.raw`(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:\([日月火水木金土]\))?`,
    String.raw`(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat) \d{1,2} [A-Z][a-z]+(?: \d{4})?`,
    String.raw`\d{1,2}:\d{2}(?:[〜–]\d{1,2}:\d{2})?(?: JST)?`,
    String.raw`[\d,]+[名件枠回]`,
    String.raw`[A-Z]{2}-\d{4}-\d{2,}`,
  ]
    .map((each) => `(?:${each})`)
    .join('|'),
  'g',
)

/** A text in which dates, hours, counts and receipt numbers stay on one line. */
export function Whole({ text }: { text: string }) {
  const between = text.split(WHOLE)
  const whole = text.match(WHOLE) ?? []
  return (
    <>
      {between.map((words, at) => (
        <>
          {words}
          {whole[at] !== undefined && <span class="nowrap">{whole[at]}</span>}
        </>
      ))}
    </>
  )
}

/** A date with its weekday. In Japanese the year of the era is beside it. */
function FullDate({ frame, date }: { frame: PageContext; date: CivilDate }) {
  return (
    <time datetime={date}>
      <b class="nowrap">{dateText(frame.locale, date)}</b>
      <span class="nowrap">{texts(frame.locale).era(eraYear(date))}</span>
    </time>
  )
}

/** The date of a session, or that it is undecided. */
export function SessionDate({ frame, session }: { frame: PageContext; session: Pick<Session, 'date' | 'former'> }) {
  if (session.date === null) return <>{sessionDay(frame.locale, session)}</>
  return <FullDate frame={frame} date={session.date} />
}

/** A person's name, with its reading beside it if there is one. */
export function PersonName({ who }: { who: { name: string; name_kana: string } }) {
  return (
    <>
      <bdi>{who.name}</bdi>
      {who.name_kana !== '' && (
        <>
          （<bdi>{who.name_kana}</bdi>）
        </>
      )}
    </>
  )
}

/** A receipt number, which never breaks at its hyphens. */
export function Receipt({ number }: { number: string }) {
  return <span class="num receipt">{number}</span>
}

/** A telephone number as a link that dials it. */
export function Phone({ number }: { number: string }) {
  return (
    <a class="num phone" href={telHref(number)}>
      {phoneText(number)}
    </a>
  )
}

/** The telephone numbers and hours of a desk. */
export function DeskPhones({ frame, desk }: { frame: PageContext; desk: Pick<Session['desk'], 'phones' | 'hours'> }) {
  const t = texts(frame.locale)
  return (
    <>
      {desk.phones.map((phone) => (
        <span class="phone-line">
          <Phone number={phone} />
        </span>
      ))}
      {desk.hours && <span class="soft small">{t.openHours(desk.hours[frame.locale])}</span>}
    </>
  )
}

/**
 * A deadline in words, always with its day. It is one moment if all slots share it. Else it is counted from the start of
 * each slot, and names the last. Says if a moment is the start itself. Null without slots.
 */
function deadlineText(locale: Locale, ends: { at: Instant; starts_at: Instant }[]): string | null {
  const t = texts(locale)
  const [first, last] = [ends[0], ends.at(-1)]
  if (!first || !last) return null
  const hours = Math.round((Date.parse(first.starts_at) - Date.parse(first.at)) / 3_600_000)
  if (ends.every((one) => one.at === first.at)) {
    const moment = momentText(locale, first.at)
    return ends.some((one) => one.at === one.starts_at) ? t.untilStartAt(moment) : t.until(moment)
  }
  return t.lastOf(hours === 0 ? t.untilStart : t.untilHours(hours), momentText(locale, last.at))
}

/** When booking, or cancelling, ends for a session: as `deadlineText`. Null while it has no hours. */
export function sessionDeadline(
  locale: Locale,
  session: Pick<Session, 'starts_at' | 'slots' | 'closes_at' | 'cancels_at'>,
  end: 'closes_at' | 'cancels_at',
): string | null {
  const at = session[end]
  const own = session.slots.map((slot) => ({ at: slot[end], starts_at: slot.starts_at }))
  const whole = at !== null && session.starts_at !== null ? [{ at, starts_at: session.starts_at }] : []
  return deadlineText(locale, own.length > 0 ? own : whole)
}

/** A notice at the start of a page. */
export function Notice(props: {
  what: What
  tone?: 'calm' | 'warn' | 'stop' | 'done'
  children?: Child
  alert?: boolean
  /** Takes the focus when the page opens. */
  focus?: boolean
}) {
  const { what, tone = 'calm', focus = false } = props
  return (
    <div
      class={`notice is-${tone}`}
      role={props.alert ? 'alert' : undefined}
      {...(focus && { tabindex: -1, autofocus: true, 'data-focus': true })}
    >
      <p>
        <b>{what.what}</b>
      </p>
      {what.next !== '' && <p>{what.next}</p>}
      {props.children}
    </div>
  )
}

/** Says that a session is a sample and does not take place. */
export function SampleNote({ frame, session }: { frame: PageContext; session: Session }) {
  return session.sample ? <p class="flag is-calm">{texts(frame.locale).sampleNote}</p> : null
}

/**
 * Says what happens after applying, if the session is not first come, first served. `until`: also until when a lottery
 * takes entries.
 */
export function HowAccepted({
  frame,
  session,
  until: dated = false,
}: {
  frame: PageContext
  session: Session
  until?: boolean
}) {
  const { acceptance } = session
  const t = texts(frame.locale).session
  if (acceptance === 'first_come') return null
  const until = acceptance === 'lottery' && dated ? entriesUntil(frame, session) : ''
  return <Notice what={{ what: t.acceptanceNotice[acceptance], next: `${until}${t.acceptanceText[acceptance]}` }} />
}

/**
 * Until when a lottery takes entries, or since when it does not; empty while that is undecided. Nobody sets when it is
 * drawn.
 */
export function entriesUntil({ locale, now }: PageContext, { closes_at }: Pick<Session, 'closes_at'>): string {
  const t = texts(locale).wait
  if (closes_at === null) return ''
  return (now < closes_at ? t.entriesUntil : t.entriesClosed)(momentText(locale, closes_at))
}

/** The breadcrumbs: links to the pages above, then the page itself. */
export function Crumbs({ frame, links }: { frame: PageContext; links: [text: string, href: string][] }) {
  return (
    <nav class="crumbs" aria-label={texts(frame.locale).breadcrumb}>
      <ol>
        {links.map(([text, to]) => (
          <li>
            <a href={to}>{text}</a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** 入力 > 確認 > 完了. */
export function Steps({ frame, at }: { frame: PageContext; at: 0 | 1 | 2 }) {
  const t = texts(frame.locale)
  return (
    <ol class="steps" aria-label={t.steps.label}>
      {t.steps.names.map((name, i) => (
        <li class={i <= at ? 'on' : undefined} aria-current={i === at ? 'step' : undefined}>
          {`${i + 1} ${name}`}
        </li>
      ))}
    </ol>
  )
}

/** Links to the months before and after. */
export function Pager(props: { label: string; links: { text: string; href: string; rel?: 'prev' | 'next' }[] }) {
  return (
    <nav class="pager" aria-label={props.label}>
      {props.links.map((link) => (
        <a class="chip" href={link.href} rel={link.rel}>
          {link.rel === 'prev' && <span aria-hidden="true">‹</span>}
          {link.text}
          {link.rel === 'next' && <span aria-hidden="true">›</span>}
        </a>
      ))}
    </nav>
  )
}

/** A button that prints. It is hidden until the script runs. */
export function PrintButton({ frame }: { frame: PageContext }) {
  return (
    <button class="btn quiet" type="button" data-print hidden>
      {texts(frame.locale).print}
    </button>
  )
}

/** Whose row a button or link belongs to, for a screen reader that says it alone. */
export function Whose({ company }: { company: string }) {
  return (
    <span class="sr">
      {' '}
      <bdi>{company}</bdi>
    </span>
  )
}
