import { WEEKDAY_LETTERS, weekday } from '../../../src/base/japan/civil.ts'
import type { BookingRead, BookingsLook } from '../../../src/intake/bookings/look.ts'
import type { RowTaken } from '../../../src/intake/bookings/take-in-bookings.ts'
import { faultText, one, type Values } from '../../fields.tsx'
import { Crumbs, Notice } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { texts } from '../../text/index.ts'
import { scheduleTexts } from '../../text/schedule.ts'
import { dateText, dayText, hoursText, weekdayName } from '../../text/when.ts'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'
import { type ReadRefusal, Source } from './parts.tsx'

/** Why a table was not read, and the field that it was in. */
export type TableNotRead = { why: string; field: ReadRefusal['field'] }

/** Takes a table of kept bookings, as pasted text or as a file. */
export function BookingsStartPage(view: DeskView & { values: Values; refusal: TableNotRead | null }) {
  const { frame, staff, values, refusal } = view
  const t = scheduleTexts(frame.locale)
  const b = t.intakeBookings
  const errorOf = (field: TableNotRead['field']) => (refusal?.field === field ? refusal.why : null)
  return (
    <Console frame={frame} staff={staff} title={b.title} nav="bookings">
      <Crumbs frame={frame} links={[[t.intake.title, '/desk/import']]} />
      <h1>{b.title}</h1>
      {refusal && <Notice what={b.notRead[refusal.field]} tone="stop" alert />}
      <p class="lead">{b.lead}</p>
      <section class="card">
        <h2>{b.columnsTitle}</h2>
        <p>{b.columns}</p>
        <p>{b.columnsMore}</p>
      </section>
      <form
        id="form"
        class="card enter"
        action="/desk/import/bookings"
        method="post"
        enctype="multipart/form-data"
        novalidate
      >
        <Source frame={frame} field="text" label={b.text} help={b.textHelp} error={errorOf('text')}>
          {(ties) => (
            <textarea id="text" name="text" rows={8} {...ties}>
              {one(values, 'text')}
            </textarea>
          )}
        </Source>
        <Source frame={frame} field="file" label={b.file} help={b.fileHelp} error={errorOf('file')}>
          {(ties) => <input id="file" name="file" type="file" accept=".csv,.xlsx,text/csv" {...ties} />}
        </Source>
        <button class="btn" type="submit">
          {b.read}
        </button>
      </form>
    </Console>
  )
}

/** The fates of rows whose session was not found. */
const LOST: readonly string[] = ['none', 'several', 'weekday'] satisfies BookingRead['fate'][]

/** Why no session was found for a row, and what there is instead. */
function Lost({ frame: { locale }, row }: { frame: PageContext; row: BookingRead }) {
  const b = scheduleTexts(locale).intakeBookings
  const { day, falseWeekday, times, near, fate } = row
  const printed = falseWeekday === null ? null : weekdayName(locale, WEEKDAY_LETTERS.indexOf(falseWeekday))
  const days = near.map((date) => dayText(locale, date)).join(locale === 'ja' ? '、' : ', ')
  return (
    <>
      <span>{fate === 'several' && row.time === null ? b.noTime : b.fates[fate]}</span>
      {printed !== null && day !== null && (
        <p>{b.wrongDay(printed, dateText(locale, day), weekdayName(locale, weekday(day)))}</p>
      )}
      {times.length > 0 && <p>{b.times(times.join(locale === 'ja' ? '、' : ', '))}</p>}
      {times.length === 0 && day !== null && <p>{near.length > 0 ? b.near(days) : b.noneNear}</p>}
    </>
  )
}

/** What is wrong with the form of a row, and which forms its day has. */
function Forms({ frame: { locale }, row: { input, session } }: { frame: PageContext; row: BookingRead }) {
  const b = scheduleTexts(locale).intakeBookings
  const words = texts(locale).format
  const named = (format: string) => (format in words ? words[format as keyof typeof words] : format)
  return (
    <>
      {input.format === '' ? b.noForm : b.otherForm} {b.forms((session?.formats ?? []).map(named).join('・'))}
      {input.format !== '' && ` / ${b.printedForm(named(input.format))}`}
    </>
  )
}

