import type { Faults } from '../../../src/base/input.ts'
import { PREFECTURES } from '../../../src/base/japan/prefecture.ts'
import type { LongExport } from '../../../src/figures/exports/list.ts'
import type { ExportFormat, ExportInput } from '../../../src/figures/exports/rows.ts'
import type { Lost } from '../../../src/sheets/shift-jis.ts'
import { ErrorSummary, Need, Options, Problem } from '../../fields.tsx'
import { Notice, prefectureName } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { figuresTexts } from '../../text/figures.ts'
import { texts } from '../../text/index.ts'
import { Console } from '../console.tsx'
import { Carried } from '../offer-fields.tsx'
import type { DeskView } from '../view.ts'

/** The values of the form: what was asked for, as far as it could be read. `s` is a search of the ledger, encrypted. */
export type ExportValues = { [Name in Exclude<keyof ExportInput, 'ids'> | 's']?: string | null } & {
  /** The bookings that were ticked in the ledger. */
  ids?: readonly string[]
}

/** The prefectures that an account may choose, in the order of their codes, and all of them together. */
export function PrefectureChoice(props: DeskView & { every: string; chosen: string | null }) {
  const { frame, staff, every, chosen } = props
  const all = PREFECTURES.map((one) => one.code)
  const codes = staff.role === 'secretariat' ? all : all.filter((code) => staff.prefectures.includes(code))
  return (
    <>
      <option value="">{every}</option>
      {codes.map((code) => (
        <option value={code} selected={code === chosen}>
          {prefectureName(frame.locale, code)}
        </option>
      ))}
    </>
  )
}

/** The fields, in the order of the form. */
const FIELDS = ['from', 'to', 'prefecture', 'kind', 'status', 'channel', 'way', 'support', 'format']

/** The names of the fields. */
function labelsOf(frame: PageContext): Record<string, string> {
  const { channel, format: way, support } = deskTexts(frame.locale).ledger
  const { export: e, filter } = figuresTexts(frame.locale)
  const { from, to, status, format } = e
  return { from, to, prefecture: filter.prefecture, kind: filter.kind, status, channel, way, support, format }
}

/**
 * The form that exports the ledger, with a period, prefecture, kind and state. `errors`: its faults, on its own page,
 * where its fields have their names as ids.
 */
