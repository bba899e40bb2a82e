import type { Child } from 'hono/jsx'
import { BOOKING_LETTERS, type BookingLetterKind, CAPPED, meaningOf } from '../../src/base/letters.ts'
import type { Booking } from '../../src/booking/booking.ts'
import type { LetterFile } from '../../src/messages/letter-file.ts'
import type { Targeted } from '../../src/messages/receivers.ts'
import type { Account } from '../../src/people/account.ts'
import type { OutboxRow } from '../../src/store/schema.ts'
import { Options } from '../fields.tsx'
import { Crumbs, Facts, href, Notice, Receipt, wordFor } from '../kit.tsx'
import { Layout, type PageContext } from '../layout.tsx'
import { deskTexts } from '../text/desk.ts'
import { texts } from '../text/index.ts'
import { messageTexts } from '../text/messages.ts'
import { momentText } from '../text/when.ts'
import { Console } from './console.tsx'
import { keyed } from './keys.tsx'
import { Documents } from './messages/sample.tsx'
import { TargetLink } from './messages/target.tsx'
import type { DeskView } from './view.ts'

/** One letter of a list. */
export type LetterLine = Pick<OutboxRow, 'id' | 'kind' | 'state' | 'attempts' | 'fault' | 'created_at' | 'sent_at'> & {
  number: string | null
  company: string | null
}

/** One letter or call of a list of the console. */
export type DeskLetterLine = LetterLine &
  Pick<OutboxRow, 'channel'> & { number: string; company: string; name: string; booking: string; again: boolean }

function momentOf(frame: PageContext, instant: string | null): string {
  return instant === null ? '−' : momentText(frame.locale, instant)
}

/** Why a letter did not leave. The words of mail servers are shown as they are. */
export function faultText(frame: PageContext, { fault }: Pick<LetterLine, 'fault'>): string | null {
  return fault === CAPPED ? texts(frame.locale).letters.capped : fault
}

/** The state of a letter or a call, in words. */
export function letterState(frame: PageContext, { channel, state }: Pick<DeskLetterLine, 'channel' | 'state'>): string {
  const said = channel === 'phone' && wordFor(deskTexts(frame.locale).letters.callStates, state)
  return said || texts(frame.locale).letters.states[state]
}

/**
 * The kind of a letter, with a way to read it. The text of a letter to confirm an address or to sign in is for its reader
 * alone, unless `all`.
 */
export function LetterLink({
  frame,
  letter,
  all = false,
}: {
  frame: PageContext
  letter: Pick<OutboxRow, 'id' | 'kind' | 'channel'>
  all?: boolean
}) {
  const kind = texts(frame.locale).letters.kinds[letter.kind]
  const channel = deskTexts(frame.locale).letters.channels[letter.channel]
  const of = letter.channel === 'phone' ? 'calls' : all ? 'letters' : 'outbox'
  return (
    <>
      {(all || meaningOf(letter.kind).about === 'booking') && letter.channel !== 'sms' ? (
        <a href={`/desk/${of}/${letter.id}`}>{kind}</a>
      ) : (
        kind
      )}
      {letter.channel !== 'mail' && (
        <>
          {' '}
          <span class="pill">{channel}</span>
        </>
      )}
    </>
  )
}

/** Sends a letter again. Kind and number name each button, for a page has several. */
export function Resend({ frame, letter, back }: { frame: PageContext; letter: DeskLetterLine; back: string }) {
  const d = deskTexts(frame.locale).letters
  return (
    <form action={`/desk/outbox/${letter.id}/resend`} method="post">
      <input type="hidden" name="back" value={back} />
      <button class="btn quiet small-btn" type="submit">
        {d.resend}
        <span class="sr"> {d.resendOne(texts(frame.locale).letters.kinds[letter.kind], letter.number)}</span>
      </button>
    </form>
  )
}

/** Which of its columns a list shows besides. */
type Shape<Line> = {
  frame: PageContext
  letters: Line[]
  /** Whether letters of every kind can be read. */
  all?: boolean
  who?: (line: Line) => Child
  act?: (line: Line) => Child
}