/** What a person may choose for a row that stays out: a form, a time or a day. */
function Choice({ frame: { locale }, row }: { frame: PageContext; row: BookingRead }) {
  const b = scheduleTexts(locale).intakeBookings
  const words = texts(locale).format
  const asked =
    row.faults.format !== undefined && row.session
      ? (['format', row.session.formats.map((format) => [format, words[format]])] as const)
      : row.times.length > 0 && row.fate !== 'weekday' && (row.fate === 'none' || row.time === null)
        ? (['time', row.times.map((time) => [time, time])] as const)
        : row.near.length > 0
          ? (['day', row.near.map((date) => [date, dateText(locale, date)])] as const)
          : null
  if (asked === null) return null
  const [field, options] = asked
  return (
    <select
      name={`choose.${row.line}.${field}`}
      form="form"
      aria-label={`${b.look.line} ${row.line} ${b.choose[field]}`}
    >
      <option value="">{b.choose.none}</option>
      {options.map(([value, label]) => (
        <option value={value}>{label}</option>
      ))}
    </select>
  )
}

/** Whether a person may choose something for a row. */
const isChosen = ({ faults, session, times, near }: BookingRead) =>
  (faults.format !== undefined && session !== null) || times.length > 0 || near.length > 0

/** What becomes of a row, in words: its fate, or the faults of its fields. */
function Fate({ frame, row, why }: { frame: PageContext; row: BookingRead; why: string | null }) {
  const t = texts(frame.locale)
  const b = scheduleTexts(frame.locale).intakeBookings
  const labels: Record<string, string> = t.book.labels
  if (row.fate === 'none' && row.faults.day) return <span>{b.day}</span>
  if (why !== null && LOST.includes(why)) return <Lost frame={frame} row={row} />
  if (why === null || why === 'invalid' || why === 'closed' || why === 'changed') return <span>{b.done.changed}</span>
  if (why !== 'faulty') return <span>{b.fates[why as BookingRead['fate']]}</span>
  return (
    <ul class="plain">
      {Object.entries(row.faults).map(([name, fault]) => (
        <li>{name === 'format' ? <Forms frame={frame} row={row} /> : faultText(t, name, fault, labels[name])}</li>
      ))}
    </ul>
  )
}

type Rows = { frame: PageContext; label: string; rows: readonly RowTaken[]; made: boolean }

