import type { Faults } from '../../src/base/input.ts'
import { PREFECTURES } from '../../src/base/japan/prefecture.ts'
import { placeText } from '../../src/calendar/place.ts'
import type { Clash } from '../../src/schedule/clashes.ts'
import type { Session } from '../../src/schedule/session.ts'
import type { VenueRow } from '../../src/store/schema.ts'
import {
  AreaField,
  ErrorSummary,
  Options,
  one,
  PrefectureOptions,
  SavedNow,
  SelectField,
  type Values,
} from '../fields.tsx'
import { Crumbs, Facts, Notice, prefectureName } from '../kit.tsx'
import type { PageContext } from '../layout.tsx'
import { deskTexts } from '../text/desk.ts'
import { scheduleTexts } from '../text/schedule.ts'
import { ChangePreviewPage, type Preview } from './change-preview.tsx'
import { Console, ToCall } from './console.tsx'
import { Line } from './offer-fields.tsx'
import { ScheduleWays } from './schedule.tsx'
import { choosable, type DeskView } from './view.ts'

/** What was done, in words. */
function doneText({ locale }: PageContext, done: string): string {
  const { ending, venues } = scheduleTexts(locale)
  if (done === 'deleted') return ending.done
  return { retired: venues.retire.done, reopened: venues.retire.reopened }[done] ?? venues.saved
}

