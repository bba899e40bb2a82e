import type { Faults } from '../../src/base/input.ts'
import type { Period } from '../../src/base/japan/period.ts'
import { standingAt } from '../../src/base/standing.ts'
import { STATUS } from '../../src/base/vocabulary.ts'
import type { LedgerFilter, LedgerLine } from '../../src/booking/ledger.ts'
import type { TickedProgress } from '../../src/booking/ticked/queries.ts'
import type { LedgerViewRow } from '../../src/store/schema.ts'
import { ErrorSummary, Need, Options, one, PrefectureOptions, Problem, type Values } from '../fields.tsx'
import { Notice, prefectureName, Receipt, Whole } from '../kit.tsx'
import { rowDay } from '../text/day.ts'
import { deskTexts } from '../text/desk.ts'
import { figuresTexts } from '../text/figures.ts'
import { texts } from '../text/index.ts'
import { messageTexts } from '../text/messages.ts'
import { dateText, dayText } from '../text/when.ts'
import { Console } from './console.tsx'
import { Key, keyed } from './keys.tsx'
import { Contact, lineTime, Who } from './lines.tsx'
import { TICKED_ACTS, type TickedAct } from './ticked/acts.ts'
import { choosable, type DeskView } from './view.ts'

/** The view of the ledger. */
export type LedgerView = DeskView & {
  filter: LedgerFilter
  /** The period that was chosen, which moves with the day. */
  period: Period | null
  /** Whether the days were chosen one by one. */
  dated: boolean
  /** The filters as a query string, without the search text. */
  query: string
  /** The same query string with the search text, encrypted. */
  paging: string
  /** The search text, encrypted. */
  sealed: string | undefined
  /** The search of the address can no longer be opened. */
  expired: boolean
  /** A day was given that is no date. */
  unread: boolean
  lines: LedgerLine[]
  total: number
  at: number
  pages: number
  views: LedgerViewRow[]
  /** The last acts on ticked bookings that go on without their page. */
  ticked: TickedProgress[]
  /** The form that keeps the filters under a name, as it was sent. */
  naming: { values: Values; errors: Faults }
}