function List<Line extends LetterLine & Partial<Pick<OutboxRow, 'channel'>>>({
  frame,
  letters,
  all = false,
  who,
  act,
}: Shape<Line>) {
  const t = texts(frame.locale)
  const { columns } = t.letters
  return (
    <section class="scroll" tabindex={0} aria-label={t.letters.title}>
      <table class="list compact">
        <thead>
          <tr>
            {Object.values(columns).map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {letters.map((letter) => (
            <tr>
              <td class="num" data-label={columns.created}>
                {momentOf(frame, letter.created_at)}
              </td>
              <td data-label={columns.kind}>
                <LetterLink frame={frame} letter={{ channel: 'mail', ...letter }} all={all} />
              </td>
              <td class="num" data-label={columns.number}>
                {letter.number === null ? '−' : <Receipt number={letter.number} />}
              </td>
              <td data-label={columns.who}>{who ? who(letter) : <bdi>{letter.company ?? '−'}</bdi>}</td>
              <td data-label={columns.state}>
                {letterState(frame, { channel: 'mail', ...letter })}
                {act?.(letter)}
              </td>
              <td class="num fine" data-label={columns.attempts}>
                {String(letter.attempts)}
              </td>
              <td class="num fine" data-label={columns.sent}>
                {momentOf(frame, letter.sent_at)}
              </td>
              <td class="whole" data-label={columns.fault}>
                {faultText(frame, letter)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** All letters of the outbox, the newest first. For development only. */
export function LettersPage({ frame, letters }: { frame: PageContext; letters: LetterLine[] }) {
  const t = texts(frame.locale)
  return (
    <Layout frame={frame} title={t.letters.title} noindex>
      <h1>{t.letters.title}</h1>
      <p class="lead">{t.letters.lead}</p>
      {letters.length === 0 ? (
        <p class="card empty">{t.letters.empty}</p>
      ) : (
        <List frame={frame} letters={letters} all />
      )}
    </Layout>
  )
}

/** What the letter of a row says from today's data. */
type Shown = {
  frame: PageContext
  /** The account that reads it in the console. null in development, which needs no sign-in. */
  staff: Account | null
  row: Pick<OutboxRow, 'state' | 'sent_at'>
  subject: string
  to: string
  from: string
  text: string
  /** The address of the letter's HTML. */
  html: string
  calendar: string | null
  files: readonly LetterFile[]
  /** The id of the booking that it is about, if the console may link to it. */
  booking: string | null
  resendable: boolean
}

function Letter(props: Shown) {
  const { frame, row, subject, to, from, text, html, calendar, files, booking, resendable } = props
  const t = texts(frame.locale)
  const d = deskTexts(frame.locale).letters
  return (
    <>
      <nav class="crumbs" aria-label={t.breadcrumb}>
        <a href={props.staff ? '/desk/outbox' : '/desk/letters'}>{t.letters.back}</a>
      </nav>
      <h1 lang="ja">{subject}</h1>
      <Notice what={d.asNow[row.state]}>
        {row.sent_at !== null && <p class="num">{d.sentAt(momentText(frame.locale, row.sent_at))}</p>}
      </Notice>
      <Facts
        rows={[
          [t.letters.from, from],
          [t.letters.to, to],
        ]}
      />
      {props.staff && booking !== null && (
        <p>
          <a href={`/desk/bookings/${booking}`}>{d.booking}</a>
        </p>
      )}
      {resendable && (
        <form action={html.replace(/html$/, 'resend')} method="post">
          <button class="btn" type="submit">
            {d.resend}
          </button>
        </form>
      )}
      <Documents frame={frame} files={files} />
      <h2>{t.letters.html}</h2>
      <iframe class="letter" title={t.letters.html} sandbox="allow-popups" src={html} />
      <h2>{t.letters.text}</h2>
      <pre class="card">{text}</pre>
      {calendar !== null && (
        <>
          <h2>{t.letters.calendar}</h2>
          <pre class="card">{calendar}</pre>
        </>
      )}
    </>
  )
}

/** Instead of a letter that cannot be written any more. */
export function LetterGonePage({ frame, staff, kind }: Pick<Shown, 'frame' | 'staff'> & Pick<OutboxRow, 'kind'>) {
  const t = texts(frame.locale)
  const title = t.letters.kinds[kind]
  const gone = (
    <>
      <nav class="crumbs" aria-label={t.breadcrumb}>
        <a href={staff ? '/desk/outbox' : '/desk/letters'}>{t.letters.back}</a>
      </nav>
      <h1>{title}</h1>
      <Notice what={deskTexts(frame.locale).letters.gone} />
    </>
  )
  return staff ? (
    <Console frame={frame} staff={staff} title={title} nav="letters">
      {gone}
    </Console>
  ) : (
    <Layout frame={frame} title={title} noindex>
      {gone}
    </Layout>
  )
}

/** One letter as today's data say it, and above it how it stands to what was or will be sent. */
export function LetterPage(props: Shown) {
  const { frame, staff, subject } = props
  if (staff) {
    return (
      <Console frame={frame} staff={staff} title={subject} nav="letters">
        <Letter {...props} />
      </Console>
    )
  }
  return (
    <Layout frame={frame} title={subject} noindex>
      <Letter {...props} />
    </Layout>
  )
}

/** The states of a letter by which the console lists letters. */
export const LETTER_STATES = [
  'waiting',
  'sent',
  'failed',
  'kept',
  'superseded',
] as const satisfies readonly OutboxRow['state'][]

/** The filters of the list of letters. */
export type LetterFilters = {
  text: string | undefined
  kind: BookingLetterKind | undefined
  state: OutboxRow['state'] | undefined
  date: string | undefined
}

/** The list of letters as one looks at it. */
type Listed = DeskView & {
  letters: DeskLetterLine[]
  /** What messages among them are about, by booking. */
  places: ReadonlyMap<string, Targeted>
  more: boolean
  at: number
  done: string | undefined
  /** The address of this page, without its page number; a search in it is encrypted. */
  here: Record<string, string | undefined>
}

/** What came of a letter that was to be sent again. */
function Resent({ frame, done }: Pick<Listed, 'frame' | 'done'>) {
  const d = deskTexts(frame.locale).letters
  const said = done === 'resent' ? d.resent : done === 'cannot' ? d.cannot : null
  if (said === null) return null
  return <Notice what={{ what: said, next: '' }} tone={done === 'resent' ? 'done' : 'stop'} alert />
}

/** A page of letters, and the ways to the pages beside it. */
function Letters({ view, each }: { view: Listed; each: boolean }) {
  const { frame, letters, places, more, at, here } = view
  const d = deskTexts(frame.locale).letters
  const turn = (to: number, text: string) => (
    <a class="chip" href={href('/desk/outbox', { ...here, page: String(to) })}>
      {text}
    </a>
  )
  const back = href('/desk/outbox', { ...here, page: at > 1 ? String(at) : undefined })
  return (
    <>
      {letters.length === 0 ? (
        <p class="card empty">{d.empty}</p>
      ) : (
        <List
          frame={frame}
          letters={letters}
          who={({ kind, booking, company, name, number }) => (
            <>
              <a class="who" href={`/desk/bookings/${booking}`}>
                <bdi>{company || number}</bdi>
              </a>
              <span class="soft block">
                <bdi>{name}</bdi>
              </span>
              {kind === 'message' && (
                <span class="soft block">
                  <TargetLink frame={frame} targeted={places.get(booking)} otherwise="" />
                </span>
              )}
            </>
          )}
          act={(letter) =>
            letter.again && (each || letter.state === 'failed') ? (
              <Resend frame={frame} letter={letter} back={back} />
            ) : null
          }
        />
      )}
      <nav class="pager" aria-label={d.title}>
        {at > 1 && turn(at - 1, d.prev)}
        {more && turn(at + 1, d.next)}
      </nav>
    </>
  )
}

function LetterSearch({ frame, filter }: { frame: PageContext; filter: LetterFilters }) {
  const t = texts(frame.locale).letters
  const d = deskTexts(frame.locale).letters
  return (
    <search>
      <form class="card filters" action="/desk/outbox" method="post">
        <label class="wide">
          <span>{d.search}</span>
          <input
            type="search"
            name="text"
            value={filter.text ?? ''}
            aria-describedby="search-help"
            autocomplete="off"
            {...keyed(frame, '/')}
          />
          <small id="search-help">{d.searchHelp}</small>
        </label>
        <label>
          <span>{d.kind}</span>
          <select name="kind">
            <option value="">{d.all}</option>
            <Options
              names={Object.fromEntries(BOOKING_LETTERS.map((one) => [one, t.kinds[one]]))}
              chosen={filter.kind}
            />
          </select>
        </label>
        <label>
          <span>{d.state}</span>
          <select name="state">
            <option value="">{d.all}</option>
            <Options
              names={Object.fromEntries(LETTER_STATES.map((one) => [one, t.states[one]]))}
              chosen={filter.state}
            />
          </select>
        </label>
        <label>
          <span>{d.day}</span>
          <input type="date" name="date" value={filter.date ?? ''} />
        </label>
        <button class="btn" type="submit">
          {d.go}
        </button>
      </form>
    </search>
  )
}

/** The letters of one's prefectures that a search and filters find, page by page. */
export function DeskLettersPage(
  view: Listed & {
    filter: LetterFilters
    /** The search of the address can no longer be opened. */
    expired: boolean
    /** A day was given that is no date. */
    unread: boolean
    /** No mail server is set, so letters stay here. */
    kept: boolean
    /** This server shows them to everybody, for development. */
    openly: boolean
  },
) {
  const { frame, staff, filter, expired, unread, kept, openly } = view
  const d = deskTexts(frame.locale).letters
  return (
    <Console frame={frame} staff={staff} title={d.title} nav="letters">
      <h1>{d.title}</h1>
      <p class="lead">{d.lead}</p>
      <p>
        <a href="/desk/messages">{messageTexts(frame.locale).title}</a>
      </p>
      {kept && (
        <Notice what={d.kept} tone="warn">
          {openly && (
            <p>
              <a href="/desk/letters">{d.openly}</a>
            </p>
          )}
        </Notice>
      )}
      <Resent frame={frame} done={view.done} />
      <LetterSearch frame={frame} filter={filter} />
      {expired && <Notice what={{ what: d.expired, next: d.expiredNext }} tone="warn" />}
      {unread && <Notice what={{ what: d.unread, next: d.unreadNext }} tone="warn" />}
      <Letters view={view} each={filter.text !== undefined} />
    </Console>
  )
}

/** All letters and calls to one person, in their order. */
export function PersonLettersPage(view: Listed & { booking: Pick<Booking, 'id' | 'number' | 'name'> }) {
  const { frame, staff, booking } = view
  const d = deskTexts(frame.locale).letters
  const title = d.personOf(booking.name || booking.number)
  return (
    <Console frame={frame} staff={staff} title={title} nav="letters">
      <Crumbs
        frame={frame}
        links={[
          [d.title, '/desk/outbox'],
          [booking.number, `/desk/bookings/${booking.id}`],
        ]}
      />
      <h1>{title}</h1>
      <p class="lead">{d.personLead}</p>
      <Resent frame={frame} done={view.done} />
      <Letters view={view} each />
    </Console>
  )
}

/** A letter of any kind as the holder of a booking would get it now; none is sent. */
export function LetterPreviewPage(
  props: DeskView & {
    booking: Pick<Booking, 'id' | 'number'>
    kind: BookingLetterKind
    kinds: readonly BookingLetterKind[]
    letter: (Pick<Shown, 'subject' | 'text' | 'files'> & { calendar: { content: string } | null }) | null
  },
) {
  const { frame, staff, booking, kind, kinds, letter } = props
  const t = texts(frame.locale).letters
  const d = deskTexts(frame.locale).letters
  return (
    <Console frame={frame} staff={staff} title={d.preview} nav="letters">
      <Crumbs frame={frame} links={[[booking.number, `/desk/bookings/${booking.id}`]]} />
      <h1>{d.preview}</h1>
      <p class="lead">{d.previewLead}</p>
      <form class="card with-unit" action={`/desk/bookings/${booking.id}/letter`} method="get">
        <label for="kind">{d.kind}</label>
        <select id="kind" name="kind" data-submits>
          <Options names={Object.fromEntries(kinds.map((one) => [one, t.kinds[one]]))} chosen={kind} />
        </select>
        <button class="btn quiet small-btn" type="submit">
          {d.go}
        </button>
      </form>
      {letter && (
        <section class="card">
          <h2>{letter.subject}</h2>
          <pre class="typed">{letter.text}</pre>
          {letter.calendar && <pre class="typed">{letter.calendar.content}</pre>}
          <Documents frame={frame} files={letter.files} />
        </section>
      )}
    </Console>
  )
}
