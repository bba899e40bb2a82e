import type { Faults } from '../../../src/base/input.ts'
import { addDays, civilDate } from '../../../src/base/japan/civil.ts'
import type { AbsenceRow, ExpertHoursRow } from '../../../src/store/schema.ts'
import { ErrorSummary, one, TextField, type Values, WhenField } from '../../fields.tsx'
import { Whole } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { texts } from '../../text/index.ts'
import { dateText, momentText } from '../../text/when.ts'
import { ExpertFrame, type ExpertView } from './parts.tsx'

/** The days of the week in the order of the form: Monday first, 0 is Sunday. */
export const WEEK = [1, 2, 3, 4, 5, 6, 0] as const

/** The field with the hours of a day of the week. */
export const hoursField = (weekday: number) => `hours.${weekday}`

/** In which hours of a week an expert advises: one line a day, with as many ranges as one likes. */
export function ExpertHoursPage(
  view: ExpertView & { values: Values; errors: Faults; refusal: 'left' | 'changed' | null },
) {
  const { frame, expert, values, errors, refusal } = view
  const t = deskTexts(frame.locale).experts
  const { weekdays } = texts(frame.locale)
  const labels = Object.fromEntries(WEEK.map((day) => [hoursField(day), weekdays[day] ?? '']))
  return (
    <ExpertFrame view={view} at="hours" title={t.hours.title(expert.name)} refusal={refusal && t.refused[refusal]}>
      <p class="lead">{t.hours.lead}</p>
      <p class="soft">
        {t.hours.help} {t.hours.planned}
      </p>
      <ErrorSummary frame={frame} errors={errors} fields={WEEK.map(hoursField)} labels={labels} />
      <form id="form" class="card narrow" action={`/desk/experts/${expert.id}/hours`} method="post" novalidate>
        <input type="hidden" name="revision" value={one(values, 'revision')} />
        {WEEK.map((day) => (
          <TextField
            frame={frame}
            name={hoursField(day)}
            label={weekdays[day] ?? ''}
            value={one(values, hoursField(day))}
            error={errors[hoursField(day)]}
            autocomplete="off"
          />
        ))}
        <p class="after">
          <button class="btn" type="submit">
            {t.save}
          </button>
        </p>
      </form>
    </ExpertFrame>
  )
}

/** The hours of a week, one line a day that has any. */
export function WeekHours({ frame, hours }: { frame: PageContext; hours: readonly ExpertHoursRow[] }) {
  const { weekdays } = texts(frame.locale)
  const t = deskTexts(frame.locale).experts.hours
  if (hours.length === 0) return <p class="soft">{t.none}</p>
  return (
    <dl class="facts">
      {WEEK.map((day) => {
        const own = hours.filter(({ weekday }) => weekday === day)
        return (
          own.length > 0 && (
            <div>
              <dt>{weekdays[day]}</dt>
              <dd class="num">
                {own.map(({ starts, ends }, i) => (
                  <>
                    {i > 0 && ' '}
                    <span class="nowrap">{frame.locale === 'ja' ? `${starts}〜${ends}` : `${starts}–${ends}`}</span>
                  </>
                ))}
              </dd>
            </div>
          )
        )
      })}
    </dl>
  )
}

const dayEnd = (at: string) => addDays(civilDate(at), -1)

/** The days of an absence, in words. Of one read from a calendar the moments. */
export function absenceText({ locale }: PageContext, { source, starts_at, ends_at }: AbsenceRow): string {
  const dash = locale === 'ja' ? '〜' : ' – '
  if (source === 'feed') return `${momentText(locale, starts_at)}${dash}${momentText(locale, ends_at)}`
  const [from, to] = [civilDate(starts_at), dayEnd(ends_at)]
  return from === to ? dateText(locale, from) : `${dateText(locale, from)}${dash}${dateText(locale, to)}`
}

function Absences({ view, absences }: { view: ExpertView; absences: readonly AbsenceRow[] }) {
  const { frame, expert } = view
  const t = deskTexts(frame.locale).experts.absences
  if (absences.length === 0) return <p class="card empty">{t.none}</p>
  return (
    <section class="scroll" tabindex={0} aria-label={deskTexts(frame.locale).experts.ways.absences}>
      <table class="list">
        <thead>
          <tr>
            {Object.values(t.columns).map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {absences.map((absence) => (
            <tr>
              <td data-label={t.columns.days}>
                <Whole text={absenceText(frame, absence)} />
              </td>
              <td data-label={t.columns.source}>{t.sources[absence.source]}</td>
              <td data-label={t.columns.act}>
                {absence.source === 'hand' && (
                  <form action={`/desk/experts/${expert.id}/absences/drop`} method="post">
                    <input type="hidden" name="absence" value={absence.id} />
                    <button class="btn quiet small-btn" type="submit">
                      {t.drop}
                      <span class="sr"> {absenceText(frame, absence)}</span>
                    </button>
                  </form>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The days on which an expert is away, and a form for more. */
export function ExpertAbsencesPage(
  view: ExpertView & { absences: readonly AbsenceRow[]; values: Values; errors: Faults; refusal: 'left' | null },
) {
  const { frame, expert, absences, values, errors, refusal } = view
  const t = deskTexts(frame.locale).experts
  return (
    <ExpertFrame
      view={view}
      at="absences"
      title={t.absences.title(expert.name)}
      refusal={refusal && t.refused[refusal]}
    >
      <p class="lead">
        {t.absences.lead} {t.absences.planned}
      </p>
      <Absences view={view} absences={absences} />
      {expert.state !== 'left' && (
        <>
          <h2>{t.absences.add}</h2>
          <ErrorSummary frame={frame} errors={errors} fields={['from', 'to']} labels={t.absences.labels} />
          <form id="form" class="card narrow" action={`/desk/experts/${expert.id}/absences`} method="post" novalidate>
            {(['from', 'to'] as const).map((name) => (
              <WhenField
                frame={frame}
                name={name}
                type="date"
                label={t.absences.labels[name]}
                required
                value={one(values, name)}
                error={errors[name]}
              />
            ))}
            <p class="after">
              <button class="btn" type="submit">
                {t.absences.add}
              </button>
            </p>
          </form>
        </>
      )}
    </ExpertFrame>
  )
}
