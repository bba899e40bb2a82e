import type { Elsewhere } from '../../../src/advisers/free.ts'
import type { Faults } from '../../../src/base/input.ts'
import { NTHS, WEEKDAYS } from '../../../src/base/vocabulary.ts'
import type { Desk } from '../../../src/people/desk.ts'
import type { Planned } from '../../../src/planning/queries.ts'
import type { SeriesRow, VenueRow } from '../../../src/store/schema.ts'
import {
  AreaField,
  ChoiceField,
  ErrorSummary,
  many,
  Options,
  one,
  PrefectureOptions,
  SelectField,
  type Values,
} from '../../fields.tsx'
import { Crumbs, Notice } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { texts } from '../../text/index.ts'
import { messageTexts } from '../../text/messages.ts'
import { questionTexts } from '../../text/questions.ts'
import { scheduleTexts } from '../../text/schedule.ts'
import { dayText, weekdayName } from '../../text/when.ts'
import { Console, PageActs } from '../console.tsx'
import { DeskField, deskLabel } from '../desks/field.tsx'
import { type Form, HOURS_NAMES, HoursFields, Line, OFFER_NAMES, OfferFields } from '../offer-fields.tsx'
import { UndoForm } from '../session/history.tsx'
import { Others } from '../session/others.tsx'
import { choosable, type DeskView } from '../view.ts'

/** In the order of the form. */
const WHEN_NAMES = ['kind', 'prefecture', 'desk', 'repeat', 'weekdays', 'nths', 'dates', 'starts_on', 'until']
const FIELDS = [...WHEN_NAMES, ...HOURS_NAMES, ...OFFER_NAMES]

function WhenFields(form: Form) {
  const { frame, values, errors } = form
  const t = scheduleTexts(frame.locale).series
  const repeat = one(values, 'repeat') || 'weekly'
  return (
    <>
      <ChoiceField
        frame={frame}
        name="repeat"
        type="radio"
        label={t.labels.repeat}
        required
        error={errors.repeat}
        choices={(Object.keys(t.repeats) as (keyof typeof t.repeats)[]).map((each) => ({
          value: each,
          label: t.repeats[each],
          checked: each === repeat,
        }))}
      />
      <div class="when-days">
        <ChoiceField
          frame={frame}
          name="weekdays"
          type="checkbox"
          label={t.labels.weekdays}
          condition={t.conditions.weekdays}
          error={errors.weekdays}
          choices={WEEKDAYS.map((day, i) => ({
            value: day,
            label: weekdayName(frame.locale, i),
            checked: many(values, 'weekdays').includes(day),
          }))}
        />
      </div>
      <div class="when-nths">
        <ChoiceField
          frame={frame}
          name="nths"
          type="checkbox"
          label={t.labels.nths}
          condition={t.conditions.nths}
          error={errors.nths}
          choices={NTHS.map((nth) => ({
            value: nth,
            label: t.nths[nth],
            checked: many(values, 'nths').includes(nth),
          }))}
        />
      </div>
      <div class="when-dates">
        <AreaField
          frame={frame}
          name="dates"
          label={t.labels.dates}
          condition={t.conditions.dates}
          help={t.helps.dates}
          value={one(values, 'dates')}
          error={errors.dates}
        />
      </div>
      <div class="columns when-span">
        <Line {...form} name="starts_on" type="date" condition={t.conditions.weekdays} />
        <Line {...form} name="until" type="date" />
      </div>
      <HoursFields {...form} />
    </>
  )
}

type FormView = DeskView & {
  /** null if it is a new one. */
  series: SeriesRow | null
  values: Values
  errors: Faults
  venues: VenueRow[]
  desks: Desk[]
  ahead: Planned[]
  refusal: 'changed' | 'used' | 'clash' | 'busy' | null
  /** The sessions that have its adviser or room at the time. */
  others: Elsewhere[]
  unknownRule: boolean
  /** Whether this person may undo the change they made today. */
  undoable: boolean
  /** Whether nobody ever booked it, so that it can be deleted. */
  removable: boolean
  mayPlan: boolean
  done: string | undefined
}