export function ExportForm(props: DeskView & { values: ExportValues; errors?: Faults }) {
  const { frame, staff, values, errors } = props
  const labels = labelsOf(frame)
  const id = (name: string) => (errors ? name : `export-${name}`)
  const ties = (name: string) => ({
    id: id(name),
    name,
    'aria-invalid': errors?.[name] ? ('true' as const) : undefined,
    'aria-describedby': errors?.[name] ? `${name}-error` : undefined,
  })
  const problem = (name: string) => (
    <Problem frame={frame} name={name} error={errors?.[name]} label={labels[name] ?? ''} />
  )
  const t = texts(frame.locale)
  const d = deskTexts(frame.locale)
  const f = figuresTexts(frame.locale)
  const e = f.export
  const isTicked = (values.ids ?? []).length > 0
  const conditions = (
    <>
      <div class="filter-field">
        <label for={id('from')}>
          {labels.from}
          <Need frame={frame} required />
        </label>
        <input {...ties('from')} type="date" required value={values.from ?? ''} />
        {problem('from')}
      </div>
      <div class="filter-field">
        <label for={id('to')}>
          {labels.to}
          <Need frame={frame} required />
        </label>
        <input {...ties('to')} type="date" required value={values.to ?? ''} />
        {problem('to')}
      </div>
      <div class="filter-field">
        <label for={id('prefecture')}>{labels.prefecture}</label>
        <select {...ties('prefecture')}>
          <PrefectureChoice frame={frame} staff={staff} every={e.every} chosen={values.prefecture ?? null} />
        </select>
        {problem('prefecture')}
      </div>
      <div class="filter-field">
        <label for={id('kind')}>{labels.kind}</label>
        <select {...ties('kind')}>
          <option value="">{e.every}</option>
          <Options names={t.kind} chosen={values.kind ?? undefined} />
        </select>
        {problem('kind')}
      </div>
      <div class="filter-field">
        <label for={id('status')}>{labels.status}</label>
        <select {...ties('status')}>
          <option value="">{e.every}</option>
          <Options names={t.statuses} chosen={values.status ?? undefined} />
        </select>
        {problem('status')}
      </div>
      <div class="filter-field">
        <label for={id('channel')}>{labels.channel}</label>
        <select {...ties('channel')}>
          <option value="">{e.every}</option>
          <Options names={d.channel} chosen={values.channel ?? undefined} />
        </select>
        {problem('channel')}
      </div>
      <div class="filter-field">
        <label for={id('way')}>{labels.way}</label>
        <select {...ties('way')}>
          <option value="">{e.every}</option>
          <Options names={t.format} chosen={values.way ?? undefined} />
        </select>
        {problem('way')}
      </div>
      <div class="filter-field">
        <label for={id('support')}>{labels.support}</label>
        <select {...ties('support')}>
          <option value="">{e.every}</option>
          <Options names={d.ledger.supports} chosen={values.support ?? undefined} />
        </select>
        {problem('support')}
      </div>
    </>
  )
  return (
    <form class="filter figures-filter" method="post" action="/desk/exports">
      <p class="figures-wide">{e.lead}</p>
      {values.s && (
        <p class="figures-wide">
          <input type="hidden" name="s" value={values.s} />
          <b>{e.searched}</b>
        </p>
      )}
      {values.ids && values.ids.length > 0 && (
        <p class="figures-wide">
          {values.ids.map((ticked) => (
            <input type="hidden" name="ids" value={ticked} />
          ))}
          <b>{e.ticked(values.ids.length)}</b>
        </p>
      )}
      {isTicked ? <Carried values={{ from: values.from ?? '', to: values.to ?? '' }} /> : conditions}
      <div class="filter-field">
        <label for={id('format')}>{labels.format}</label>
        <select {...ties('format')} aria-describedby={errors?.format ? 'export-help format-error' : 'export-help'}>
          <Options names={e.formats} chosen={values.format ?? undefined} />
        </select>
        {problem('format')}
      </div>
      <button class="btn" type="submit">
        {e.submit}
      </button>
      <p class="soft small figures-wide" id="export-help">
        {e.which}
      </p>
    </form>
  )
}

function Back({ frame }: { frame: PageContext }) {
  return (
    <p>
      <a href="/desk/figures">{figuresTexts(frame.locale).export.back}</a>
    </p>
  )
}

/**
 * The page of an export: its form with what was chosen, and its faults. After a proof it says that the export may
 * begin.
 */
export function ExportPage(
  props: DeskView & { values: ExportValues; errors: Faults; faulty: boolean; proven: boolean },
) {
  const { frame, staff, values, errors, faulty, proven } = props
  const e = figuresTexts(frame.locale).export
  return (
    <Console frame={frame} staff={staff} title={e.title} nav="figures">
      <h1>{e.title}</h1>
      {faulty && <Notice what={e.faulty} tone="stop" alert />}
      <ErrorSummary frame={frame} errors={errors} fields={FIELDS} labels={labelsOf(frame)} />
      {!faulty && proven && <Notice what={e.proven} tone="done" alert />}
      <section class="card" aria-label={e.title}>
        <ExportForm frame={frame} staff={staff} values={values} errors={errors} />
      </section>
      <Back frame={frame} />
    </Console>
  )
}

