import { isCivilDate, weekday } from '../../../src/base/japan/civil.ts'
import { FORMATS } from '../../../src/base/vocabulary.ts'
import type { DayLook, IntakeLook, RowLook } from '../../../src/intake/look.ts'
import type { Intake } from '../../../src/intake/queries.ts'
import type { Desk } from '../../../src/people/desk.ts'
import type { VenueRow } from '../../../src/store/schema.ts'
import {
  ChoiceField,
  ErrorSummary,
  Options,
  PrefectureOptions,
  SelectField,
  TextField,
  WhenField,
} from '../../fields.tsx'
import { Crumbs, Facts, Notice, prefectureName, Whole } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { texts } from '../../text/index.ts'
import { scheduleTexts } from '../../text/schedule.ts'
import { dateText, weekdayName } from '../../text/when.ts'
import { Console } from '../console.tsx'
import { choosable, type DeskView } from '../view.ts'
import { Changes, HouseLink, ToldList } from './parts.tsx'

type View = DeskView & {
  intake: Intake
  look: IntakeLook
  counts: Record<'open' | 'new' | 'same' | 'noted' | 'changed' | 'missing', number>
  venues: VenueRow[]
  desks: Desk[]
  saved: boolean
  refusal: 'changed' | null
}

type RowView = { view: View; row: RowLook; i: number }

/** The weekday of a date in the calendar. */
function Weekday({ frame, date }: { frame: PageContext; date: string | null }) {
  if (date === null) return <>－</>
  return <>{frame.locale === 'ja' ? `${weekdayName('ja', weekday(date))}曜日` : weekdayName('en', weekday(date))}</>
}

function Printed({ view: { frame }, day }: { view: View; day: DayLook }) {
  const t = scheduleTexts(frame.locale).intake.decide
  const { read } = day
  if (read.problems.length === 0)
    return <Whole text={read.date === null ? t.noDate : dateText(frame.locale, read.date)} />
  return (
    <>
      {read.problems.map(({ printed, code, computed }) => (
        <p class="err">
          <b>{printed}</b> {t.problems[code]}
          {computed && ` (${computed})`}
        </p>
      ))}
    </>
  )
}

function DayChoices({ view: { frame }, row, i, day, d }: RowView & { day: DayLook; d: number }) {
  const t = scheduleTexts(frame.locale).intake.decide
  const name = `${i}.day.${d}`
  const { read } = day
  const chosen = row.decision.days[d]?.date ?? ''
  const offered = [...new Set([...(read.date === null ? [] : [read.date]), ...read.proposals])]
  const isOther = isCivilDate(chosen) && !offered.includes(chosen)
  const first = read.problems.length === 0 && read.date === null ? [{ value: 'undated', label: t.undated }] : []
  const choices = [
    ...first,
    ...offered.map((date) => ({
      value: date,
      label: dateText(frame.locale, date) + (date === read.date ? ` ${t.asPrinted}` : ''),
    })),
    { value: 'leave', label: t.leaveDay },
    { value: 'other', label: t.other },
  ]
  return (
    <>
      <ChoiceField
        frame={frame}
        name={name}
        type="radio"
        bare
        label={t.columns.proposals}
        choices={choices.map(({ value, label }) => ({
          value,
          label: <Whole text={label} />,
          checked: value === 'other' ? isOther : value === chosen,
        }))}
      />
      <WhenField frame={frame} name={`${i}.other.${d}`} type="date" label={t.otherDate} value={isOther ? chosen : ''} />
      {day.instead && (
        <ChoiceField
          frame={frame}
          name={`${i}.as.${d}`}
          type="radio"
          bare
          label={t.as(dateText(frame.locale, day.instead.date ?? ''))}
          choices={(['move', 'new'] as const).map((value) => ({
            value,
            label: value === 'move' ? t.asMove : t.asNew,
            checked: row.decision.days[d]?.as === value,
          }))}
        />
      )}
    </>
  )
}

