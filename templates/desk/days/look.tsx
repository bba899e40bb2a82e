import type { Faults } from '../../../src/base/input.ts'
import { civilTime } from '../../../src/base/japan/civil.ts'
import type { SuspendedDate } from '../../../src/changes/suspended-dates.ts'
import type { DayLook } from '../../../src/planning/days/add-day.ts'
import type { offerColumns } from '../../../src/planning/series-input.ts'
import { ErrorSummary, type Values } from '../../fields.tsx'
import { Crumbs, Facts, Notice, prefectureName } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { texts } from '../../text/index.ts'
import { scheduleTexts } from '../../text/schedule.ts'
import { dateText, hoursText } from '../../text/when.ts'
import { Clashes } from '../change-preview.tsx'
import { Console } from '../console.tsx'
import { Carried } from '../offer-fields.tsx'
import { offerRows } from '../series/offer-rows.ts'
import { Suspended } from '../stopping/suspended.tsx'
import type { DeskView } from '../view.ts'

/** The hours of a day, and the start of each slot. */
function hoursOf(frame: PageContext, { hours, input }: DayLook): string {
  const t = scheduleTexts(frame.locale).days
  const whole = hoursText(frame.locale, hours)
  if (hours.slots.length === 0) return whole
  const starts = hours.slots.map(({ starts_at }) => civilTime(starts_at)).join(' ')
  const most = input.slot_capacity === null ? t.noLimit : t.slotsOf(String(input.slot_capacity))
  return frame.locale === 'ja' ? `${whole}（${starts}、${most}）` : `${whole} (${starts}; ${most})`
}

/** Shows the day that would be added: who holds it, where, when, for how many, and in which forms. */
export function DayLookPage(
  view: DeskView & {
    values: Values
    errors: Faults
    look: DayLook
    suspended: SuspendedDate[]
    /** The columns that the day would have. */
    columns: ReturnType<typeof offerColumns>
    shown: string
    changed: boolean
  },
) {
  const { frame, staff, values, errors, look, suspended, columns, shown, changed } = view
  const { input, desk, venue, closed, clashes } = look
  const { beside: _, ...carried } = values
  const t = scheduleTexts(frame.locale)
  const words = texts(frame.locale)
  const named = (row: { name_ja: string; name_en: string }) => (frame.locale === 'ja' ? row.name_ja : row.name_en)
  const { labels } = t.series
  return (
    <Console frame={frame} staff={staff} title={t.days.lookTitle} nav="schedule">
      <Crumbs frame={frame} links={[[t.title, '/desk/schedule']]} />
      <h1>{t.days.lookTitle}</h1>
      {changed && <Notice what={t.days.changed} tone="stop" alert />}
      <Notice what={t.days.notYet} tone="warn" />
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={['beside']}
        labels={{ beside: deskTexts(frame.locale).session.beside }}
      />
      {closed && <Notice what={t.days.closed(closed[frame.locale])} tone="warn" />}
      <Suspended frame={frame} dates={suspended} />
      {venue === null && input.formats.includes('onsite') && <Notice what={t.days.onsiteWithoutVenue} tone="warn" />}
      <section class="card">
        <Facts
          rows={[
            [labels.dates, dateText(frame.locale, input.date)],
            [t.days.hours, hoursOf(frame, look)],
            [labels.kind, words.kind[input.kind]],
            [labels.prefecture, prefectureName(frame.locale, input.prefecture)],
            [labels.desk, named(desk)],
            ...offerRows(frame, new Map(venue ? [[venue.id, named(venue)]] : []))
              .map(([name, of]): [string, string] => [name, of(columns)])
              .filter(([, value]) => value !== ''),
          ]}
        />
      </section>
      <form id="form" action="/desk/schedule/new" method="post" novalidate>
        <Carried values={clashes.length > 0 ? carried : values} />
        <input type="hidden" name="shown" value={shown} />
        <Clashes frame={frame} clashes={clashes} values={values} errors={errors} />
        <div class="acts">
          <button class="btn" type="submit" name="step" value="do">
            {t.days.do}
          </button>
          <button class="btn quiet" type="submit" name="step" value="edit">
            {t.days.back}
          </button>
        </div>
      </form>
    </Console>
  )
}