/** A button that asks for the same rows in another format. */
function Again(props: {
  wanted: ExportInput & { s: string }
  format: ExportFormat
  anyway?: boolean
  quiet: boolean
  text: string
}) {
  const { wanted, format, anyway = false } = props
  const fields = Object.entries({ ...wanted, format, anyway: anyway ? '1' : null })
  return (
    <form method="post" action="/desk/exports">
      {fields.flatMap(([name, value]) =>
        [value ?? ''].flat().map((one) => one !== '' && <input type="hidden" name={name} value={one} />),
      )}
      <button class={props.quiet ? 'btn quiet' : 'btn'} type="submit">
        {props.text}
      </button>
    </form>
  )
}

/** Shows which characters Shift_JIS would lose, before anything is exported, and the ways on. `sealed` is the search. */
export function LostPage(props: DeskView & { wanted: ExportInput; sealed: string; cells: number; listed: Lost[] }) {
  const { frame, staff, cells, listed } = props
  const wanted = { ...props.wanted, s: props.sealed }
  const { lost, formats } = figuresTexts(frame.locale).export
  return (
    <Console frame={frame} staff={staff} title={lost.title} nav="figures">
      <h1>{lost.title}</h1>
      {props.wanted.ids && <p>{figuresTexts(frame.locale).export.ticked(props.wanted.ids.length)}</p>}
      <Notice what={{ what: lost.what(cells), next: lost.next }} tone="warn" />
      <div class="buttons">
        <Again wanted={wanted} format="xlsx" quiet={false} text={lost.otherwise(formats.xlsx)} />
        <Again wanted={wanted} format="csv" quiet text={lost.otherwise(formats.csv)} />
        <Again wanted={wanted} format="sjis" anyway quiet text={lost.anyway} />
      </div>
      <section class="scroll" tabindex={0} aria-label={lost.title}>
        <table class="list">
          <thead>
            <tr>
              <th scope="col">{lost.row}</th>
              <th scope="col">{lost.column}</th>
              <th scope="col">{lost.characters}</th>
            </tr>
          </thead>
          <tbody>
            {listed.map((cell) => (
              <tr>
                <td class="num" data-label={lost.row}>
                  {cell.row}
                </td>
                <td data-label={lost.column}>{cell.column}</td>
                <td data-label={lost.characters}>{cell.characters.join(' ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {cells > listed.length && <p>{lost.more(cells - listed.length)}</p>}
      <Back frame={frame} />
    </Console>
  )
}

/**
 * The progress of a long export, and the button that fetches its file. `reloads`: whether the page reloads itself, which
 * can be stopped. It is null if nothing is in progress.
 */
export function ProgressPage(props: DeskView & { long: LongExport; reloads: boolean | null }) {
  const { frame, staff, long, reloads } = props
  const { id, rows, sent, state } = long
  const p = figuresTexts(frame.locale).export.progress
  const says = {
    asked: p.asked,
    sending: p.sending(sent, rows),
    stopped: p.stopped,
    finished: p.finished,
  } satisfies Record<LongExport['state'], string>
  return (
    <Console frame={frame} staff={staff} title={p.title} nav="figures">
      <h1>{p.title}</h1>
      <p>{p.rows(rows)}</p>
      {long.wanted.ids && <p>{figuresTexts(frame.locale).export.ticked(long.wanted.ids.length)}</p>}
      <div class="card">
        <label for="progress">{p.label}</label>
        <progress id="progress" class="progress" max={String(rows)} value={String(sent)} />
        <p role="status">{says[state]}</p>
        {state !== 'sending' && (
          <form method="post" action={`/desk/exports/${id}/file`}>
            <button class="btn" type="submit">
              {state === 'asked' ? p.fetch : p.again}
            </button>
          </form>
        )}
      </div>
      <p class="soft small">{p.hour}</p>
      {reloads !== null && (
        <p>
          <a href={reloads ? `/desk/exports/${id}?still=1` : `/desk/exports/${id}`}>{reloads ? p.still : p.follow}</a>
        </p>
      )}
      <Back frame={frame} />
    </Console>
  )
}