function RowsTable({ frame, label, rows, made }: Rows) {
  const b = scheduleTexts(frame.locale).intakeBookings
  return (
    <section class="scroll" tabindex={0} aria-label={label}>
      <table class="list">
        <thead>
          <tr>
            <th scope="col">{b.look.line}</th>
            <th scope="col">{b.look.when}</th>
            <th scope="col">{b.look.person}</th>
            <th scope="col">{b.look.becomes}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ row, booking, why }) => (
            <tr>
              <td class="num" data-label={b.look.line}>
                {row.line}
              </td>
              <td data-label={b.look.when}>
                {row.session ? (
                  <a href={`/desk/sessions/${row.session.id}`}>{placeWords(frame, row)}</a>
                ) : (
                  <bdi>{[row.day && dayText(frame.locale, row.day), row.time].filter(Boolean).join(' ')}</bdi>
                )}
              </td>
              <td data-label={b.look.person}>
                <bdi>{row.input.company}</bdi> <bdi>{row.input.name}</bdi>
              </td>
              <td data-label={b.look.becomes}>
                {why === null ? made ? b.done.made1 : b.fates.ready : <Fate frame={frame} row={row} why={why} />}
                {why !== null && !made && <Choice frame={frame} row={row} />}
                {booking && (
                  <>
                    {' '}
                    <a href={`/desk/bookings/${booking}`}>{row.other?.number ?? b.look.booking}</a>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The day, hours and title of the place that a row was found to mean. */
function placeWords({ locale }: PageContext, { session, slot }: BookingRead): string {
  if (session?.date == null) return ''
  const { starts_at, ends_at } = slot ?? session
  const hours = starts_at && ends_at ? hoursText(locale, { starts_at, ends_at }) : ''
  return [dayText(locale, session.date), hours, session.title[locale]].filter(Boolean).join(' ')
}

type LookView = DeskView & {
  look: BookingsLook
  /** The table as text, which the form sends again. */
  table: string
  shown: string
  refusal: 'changed' | 'consent' | null
}

/** Shows what would become of each row, before anything is entered. */
export function BookingsLookPage({ frame, staff, look, table, shown, refusal }: LookView) {
  const b = scheduleTexts(frame.locale).intakeBookings
  const ready = look.rows.filter(({ fate }) => fate === 'ready')
  const out = look.rows.filter(({ fate }) => fate !== 'ready')
  const mailed = ready.filter(({ input }) => input.email !== '').length
  const asTaken = (rows: readonly BookingRead[], isOut: boolean) =>
    rows.map((row) => ({ row, booking: row.other?.id ?? null, why: isOut ? row.fate : null }))
  return (
    <Console frame={frame} staff={staff} title={b.look.title} nav="bookings">
      <Crumbs frame={frame} links={[[b.title, '/desk/import/bookings']]} />
      <h1>{b.look.title}</h1>
      {refusal === 'changed' && <Notice what={b.look.changed} tone="stop" alert />}
      <Notice what={ready.length > 0 ? b.look.notYet : b.look.nothing} tone="warn" />
      {look.unknown.length > 0 && <p>{b.look.unknown(look.unknown.join('、'))}</p>}
      {ready.length > 0 && (
        <section class="card">
          <h2>
            {b.look.ready} <span class="pill">{ready.length}</span>
          </h2>
          <p>
            {b.look.letters} {mailed} / {b.look.calls} {ready.length - mailed}
          </p>
          <RowsTable frame={frame} label={b.look.ready} rows={asTaken(ready, false)} made={false} />
        </section>
      )}
      {out.length > 0 && (
        <section class="card">
          <h2>
            {b.look.out} <span class="pill">{out.length}</span>
          </h2>
          <RowsTable frame={frame} label={b.look.out} rows={asTaken(out, true)} made={false} />
          {out.some(isChosen) && (
            <p>
              <button class="btn quiet" type="submit" name="step" value="choose" form="form">
                {b.choose.again}
              </button>
            </p>
          )}
        </section>
      )}
      <form
        id="form"
        class="card"
        action="/desk/import/bookings"
        method="post"
        enctype="multipart/form-data"
        novalidate
      >
        <input type="hidden" name="table" value={table} />
        <input type="hidden" name="shown" value={shown} />
        {ready.length > 0 && (
          <div class="field">
            <label class="choice">
              <input
                id="consent"
                type="checkbox"
                name="consent"
                value="true"
                aria-describedby={refusal === 'consent' ? 'consent-error' : undefined}
                aria-invalid={refusal === 'consent' ? 'true' : undefined}
                autofocus={refusal === 'consent'}
              />
              <span class="choice-label">{b.look.consent}</span>
            </label>
            {refusal === 'consent' && (
              <p class="err" id="consent-error" role="alert">
                {b.look.consentNeeded}
              </p>
            )}
          </div>
        )}
        <p class="acts">
          {ready.length > 0 && (
            <button class="btn" type="submit" name="step" value="do">
              {b.look.do(ready.length)}
            </button>
          )}{' '}
          <button class="btn quiet" type="submit" name="step" value="back">
            {b.look.back}
          </button>
        </p>
      </form>
    </Console>
  )
}

/** Says of each row what became of it. The rows that stayed out can be corrected and read again. */
export function BookingsDonePage({ frame, staff, rows, rest }: DeskView & { rows: readonly RowTaken[]; rest: string }) {
  const b = scheduleTexts(frame.locale).intakeBookings
  const made = rows.filter(({ why }) => why === null)
  const mailed = made.filter(({ row }) => row.input.email !== '').length
  const out = rows.filter(({ why }) => why !== null)
  return (
    <Console frame={frame} staff={staff} title={b.done.title} nav="bookings">
      <Crumbs frame={frame} links={[[b.title, '/desk/import/bookings']]} />
      <h1>{b.done.title}</h1>
      <Notice
        what={made.length > 0 ? b.done.made(made.length, mailed) : b.done.none}
        tone={made.length > 0 ? 'done' : 'warn'}
        alert
      />
      <p>
        <a class="btn quiet" href="/desk/bookings">
          {b.done.ledger}
        </a>
      </p>
      {made.length > 0 && (
        <section class="card">
          <RowsTable frame={frame} label={b.done.made1} rows={made} made />
        </section>
      )}
      {out.length > 0 && (
        <section class="card">
          <h2>
            {b.done.rest} <span class="pill">{out.length}</span>
          </h2>
          <RowsTable frame={frame} label={b.done.rest} rows={out} made />
          <form id="form" action="/desk/import/bookings" method="post" enctype="multipart/form-data">
            <div class="field">
              <label for="text">{b.text}</label>
              <p class="help" id="text-help">
                {b.done.restHelp}
              </p>
              <textarea id="text" name="text" rows={8} aria-describedby="text-help">
                {rest}
              </textarea>
            </div>
            <button class="btn" type="submit">
              {b.done.again}
            </button>
          </form>
        </section>
      )}
    </Console>
  )
}