/** Leads to the acts on ticked bookings that are under way or were done lately. */
function UnderWay({ view }: { view: LedgerView }) {
  const { frame, ticked, paging } = view
  const t = deskTexts(frame.locale).ledger.ticked
  if (ticked.length === 0) return null
  const back = new URLSearchParams({ back: `/desk/bookings?${paging}` }).toString()
  return (
    <section class="notice is-calm" aria-label={t.long.list}>
      <ul class="plain">
        {ticked.map(({ id, act, state, over, all }) => (
          <li>
            <b>{t.titles[act]}</b> <span class="pill">{t.long.states[state]}</span> {t.long.far(over, all)}{' '}
            <a href={`/desk/bookings/ticked/${id}?${back}`}>{t.long.see}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Filters({ view }: { view: LedgerView }) {
  const { frame, filter } = view
  const d = deskTexts(frame.locale)
  const t = d.ledger
  const choice = (
    name: 'status' | 'channel' | 'format' | 'support' | 'sort',
    names: Record<string, string>,
    chosen = '',
  ) => (
    <label>
      <span>{t[name]}</span>
      <select name={name}>
        {name !== 'sort' && <option value="">{t.all}</option>}
        <Options names={names} chosen={chosen} />
      </select>
    </label>
  )
  return (
    <search>
      <form class="card filters" action="/desk/bookings" method="post">
        <label class="wide">
          <span>{t.search}</span>
          <input
            id="search"
            type="search"
            name="text"
            value={filter.text ?? ''}
            aria-describedby="search-help"
            autocomplete="off"
            {...keyed(frame, '/')}
          />
          <small id="search-help">{t.searchHelp}</small>
        </label>
        <label>
          <span>{t.period}</span>
          <select name="period">
            <option value="">{t.usual}</option>
            <Options names={{ ...t.periods, days: t.days }} chosen={view.dated ? 'days' : (view.period ?? undefined)} />
          </select>
        </label>
        <input type="hidden" name="shown_days" value={`${filter.from} ${filter.to}`} />
        <label>
          <span>{t.from}</span>
          <input type="date" name="from" value={filter.from} />
        </label>
        <label>
          <span>{t.to}</span>
          <input type="date" name="to" value={filter.to} />
        </label>
        <label>
          <span>{t.prefecture}</span>
          <select name="prefecture">
            <option value="">{t.all}</option>
            <PrefectureOptions frame={frame} chosen={filter.prefecture} only={choosable(view.staff)} />
          </select>
        </label>
        {choice('status', texts(frame.locale).statuses, filter.status?.[0])}
        {choice('channel', d.channel, filter.channel)}
        {choice('format', texts(frame.locale).format, filter.format)}
        {choice('support', t.supports, filter.support)}
        {choice('sort', t.sorts, filter.sort ?? 'date')}
        <button class="btn" type="submit">
          {t.go}
        </button>
      </form>
    </search>
  )
}

/** The conditions in force, each with a way to be without it. */
function Conditions({ view }: { view: LedgerView }) {
  const { frame, filter, period, dated, paging } = view
  const d = deskTexts(frame.locale)
  const t = texts(frame.locale)
  const l = d.ledger
  const without = (...names: string[]) => {
    const rest = new URLSearchParams(paging)
    for (const name of names) rest.delete(name)
    return `/desk/bookings?${rest.toString()}`
  }
  const { from, to, prefecture, channel, format, support, text } = filter
  const [status] = filter.status ?? []
  const said = from.slice(0, 4) === to.slice(0, 4) ? dayText : dateText
  const conditions: [words: string, href: string][] = [
    ...(dated ? [[l.between(said(frame.locale, from), said(frame.locale, to)), without('from', 'to')] as const] : []),
    ...(period ? [[l.periods[period], without('period')] as const] : []),
    ...(text ? [[l.searched(text), without('s')] as const] : []),
    ...(prefecture ? [[prefectureName(frame.locale, prefecture), without('prefecture')] as const] : []),
    ...(status ? [[t.statuses[status], without('status')] as const] : []),
    ...(channel ? [[d.channel[channel], without('channel')] as const] : []),
    ...(format ? [[t.format[format], without('format')] as const] : []),
    ...(support ? [[l.supports[support], without('support')] as const] : []),
  ].map(([words, href]) => [words, href])
  if (conditions.length === 0) return null
  return (
    <ul class="conditions" aria-label={l.conditions}>
      {conditions.map(([words, href]) => (
        <li>
          <a class="chip" href={href}>
            <bdi>{words}</bdi> <span aria-hidden="true">×</span>
            <span class="sr"> {l.without}</span>
          </a>
        </li>
      ))}
      {conditions.length > 1 && (
        <li>
          <a href="/desk/bookings">{l.withoutAll}</a>
        </li>
      )}
    </ul>
  )
}

/** A message to all whom the filters find. */
function ToAll({ view }: { view: LedgerView }) {
  const { frame, filter, sealed } = view
  const t = messageTexts(frame.locale)
  const { from, to, prefecture, status, channel, format, support } = filter
  const given = { from, to, prefecture, status: status?.[0], channel, format, support, s: sealed }
  return (
    <form action="/desk/messages/new" method="post">
      {Object.entries(given).map(([name, value]) => value && <input type="hidden" name={name} value={value} />)}
      <button class="btn quiet small-btn" type="submit" name="step" value="edit">
        {t.toFound}
      </button>
    </form>
  )
}

/** Exports what the filters find. Without personal data in the address: the search text is encrypted. */
function Export({ view }: { view: LedgerView }) {
  const { frame, filter, sealed } = view
  const t = deskTexts(frame.locale).ledger
  const e = figuresTexts(frame.locale).export
  const { from, to, prefecture, status, channel, format, support } = filter
  const given = { from, to, prefecture, status: status?.[0], channel, way: format, support, s: sealed }
  return (
    <details class="card export">
      <summary>{t.export}</summary>
      <form class="with-unit" action="/desk/exports" method="post">
        {Object.entries(given).map(([name, value]) => value && <input type="hidden" name={name} value={value} />)}
        <label for="export-format">{e.format}</label>
        <select id="export-format" name="format" aria-describedby="export-help">
          <Options names={e.formats} chosen="xlsx" />
        </select>
        <button class="btn quiet small-btn" type="submit">
          {e.submit}
        </button>
      </form>
      <p class="soft small" id="export-help">
        {e.which}
      </p>
    </details>
  )
}

function Turn({ view, page, children }: { view: LedgerView; page: number; children: string }) {
  return (
    <a class="chip" href={`/desk/bookings?${view.paging}&page=${page}`}>
      {children}
    </a>
  )
}

function Views({ view }: { view: LedgerView }) {
  const { frame, views, query, naming } = view
  const { errors, values } = naming
  const t = deskTexts(frame.locale).ledger
  return (
    <details class="card views" open={views.length > 0 || errors.name !== undefined}>
      <summary>{t.views}</summary>
      <ul class="plain">
        {views.map((saved) => (
          <li>
            <a href={`/desk/bookings?${saved.query}`}>{saved.name}</a>{' '}
            <form action={`/desk/bookings/views/${saved.id}/drop`} method="post">
              <button class="link" type="submit">
                {t.drop(saved.name)}
              </button>
            </form>
          </li>
        ))}
      </ul>
      <form class="with-unit" action="/desk/bookings/views" method="post">
        <input type="hidden" name="query" value={query} />
        <label>
          <span>{t.viewName}</span> <Need frame={frame} required />{' '}
          <input
            id="name"
            name="name"
            required
            maxlength={40}
            value={one(values, 'name')}
            aria-invalid={errors.name ? 'true' : undefined}
            aria-describedby={errors.name ? 'name-error' : undefined}
          />
        </label>
        <button class="btn quiet small-btn" type="submit">
          {t.keep}
        </button>
      </form>
      <Problem frame={frame} name="name" error={errors.name} label={t.viewName} />
    </details>
  )
}

/** Ticks one line, or all of the page by script. */
function Tick({ name, value }: { name: string; value?: string }) {
  return value === undefined ? (
    <input class="tick" type="checkbox" data-ticks="ids" hidden aria-label={name} />
  ) : (
    <input class="tick" type="checkbox" name="ids" value={value} aria-label={name} />
  )
}

/** The lines, with what may be done with those that are ticked. */
function Lines({ view }: { view: LedgerView }) {
  const { frame, staff, filter, paging } = view
  const t = deskTexts(frame.locale).ledger.ticked
  if (staff.role === 'viewer' || staff.role === 'expert') return <Table view={view} ticks={false} />
  const acts = Object.entries(TICKED_ACTS) as [TickedAct, string][]
  return (
    <form class="lines" action={TICKED_ACTS.absent} method="post">
      <input type="hidden" name="back" value={`/desk/bookings?${paging}`} />
      <input type="hidden" name="from" value={filter.from} />
      <input type="hidden" name="to" value={filter.to} />
      <Table view={view} ticks />
      <fieldset class="ticked">
        <legend>{t.with}</legend>
        {acts.map(([act, to]) => (
          <button class="btn quiet small-btn" type="submit" name="act" value={act} formaction={to}>
            {t.acts[act]}
          </button>
        ))}
        <label>
          <span class="sr">{figuresTexts(frame.locale).export.format}</span>
          <select name="format">
            <Options names={figuresTexts(frame.locale).export.formats} chosen="xlsx" />
          </select>
        </label>
      </fieldset>
    </form>
  )
}

function Table({ view, ticks }: { view: LedgerView; ticks: boolean }) {
  const { frame, lines } = view
  const d = deskTexts(frame.locale)
  const t = texts(frame.locale)
  const c = d.ledger.columns
  return (
    <section class="scroll" tabindex={0} aria-label={d.ledger.title}>
      <table class="list ledger-list">
        <thead>
          <tr>
            {ticks && (
              <td>
                <Tick name={d.ledger.ticked.all} />
              </td>
            )}
            {Object.values(c).map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr class={STATUS[line.status].over ? 'ended' : undefined}>
              {ticks && (
                <td data-label="">
                  <Tick name={d.ledger.ticked.one(line.number)} value={line.id} />
                </td>
              )}
              <td class="num" data-label={c.date}>
                <a href={`/desk/sessions/${line.session}`}>
                  <Whole text={rowDay(frame.locale, line)} />
                </a>{' '}
                {lineTime(frame, line)}
              </td>
              <td class="num" data-label={c.number}>
                <Receipt number={line.number} />
              </td>
              <td data-label={c.who}>
                <Who frame={frame} line={line} />
              </td>
              <td class="num" data-label={c.seats}>
                {String(line.seats)}
              </td>
              <td data-label={c.format}>{t.format[line.format]}</td>
              <td data-label={c.contact}>
                <Contact frame={frame} line={line} />
              </td>
              <td data-label={c.channel}>{d.channel[line.channel]}</td>
              <td data-label={c.status}>{t.standings[standingAt(line, line, frame.now)]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The ledger: filtered bookings, page by page. */
export function LedgerPage(view: LedgerView) {
  const { frame, staff, lines, total, at, pages } = view
  const t = deskTexts(frame.locale).ledger
  return (
    <Console frame={frame} staff={staff} title={t.title} nav="bookings">
      <div class="head">
        <h1>{t.title}</h1>
        {staff.role !== 'viewer' && (
          <div class="ways">
            <a class="btn" href="/desk/bookings/new" {...keyed(frame, 'n')}>
              {t.enter}
              <Key frame={frame} name="N" />
            </a>
          </div>
        )}
      </div>
      <ErrorSummary frame={frame} errors={view.naming.errors} fields={['name']} labels={{ name: t.viewName }} />
      <UnderWay view={view} />
      <Filters view={view} />
      <Conditions view={view} />
      <Views view={view} />
      <p role="status">
        <b>{t.found(total)}</b> <span class="soft">{t.page(at, pages)}</span>
      </p>
      {staff.role !== 'viewer' && staff.role !== 'expert' && <Export view={view} />}
      {staff.role !== 'viewer' && staff.role !== 'expert' && lines.length > 0 && !view.expired && <ToAll view={view} />}
      {view.expired && <Notice what={{ what: t.expired, next: t.expiredNext }} tone="warn" />}
      {view.unread && <Notice what={{ what: t.unread, next: t.unreadNext }} tone="warn" />}
      {lines.length === 0 ? <Notice what={{ what: t.empty, next: t.emptyNext }} /> : <Lines view={view} />}
      <nav class="pager" aria-label={t.page(at, pages)}>
        {at > 1 && (
          <Turn view={view} page={at - 1}>
            {t.prev}
          </Turn>
        )}
        {at < pages && (
          <Turn view={view} page={at + 1}>
            {t.next}
          </Turn>
        )}
      </nav>
    </Console>
  )
}