/** The venues of the account's prefectures. */
export function VenuesPage(props: DeskView & { venues: VenueRow[]; mayPlan: boolean; done: string | undefined }) {
  const { frame, staff, venues, mayPlan, done } = props
  const t = scheduleTexts(frame.locale).venues
  return (
    <Console frame={frame} staff={staff} title={t.title} nav="schedule">
      <div class="head">
        <h1>{t.title}</h1>
        {mayPlan && (
          <a class="btn" href="/desk/venues/new">
            {t.add}
          </a>
        )}
      </div>
      <ScheduleWays frame={frame} staff={staff} />
      {done !== undefined && (
        <Notice what={{ what: doneText(frame, done), next: '' }} tone="done" alert>
          {done === 'saved-calls' && <ToCall frame={frame} />}
        </Notice>
      )}
      {venues.length === 0 ? (
        <p class="card empty">{t.none}</p>
      ) : (
        <section class="scroll" tabindex={0} aria-label={t.title}>
          <table class="list">
            <thead>
              <tr>
                {Object.values(t.columns).map((name) => (
                  <th scope="col">{name}</th>
                ))}
                <td />
              </tr>
            </thead>
            <tbody>
              {venues.map((venue) => (
                <tr>
                  <td data-label={t.columns.name}>
                    {mayPlan ? (
                      <a href={`/desk/venues/${venue.id}`}>{frame.locale === 'ja' ? venue.name_ja : venue.name_en}</a>
                    ) : frame.locale === 'ja' ? (
                      venue.name_ja
                    ) : (
                      venue.name_en
                    )}
                  </td>
                  <td data-label={t.columns.prefecture}>{prefectureName(frame.locale, venue.prefecture)}</td>
                  <td data-label={t.columns.address}>{venue.address}</td>
                  <td data-label={t.columns.state}>{venue.retired_at !== null && t.retired}</td>
                  <td data-label="">
                    {mayPlan && venue.retired_at !== null && (
                      <form action={`/desk/venues/${venue.id}/reopen`} method="post">
                        <button class="btn quiet small-btn" type="submit">
                          {t.retire.reopen}
                          <span class="sr"> {frame.locale === 'ja' ? venue.name_ja : venue.name_en}</span>
                        </button>
                      </form>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Console>
  )
}

/** The place before and after, as letters name it. */
function Place({ frame, places }: { frame: PageContext; places: readonly Session['venue'][] }) {
  const t = deskTexts(frame.locale).session
  const names = places.map((venue) => placeText({ venue }, ['onsite'], frame.locale))
  return (
    <section class="card" id="place">
      <Facts rows={[[t.place, names.join(' → ')]]} />
    </section>
  )
}

/** Shows the people who would come to a venue, and their letter, before its place changes. */
export function VenuePreviewPage(
  view: DeskView & {
    venue: VenueRow
    /** The place before and after. */
    places: readonly Session['venue'][]
    values: Values
    preview: Preview
    clashes: Clash[]
    errors: Faults
    shown: string
    changed: boolean
  },
) {
  const { frame, venue, places, preview } = view
  const t = scheduleTexts(frame.locale).venues
  const people = preview.parties.reduce((sum, party) => sum + party.seats, 0)
  return (
    <ChangePreviewPage
      {...view}
      title={t.edit}
      from={[t.title, '/desk/venues']}
      action={`/desk/venues/${venue.id}`}
      about={<Place frame={frame} places={places} />}
      concerned={deskTexts(frame.locale).session.concerned(preview.parties.length, people)}
      toldEach
      go={t.notify}
    />
  )
}

/** The place of a venue is another one, and why. */
function Moves(form: { frame: PageContext; values: Values; errors: Faults }) {
  const t = scheduleTexts(form.frame.locale).venues
  return (
    <fieldset>
      <legend>{t.moves.title}</legend>
      <p class="soft">{t.moves.lead}</p>
      <div class="field">
        <label class="choice">
          <input type="checkbox" name="moves" value="true" checked={one(form.values, 'moves') === 'true'} />
          <span class="choice-label">{t.moves.tick}</span>
        </label>
      </div>
      <Line {...form} name="reason_ja" />
      <Line {...form} name="reason_en" />
    </fieldset>
  )
}

/** The fields of a venue that may be faulty, in the order of the form. */
const FIELDS = [
  'prefecture',
  'name_ja',
  'name_en',
  'room_ja',
  'room_en',
  'address',
  'access_ja',
  'access_en',
  'parking_ja',
  'parking_en',
  'map_url',
  'step_free',
  'reason_ja',
  'reason_en',
] as const

/** What helps people to find the venue. */
function Guide(form: { frame: PageContext; values: Values; errors: Faults }) {
  const { labels } = scheduleTexts(form.frame.locale).series
  const t = scheduleTexts(form.frame.locale).venues.guide
  const area = (name: 'access_ja' | 'access_en', help?: string) => (
    <AreaField
      frame={form.frame}
      name={name}
      label={labels[name]}
      value={one(form.values, name)}
      error={form.errors[name]}
      {...(help && { help })}
    />
  )
  return (
    <fieldset>
      <legend>{t.title}</legend>
      <p class="soft">{t.lead}</p>
      {area('access_ja', t.helps.access)}
      {area('access_en')}
      <Line {...form} name="parking_ja" help={t.helps.parking} />
      <Line {...form} name="parking_en" />
      <Line {...form} name="map_url" help={t.helps.map_url} />
      <SelectField
        frame={form.frame}
        name="step_free"
        label={labels.step_free}
        value={one(form.values, 'step_free')}
        words={{ '': t.unsaid, ...t.steps }}
        error={form.errors.step_free}
      >
        <option value="">{t.unsaid}</option>
        <Options names={t.steps} chosen={one(form.values, 'step_free')} />
      </SelectField>
    </fieldset>
  )
}

/** One venue. */
export function VenueFormPage(
  props: DeskView & {
    venue: VenueRow | null
    values: Values
    errors: Faults
    refusal: 'changed' | 'used' | 'same' | null
  },
) {
  const { frame, staff, venue, values, errors, refusal } = props
  const t = scheduleTexts(frame.locale)
  const title = venue ? t.venues.edit : t.venues.add
  const form = { frame, values, errors }
  return (
    <Console frame={frame} staff={staff} title={title} nav="schedule">
      <Crumbs frame={frame} links={[[t.venues.title, '/desk/venues']]} />
      <h1>{title}</h1>
      <ErrorSummary frame={frame} errors={errors} fields={FIELDS} labels={t.series.labels} />
      {refusal === 'changed' && <Notice what={t.series.kept} tone="stop" alert />}
      {refusal === 'same' && <Notice what={t.venues.moves.same} tone="stop" alert />}
      {refusal === 'used' && <Notice what={t.series.used} tone="stop" alert />}
      <form
        id="form"
        class="card narrow"
        action={venue ? `/desk/venues/${venue.id}` : '/desk/venues/new'}
        method="post"
        novalidate
      >
        {venue === null && <input type="hidden" name="key" value={one(values, 'key')} />}
        {venue && <input type="hidden" name="revision" value={one(values, 'revision') || String(venue.revision)} />}
        <SelectField
          frame={frame}
          name="prefecture"
          label={t.series.labels.prefecture}
          required
          value={one(values, 'prefecture')}
          words={Object.fromEntries(PREFECTURES.map((each) => [each.code, each[frame.locale]]))}
          error={errors.prefecture}
        >
          {one(values, 'prefecture') === '' && choosable(staff)?.length !== 1 && <option value="" />}
          <PrefectureOptions frame={frame} chosen={one(values, 'prefecture')} only={choosable(staff)} />
        </SelectField>
        <Line {...form} name="name_ja" required />
        <Line {...form} name="name_en" />
        <Line {...form} name="room_ja" help={t.venues.guide.helps.room} />
        <Line {...form} name="room_en" />
        <Line {...form} name="address" />
        <div class="field">
          <label class="choice">
            <input type="checkbox" name="area_only" value="true" checked={one(values, 'area_only') === 'true'} />
            <span class="choice-label">{t.venues.area}</span>
          </label>
          <SavedNow
            frame={frame}
            name="area_only"
            typed={one(values, 'area_only')}
            words={{ '': t.venues.placed, true: t.venues.area }}
          />
        </div>
        <Guide {...form} />
        {venue && <Moves {...form} />}
        <p class="after">
          <button class="btn" type="submit">
            {t.series.save}
          </button>
        </p>
      </form>
      {venue && (
        <p class="acts">
          {venue.retired_at === null && (
            <a class="btn quiet" href={`/desk/venues/${venue.id}/retire`}>
              {t.venues.retire.open}
            </a>
          )}
          <a class="btn quiet stop" href={`/desk/venues/${venue.id}/delete`}>
            {t.ending.remove}
          </a>
        </p>
      )}
    </Console>
  )
}