/** The days of a row: as printed, the weekday of the calendar, the reading, and what it may be. */
function Days({ view, row, i }: RowView) {
  const { frame } = view
  const t = scheduleTexts(frame.locale).intake.decide
  const { columns } = t
  return (
    <table class="list intake-days">
      <thead>
        <tr>
          {Object.values(columns).map((column) => (
            <th scope="col">{column}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {row.days.map((day, d) => (
          <tr>
            <td data-label={columns.printed}>
              <Printed view={view} day={day} />
            </td>
            <td data-label={columns.weekday}>
              <Weekday frame={frame} date={day.date ?? day.read.date} />
            </td>
            <td data-label={columns.reading}>
              {day.date !== null && <b class="num nowrap">{dateText(frame.locale, day.date)}</b>}{' '}
              {row.record.rule === null && (
                <span class={day.fate === 'open' ? 'pill tel' : 'pill'}>{t.fates[day.fate]}</span>
              )}
              {day.session && day.fate !== 'open' && (
                <p>
                  <HouseLink frame={frame} day={day.session} />
                </p>
              )}
              {day.session && day.changes.length > 0 && (
                <Changes frame={frame} session={day.session} changes={day.changes} />
              )}
              <ToldList frame={frame} session={day.session} told={day.told} />
            </td>
            <td data-label={columns.proposals}>
              <DayChoices view={view} row={row} i={i} day={day} d={d} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Whether a row makes something, or may make it once it is decided. */
function isNew({ record, series, days, state }: RowLook): boolean {
  const isRuled = record.rule !== null && series === null
  return state !== 'foreign' && (isRuled || days.some(({ fate }) => fate === 'new' || fate === 'open'))
}

/** The name that the public reads, in both languages, and what the heading said. */
function Names({ frame, row: { record, decision, faults }, i }: { frame: PageContext; row: RowLook; i: number }) {
  const t = scheduleTexts(frame.locale).intake.decide.names
  const isOther = record.title !== '' && record.title !== decision.title_ja
  const help = isOther ? `${t.help} ${t.heading(record.title)}` : t.help
  const name = (field: 'title_ja' | 'title_en', label: string, about?: string) => (
    <TextField
      frame={frame}
      name={`${i}.${field}`}
      label={label}
      help={about}
      value={decision[field]}
      error={faults[field]}
    />
  )
  return (
    <>
      {name('title_ja', t.one, help)}
      {name('title_en', t.en)}
    </>
  )
}

/** One name for all new rows. */
function NameOfAll({ view: { frame, look } }: { view: View }) {
  const t = scheduleTexts(frame.locale).intake.decide.names
  if (look.rows.filter((row) => row.state !== 'left' && isNew(row)).length < 2) return null
  return (
    <section class="card">
      <TextField frame={frame} name="all_title_ja" label={t.all} help={t.allHelp} value="" />
      <TextField frame={frame} name="all_title_en" label={t.en} value="" />
    </section>
  )
}

function RowFields({
  view: { frame, staff, venues, desks },
  row,
  i,
  isNamedAbove,
}: RowView & { isNamedAbove: boolean }) {
  const t = scheduleTexts(frame.locale)
  const words = texts(frame.locale)
  const { labels, noVenue } = t.series
  const { decision, faults } = row
  const at = (name: string) => `${i}.${name}`
  const named = (rows: readonly VenueRow[]) =>
    Object.fromEntries(rows.map((one) => [one.id, frame.locale === 'ja' ? one.name_ja : one.name_en]))
  const here = venues.filter(({ prefecture }) => decision.prefecture === '' || prefecture === decision.prefecture)
  const isFaulty = Object.keys(faults).length > 0
  const text = (name: 'title_ja' | 'title_en' | 'slot_starts' | 'slot_minutes' | 'slot_capacity' | 'capacity') => (
    <TextField frame={frame} name={at(name)} label={labels[name]} value={decision[name]} error={faults[name]} />
  )
  return (
    <details open={isFaulty}>
      <summary>{t.intake.decide.fields}</summary>
      <SelectField
        frame={frame}
        name={at('prefecture')}
        label={labels.prefecture}
        required
        value={decision.prefecture}
        error={faults.prefecture}
      >
        <PrefectureOptions frame={frame} chosen={decision.prefecture} only={choosable(staff)} />
      </SelectField>
      <SelectField frame={frame} name={at('kind')} label={labels.kind} required value={decision.kind}>
        <Options names={words.kind} chosen={decision.kind} />
      </SelectField>
      <SelectField
        frame={frame}
        name={at('desk')}
        label={labels.desk}
        required
        value={decision.desk}
        error={faults.desk}
      >
        <Options
          names={Object.fromEntries(desks.map((desk) => [desk.id, desk.name[frame.locale]]))}
          chosen={decision.desk}
        />
      </SelectField>
      <SelectField frame={frame} name={at('venue')} label={labels.venue} value={decision.venue} error={faults.venue}>
        <Options names={{ '': noVenue, ...named(here) }} chosen={decision.venue} />
      </SelectField>
      {!isNamedAbove && text('title_ja')}
      {!isNamedAbove && text('title_en')}
      <WhenField
        frame={frame}
        name={at('starts')}
        type="time"
        label={labels.starts}
        value={decision.starts}
        error={faults.starts}
      />
      <WhenField
        frame={frame}
        name={at('ends')}
        type="time"
        label={labels.ends}
        value={decision.ends}
        error={faults.ends}
      />
      {text('slot_starts')}
      {text('slot_minutes')}
      {text('slot_capacity')}
      <ChoiceField
        frame={frame}
        name={at('formats')}
        type="checkbox"
        label={labels.formats}
        error={faults.formats}
        choices={FORMATS.map((format) => ({
          value: format,
          label: words.format[format],
          checked: decision.formats.includes(format),
        }))}
      />
      {text('capacity')}
    </details>
  )
}

/** What was read beside days and hours, for a person to take over by hand if it is needed. */
function Details({ frame, record }: { frame: PageContext; record: RowLook['record'] }) {
  const t = scheduleTexts(frame.locale).intake.decide.details
  const words = texts(frame.locale)
  const { place, apply, apply_until, except, capacity_by_format } = record
  const byFormat = FORMATS.flatMap((format) => {
    const most = capacity_by_format?.[format]
    return most === undefined ? [] : [`${words.format[format]} ${most}`]
  })
  const rows: [string, string][] = [
    [t.place, place ?? ''],
    [t.apply, apply ?? ''],
    [t.apply_until, apply_until === null ? '' : dateText(frame.locale, apply_until)],
    [t.except, except.join(' ')],
    [t.by_format, byFormat.join(' ')],
  ]
  const told = rows.filter(([, value]) => value !== '')
  return told.length > 0 ? <Facts rows={told} /> : null
}

/** A row of the schedule: its printed text, its days, and its details. */
function Row({ view, row, i }: RowView) {
  const { frame } = view
  const t = scheduleTexts(frame.locale).intake.decide
  const { record, decision, state, series } = row
  const place = prefectureName(frame.locale, decision.prefecture)
  return (
    <section class="card" id={`row-${i}`} aria-labelledby={`row-${i}-title`}>
      <h2 id={`row-${i}-title`}>
        {t.row(i + 1)} {place} <span class={state === 'open' ? 'pill tel' : 'pill'}>{t.states[state]}</span>
      </h2>
      <p class="help">{t.printed}</p>
      <blockquote class="typed">{record.printed}</blockquote>
      <Details frame={frame} record={record} />
      {state !== 'foreign' && (
        <>
          <input type="hidden" name={`${i}.row`} value="1" />
          {record.rule !== null && (
            <p>
              {t.rule} <code>{record.rule}</code>{' '}
              {record.until !== null && t.until(dateText(frame.locale, record.until))}{' '}
              {series ? <a href={`/desk/series/${series.id}`}>{t.ruleKnown}</a> : t.ruleNew}
            </p>
          )}
          {row.ofSeries.map(({ session, changes, told }) => (
            <>
              {session.occurrence !== null && changes.some(({ field }) => field === 'state') && (
                <p>
                  <HouseLink frame={frame} day={session} />
                </p>
              )}
              <Changes frame={frame} session={session} changes={changes} />
              <ToldList frame={frame} session={session} told={told} />
            </>
          ))}
          {row.days.length > 0 && <Days view={view} row={row} i={i} />}
          {state !== 'left' && isNew(row) && <Names frame={frame} row={row} i={i} />}
          {state !== 'left' && <RowFields view={view} row={row} i={i} isNamedAbove={isNew(row)} />}
          {state === 'left' && <Kept row={row} i={i} />}
          <label class="choice">
            <input type="checkbox" name={`${i}.leave`} value="true" checked={decision.leave} />
            <span class="choice-label">{t.leaveRow}</span>
          </label>
        </>
      )}
    </section>
  )
}

/** The hidden details of a row that is left out. It has them again if it is taken in after all. */
function Kept({ row: { decision }, i }: { row: RowLook; i: number }) {
  const { days: _, leave: _left, ...fields } = decision
  return (
    <>
      {Object.entries(fields).flatMap(([name, value]) =>
        [value].flat().map((text) => <input type="hidden" name={`${i}.${name}`} value={text} />),
      )}
    </>
  )
}

function faultsOf(rows: readonly RowLook[]) {
  const all = rows.flatMap(({ faults }, i) => Object.entries(faults).map(([name, fault]) => [`${i}.${name}`, fault]))
  return Object.fromEntries(all)
}

/** Shows the rows of a schedule, each beside what was read, for a person to decide. */
export function IntakeDecidePage(view: View) {
  const { frame, staff, intake, look, counts, saved, refusal } = view
  const t = scheduleTexts(frame.locale)
  const words = t.intake.decide
  const errors = faultsOf(look.rows)
  const names = Object.keys(errors)
  const labelOf = (name: string) => {
    const [i = '', field = ''] = name.split('.')
    return `${words.row(Number(i) + 1)} ${t.series.labels[field as keyof typeof t.series.labels] ?? field}`
  }
  return (
    <Console frame={frame} staff={staff} title={words.title} nav="schedule">
      <Crumbs frame={frame} links={[[t.intake.title, '/desk/import']]} />
      <h1>{words.title}</h1>
      {refusal && <Notice what={words[refusal]} tone="stop" alert />}
      {saved && names.length === 0 && <Notice what={words.saved} tone="done" alert />}
      {saved && (
        <ErrorSummary
          frame={frame}
          errors={errors}
          fields={names}
          labels={Object.fromEntries(names.map((name) => [name, labelOf(name)]))}
        />
      )}
      <p class="lead">{words.lead}</p>
      <ul class="plain">
        {(['open', 'new', 'same', 'noted', 'changed', 'missing'] as const).map((name) => (
          <li>
            {words.counts[name]} <b class="num">{counts[name]}</b>
          </li>
        ))}
      </ul>
      {intake.unread.length > 0 && (
        <section class="card">
          <h2>{words.unread}</h2>
          <p class="soft">{words.unreadHelp}</p>
          <ul>
            {intake.unread.map((text) => (
              <li class="typed">{text}</li>
            ))}
          </ul>
        </section>
      )}
      <form id="form" action={`/desk/import/${intake.id}`} method="post" enctype="multipart/form-data" novalidate>
        <input type="hidden" name="revision" value={String(intake.revision)} />
        <NameOfAll view={view} />
        {look.rows.map((row, i) => (
          <Row view={view} row={row} i={i} />
        ))}
        <div class="acts">
          <button class="btn" type="submit" name="step" value="look">
            {words.look}
          </button>
          <button class="btn quiet" type="submit" name="step" value="save">
            {words.save}
          </button>
        </div>
      </form>
      <Missing frame={frame} look={look} />
      <form action={`/desk/import/${intake.id}/drop`} method="post">
        <button class="btn quiet small-btn" type="submit">
          {words.drop}
        </button>
      </form>
    </Console>
  )
}

/** The sessions that the schedule does not have, each with the act that calls it off. */
export function Missing({ frame, look: { missing } }: { frame: PageContext; look: Pick<IntakeLook, 'missing'> }) {
  const t = scheduleTexts(frame.locale).intake
  if (missing.length === 0) return null
  return (
    <section class="card">
      <h2>{t.decide.missing}</h2>
      <p class="soft">{t.decide.missingHelp}</p>
      <ul class="plain">
        {missing.map((day) => (
          <li>
            <HouseLink frame={frame} day={day} />{' '}
            {day.id !== '' && (
              <a class="btn quiet small-btn" href={`/desk/sessions/${day.id}/call-off`}>
                {t.change.acts['call-off']}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