function Ahead({ frame, ahead }: { frame: PageContext; ahead: Planned[] }) {
  const t = scheduleTexts(frame.locale).series
  return (
    <section class="card">
      <h2>{t.ahead}</h2>
      {ahead.length === 0 && <p class="soft">{t.noEffects}</p>}
      <ul class="plain">
        {ahead.map((session) => (
          <li>
            <a href={`/desk/sessions/${session.id}`}>
              {session.date === null ? session.id : dayText(frame.locale, session.date)}
            </a>{' '}
            {session.state !== 'published' && <span class="pill">{texts(frame.locale).status[session.state]}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What says which series a form makes, copies or edits. */
function Sender({ series, values }: Pick<FormView, 'series' | 'values'>) {
  if (series) return <input type="hidden" name="revision" value={one(values, 'revision') || String(series.revision)} />
  return (
    <>
      <input type="hidden" name="key" value={one(values, 'key')} />
      <input type="hidden" name="from" value={one(values, 'from')} />
    </>
  )
}

/** Why it was not saved, with the sessions that are in the way. */
function SeriesRefused({ frame, refusal, others }: Pick<FormView, 'frame' | 'refusal' | 'others'>) {
  const t = scheduleTexts(frame.locale).series
  if (refusal === null) return null
  return (
    <Notice what={refusal === 'changed' && frame.saved ? t.kept : t[refusal]} tone="stop" alert>
      <Others frame={frame} others={others} />
    </Notice>
  )
}

/** The form that begins or edits a series. The effects are shown before it is saved. */
export function SeriesFormPage(view: FormView) {
  const { frame, staff, series, values, errors, venues, refusal, mayPlan } = view
  const t = scheduleTexts(frame.locale).series
  const title = series ? t.edit : t.add
  const form = { frame, values, errors }
  return (
    <Console frame={frame} staff={staff} title={title} nav="schedule">
      <Crumbs frame={frame} links={[[t.title, '/desk/series']]} />
      <h1>{title}</h1>
      {view.done === 'saved' && <Notice what={{ what: t.saved, next: '' }} tone="done" alert />}
      {view.done === 'ended' && (
        <Notice what={{ what: scheduleTexts(frame.locale).ending.end.done, next: '' }} tone="done" alert />
      )}
      {view.done === 'undone' && (
        <Notice what={{ what: scheduleTexts(frame.locale).session.done.undone, next: '' }} tone="done" alert />
      )}
      {series && view.undoable && <UndoForm frame={frame} path={`/desk/series/${series.id}`} />}
      <SeriesRefused frame={frame} refusal={refusal} others={view.others} />
      {view.unknownRule && <Notice what={t.unknownRule} tone="warn" />}
      <ErrorSummary frame={frame} errors={errors} fields={FIELDS} labels={{ ...t.labels, desk: deskLabel(view) }} />
      {mayPlan && (
        <form
          id="form"
          class="card enter"
          action={series ? `/desk/series/${series.id}` : '/desk/series/new'}
          method="post"
          novalidate
        >
          <Sender series={series} values={values} />
          {series ? (
            <>
              <input type="hidden" name="kind" value={series.kind} />
              <input type="hidden" name="prefecture" value={series.prefecture} />
            </>
          ) : (
            <div class="columns">
              <SelectField frame={frame} name="kind" label={t.labels.kind} required error={errors.kind}>
                <Options names={texts(frame.locale).kind} chosen={one(values, 'kind')} />
              </SelectField>
              <SelectField
                frame={frame}
                name="prefecture"
                label={t.labels.prefecture}
                required
                error={errors.prefecture}
              >
                {one(values, 'prefecture') === '' && choosable(staff)?.length !== 1 && <option value="" />}
                <PrefectureOptions frame={frame} chosen={one(values, 'prefecture')} only={choosable(staff)} />
              </SelectField>
            </div>
          )}
          <DeskField {...view} own={series === null} />
          <WhenFields {...form} />
          <OfferFields {...form} venues={venues} />
          <p class="after">
            <button class="btn" type="submit">
              {t.look}
            </button>
          </p>
        </form>
      )}
      {series && mayPlan && (
        <PageActs frame={frame}>
          <a class="btn quiet" href={`/desk/series/${series.id}/advisers`}>
            {deskTexts(frame.locale).advisers.title}
          </a>
          <a class="btn quiet" href={`/desk/series/${series.id}/copy`}>
            {scheduleTexts(frame.locale).ending.copy}
          </a>
          <a class="btn quiet" href={`/desk/series/${series.id}/end`}>
            {scheduleTexts(frame.locale).ending.end.open}
          </a>
          {view.removable && (
            <a class="btn quiet stop" href={`/desk/series/${series.id}/delete`}>
              {scheduleTexts(frame.locale).ending.remove}
            </a>
          )}
          <a class="btn quiet" href={`/desk/series/${series.id}/poster`}>
            {scheduleTexts(frame.locale).poster.open}
          </a>
          <a class="btn quiet" href={`/desk/questions?series=${series.id}`}>
            {questionTexts(frame.locale).editor.title}
          </a>
          <a class="btn quiet" href={`/desk/messages/new?series=${series.id}`}>
            {messageTexts(frame.locale).send}
          </a>
          <a class="btn quiet" href={`/desk/texts?series=${series.id}`}>
            {messageTexts(frame.locale).texts.title}
          </a>
        </PageActs>
      )}
      {/* The sessions of what was just saved are made in a moment. */}
      {series && (view.ahead.length > 0 || view.done !== 'saved') && <Ahead frame={frame} ahead={view.ahead} />}
    </Console>
  )
}
