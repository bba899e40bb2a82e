import type { Faults } from '../../src/base/input.ts'
import type { ProgrammeRow } from '../../src/store/schema.ts'
import { ErrorSummary, one, TextField, type Values, WhenField } from '../fields.tsx'
import { bracketed, Crumbs, Notice, Whole, wordFor } from '../kit.tsx'
import type { PageContext } from '../layout.tsx'
import { scheduleTexts } from '../text/schedule.ts'
import { dateText } from '../text/when.ts'
import { Console } from './console.tsx'
import { ScheduleWays } from './schedule.tsx'
import type { DeskView } from './view.ts'

type Refusal = 'twice' | 'changed' | 'held' | null

/** `years`: how long personal data is kept, unless a programme says otherwise. */
type Form = { frame: PageContext; values: Values; errors: Faults; refusal: Refusal; years: number }

const FIELDS = [
  'fiscal_year',
  'name_ja',
  'name_en',
  'starts_on',
  'ends_on',
  'retention_years',
  'visits',
  'experts_until',
] as const

function Fields({ frame, values, errors, years, isNew }: Form & { isNew: boolean }) {
  const { labels, helps } = scheduleTexts(frame.locale).programme.list
  const common = (name: (typeof FIELDS)[number]) => ({
    frame,
    name,
    label: labels[name],
    error: errors[name],
    value: one(values, name),
  })
  return (
    <>
      {isNew && (
        <TextField
          {...common('fiscal_year')}
          required
          help={helps.fiscal_year}
          inputmode="numeric"
          size="short"
          autocomplete="off"
        />
      )}
      <TextField {...common('name_ja')} help={helps.name_ja} />
      <TextField {...common('name_en')} />
      <WhenField {...common('starts_on')} type="date" help={helps.usual} />
      <WhenField {...common('ends_on')} type="date" help={helps.usual} />
      <TextField
        {...common('retention_years')}
        help={helps.retention_years(years)}
        inputmode="numeric"
        size="short"
        autocomplete="off"
      />
      <TextField {...common('visits')} help={helps.visits} inputmode="numeric" size="short" autocomplete="off" />
      <WhenField {...common('experts_until')} type="date" help={helps.experts_until} />
    </>
  )
}

function Faulty({ frame, errors, refusal }: Form) {
  const t = scheduleTexts(frame.locale).programme.list
  return (
    <>
      {refusal && <Notice what={t.refused[refusal]} tone="stop" alert />}
      <ErrorSummary frame={frame} errors={errors} fields={FIELDS} labels={t.labels} />
    </>
  )
}

function Listed({
  frame,
  rows,
  years,
}: Pick<Form, 'frame' | 'years'> & { rows: (ProgrammeRow & { sessions: number })[] }) {
  const t = scheduleTexts(frame.locale).programme.list
  return (
    <section class="scroll" tabindex={0} aria-label={t.title}>
      <table class="list">
        <thead>
          <tr>
            {Object.values(t.columns).map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              <td data-label={t.columns.name}>
                <a href={`/desk/programmes/${row.id}`}>{frame.locale === 'ja' ? row.name_ja : row.name_en}</a>
              </td>
              <td data-label={t.columns.period}>
                <Whole text={t.period(dateText(frame.locale, row.starts_on), dateText(frame.locale, row.ends_on))} />
              </td>
              <td data-label={t.columns.retention}>{t.retention(row.retention_years ?? years)}</td>
              <td data-label={t.columns.sessions} class="num">
                {t.many(row.sessions)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** All fiscal years, and the form that adds one. */
export function ProgrammesPage(
  props: DeskView &
    Form & {
      rows: (ProgrammeRow & { sessions: number })[]
      /** Whether anything is to be copied into the next year. */
      mayCopy: boolean
      done: string | undefined
    },
) {
  const { frame, staff, rows, years, mayCopy, done } = props
  const t = scheduleTexts(frame.locale).programme.list
  const said = wordFor(t.done, done)
  return (
    <Console frame={frame} staff={staff} title={t.title} nav="schedule">
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <ScheduleWays frame={frame} staff={staff} />
      {said && <Notice what={{ what: said, next: '' }} tone="done" alert />}
      <Faulty {...props} />
      {rows.length === 0 ? <Notice what={t.none} tone="warn" /> : <Listed frame={frame} rows={rows} years={years} />}
      {rows.length > 0 && mayCopy && (
        <p class="after">
          <a class="btn quiet" href="/desk/programme">
            {t.copy}
          </a>
        </p>
      )}
      <form id="form" class="card narrow" action="/desk/programmes" method="post" novalidate>
        <h2>{t.add}</h2>
        <Fields {...props} isNew />
        <p class="after">
          <button class="btn" type="submit">
            {t.add}
          </button>
        </p>
      </form>
    </Console>
  )
}

/** One fiscal year. Its year stays. */
export function ProgrammeFormPage(props: DeskView & Form & { row: ProgrammeRow }) {
  const { frame, staff, row } = props
  const t = scheduleTexts(frame.locale).programme.list
  const name = frame.locale === 'ja' ? row.name_ja : row.name_en
  return (
    <Console frame={frame} staff={staff} title={t.edit} nav="schedule">
      <Crumbs frame={frame} links={[[t.title, '/desk/programmes']]} />
      <h1>{t.edit + bracketed(frame.locale, name)}</h1>
      <Faulty {...props} />
      <form id="form" class="card narrow" action={`/desk/programmes/${row.id}`} method="post" novalidate>
        <input type="hidden" name="revision" value={one(props.values, 'revision') || String(row.revision)} />
        <Fields {...props} isNew={false} />
        <p class="after">
          <button class="btn" type="submit">
            {t.save}
          </button>
        </p>
      </form>
    </Console>
  )
}
