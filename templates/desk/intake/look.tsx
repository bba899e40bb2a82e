import type { Faults } from '../../../src/base/input.ts'
import type { Differs, IntakeLook, RowLook } from '../../../src/intake/look.ts'
import type { Intake } from '../../../src/intake/queries.ts'
import type { Desk } from '../../../src/people/desk.ts'
import type { VenueRow } from '../../../src/store/schema.ts'
import { ErrorSummary, type Values } from '../../fields.tsx'
import { Crumbs, Facts, Notice, prefectureName } from '../../kit.tsx'
import { deskTexts } from '../../text/desk.ts'
import { texts } from '../../text/index.ts'
import { scheduleTexts } from '../../text/schedule.ts'
import { clockHours, dateText } from '../../text/when.ts'
import { Clashes } from '../change-preview.tsx'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'
import { Missing } from './decide.tsx'
import { Changes, HouseLink, ToldList } from './parts.tsx'

type View = DeskView & {
  intake: Intake
  look: IntakeLook
  /** What the house has, and the schedule says otherwise or says more of. */
  differing: readonly Differs[]
  counts: { made: number; open: number }
  venues: VenueRow[]
  desks: Desk[]
  values: Values
  errors: Faults
  shown: string
  refusal: 'changed' | 'unclear' | 'nothing' | 'no_programme' | null
}

/** What a row would make: desk, venue, days, hours, forms and capacity. */
function Making({ view: { frame, venues, desks }, row }: { view: View; row: RowLook }) {
  const t = scheduleTexts(frame.locale)
  const words = texts(frame.locale)
  const { labels } = t.series
  const { input, record, makes } = row
  if (!input || makes === null) return null
  const venue = venues.find(({ id }) => id === input.venue)
  const isUnknown = venue === undefined && record.place !== null
  const days = row.days.filter(({ fate }) => fate === 'new')
  const dates = days.map(({ date }) => (date === null ? t.intake.decide.noDate : dateText(frame.locale, date)))
  const slots = input.slot_starts.join(' ')
  const hours =
    slots ||
    (input.starts === null ? t.intake.look.undecided : clockHours(frame.locale, input.starts, input.ends ?? ''))
  const rule = record.rule === null ? [] : [record.rule, ...row.days.flatMap(({ date }) => date ?? [])]
  return (
    <section class="card">
      <h2>
        {frame.locale === 'ja' ? input.title_ja : (input.title_en ?? input.title_ja)}{' '}
        <span class="pill">{t.intake.look.makes[makes]}</span>
      </h2>
      <blockquote class="typed">{record.printed}</blockquote>
      <Facts
        rows={[
          [t.intake.decide.names.one, input.title_ja],
          input.title_en === null ? null : [t.intake.decide.names.en, input.title_en],
          [labels.dates, [...rule, ...(record.rule === null ? dates : [])].join('、')],
          [t.intake.look.hours, hours],
          [labels.kind, words.kind[input.kind]],
          [labels.prefecture, prefectureName(frame.locale, input.prefecture)],
          [labels.desk, desks.find(({ id }) => id === input.desk)?.name[frame.locale] ?? input.desk],
          [labels.venue, venue ? (frame.locale === 'ja' ? venue.name_ja : venue.name_en) : t.series.noVenue],
          isUnknown ? [t.intake.look.place, `${record.place} ${t.intake.look.placeUnknown}`] : null,
          [labels.formats, input.formats.map((format) => words.format[format]).join('・')],
          [labels.capacity, input.capacity === null ? t.days.noLimit : String(input.capacity)],
        ]}
      />
      {days.map(({ told }) => (
        <ToldList frame={frame} session={null} told={told} />
      ))}
    </section>
  )
}

/** Shows what a schedule would make, what differs from the house, and what else is at these times. */
export function IntakeLookPage(view: View) {
  const { frame, staff, intake, look, differing, counts, values, errors, shown, refusal } = view
  const t = scheduleTexts(frame.locale)
  const words = t.intake.look
  const isClear = counts.open === 0
  return (
    <Console frame={frame} staff={staff} title={words.title} nav="schedule">
      <Crumbs
        frame={frame}
        links={[
          [t.intake.title, '/desk/import'],
          [t.intake.decide.title, `/desk/import/${intake.id}`],
        ]}
      />
      <h1>{words.title}</h1>
      {refusal && <Notice what={words[refusal]} tone="stop" alert />}
      {!isClear && refusal !== 'unclear' && <Notice what={words.unclear} tone="stop" />}
      <Notice what={counts.made > 0 ? words.notYet : words.nothing} tone="warn" />
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={['beside']}
        labels={{ beside: deskTexts(frame.locale).session.beside }}
      />
      {look.rows.map((row) => (
        <Making view={view} row={row} />
      ))}
      {differing.length > 0 && (
        <section class="card">
          <h2>{words.changes}</h2>
          <p class="soft">{words.changesHelp}</p>
          <ul class="plain">
            {differing.map(({ session, changes, told }) => (
              <li>
                <HouseLink frame={frame} day={session} />
                <Changes frame={frame} session={session} changes={changes} />
                <ToldList frame={frame} session={session} told={told} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <Missing frame={frame} look={look} />
      <form id="form" action={`/desk/import/${intake.id}/look`} method="post" novalidate>
        <input type="hidden" name="shown" value={shown} />
        <Clashes frame={frame} clashes={look.clashes} values={values} errors={errors} />
        <div class="acts">
          {isClear && counts.made > 0 && (
            <button class="btn" type="submit">
              {words.do(counts.made)}
            </button>
          )}
          <a class="btn quiet" href={`/desk/import/${intake.id}`}>
            {words.back}
          </a>
        </div>
      </form>
    </Console>
  )
}
