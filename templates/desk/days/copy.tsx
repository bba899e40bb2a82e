import type { Faults } from '../../../src/base/input.ts'
import { addDays, isCivilDate } from '../../../src/base/japan/civil.ts'
import type { SuspendedDate } from '../../../src/changes/suspended-dates.ts'
import type { CopyLook, DayCopy } from '../../../src/planning/days/copy-days.ts'
import type { SessionRow } from '../../../src/store/schema.ts'
import { AreaField, ErrorSummary, one, type Values, WhenField } from '../../fields.tsx'
import { Crumbs, Notice, prefectureName } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { scheduleTexts } from '../../text/schedule.ts'
import { dateText, dayText, hoursText, periodText } from '../../text/when.ts'
import { Clashes } from '../change-preview.tsx'
import { Console } from '../console.tsx'
import { Carried } from '../offer-fields.tsx'
import { Suspended } from '../stopping/suspended.tsx'
import type { DeskView } from '../view.ts'

/** `source` is the session that is copied, null for a week. */
type View = DeskView & { source: SessionRow | null; values: Values; errors: Faults }

const titleOf = (frame: PageContext, row: SessionRow) => (frame.locale === 'ja' ? row.title_ja : row.title_en)

function weekText(frame: PageContext, first: string): string {
  if (!isCivilDate(first)) return first
  return periodText(frame.locale, first, addDays(first, 6))
}

function heading({ frame, source, values }: View) {
  const t = scheduleTexts(frame.locale)
  const at = source?.date ?? one(values, 'week')
  const name = source ? `${dayText(frame.locale, at)} ${titleOf(frame, source)}` : t.title
  const path = source ? `/desk/sessions/${source.id}` : `/desk/schedule?view=week&date=${at}`
  const title = source ? t.days.copy.title : t.days.copy.weekTitle
  return { title, from: [name, path] as [string, string], action: source ? `${path}/copy` : '/desk/schedule/copy' }
}

/** Asks to which dates a session is copied, or to which week those of a week are. */
export function CopyFormPage(view: View & { refusal: 'many' | 'used' | null }) {
  const { frame, staff, source, values, errors, refusal } = view
  const t = scheduleTexts(frame.locale)
  const { title, from, action } = heading(view)
  const labels = { dates: t.series.labels.dates, into: t.days.copy.into, week: t.days.copy.week }
  return (
    <Console frame={frame} staff={staff} title={title} nav="schedule">
      <Crumbs frame={frame} links={[from]} />
      <h1>{title}</h1>
      {refusal && <Notice what={refusal === 'used' ? t.days.used : t.days.copy.many} tone="stop" alert />}
      <ErrorSummary frame={frame} errors={errors} fields={['dates', 'into']} labels={labels} />
      <p class="lead">{t.days.copy.lead}</p>
      <form id="form" class="card narrow" action={action} method="post" novalidate>
        <input type="hidden" name="key" value={one(values, 'key')} />
        {source ? (
          <AreaField
            frame={frame}
            name="dates"
            label={t.days.copy.dates}
            required
            help={t.series.helps.dates}
            value={one(values, 'dates')}
            error={errors.dates}
          />
        ) : (
          <>
            <input type="hidden" name="week" value={one(values, 'week')} />
            <input type="hidden" name="prefecture" value={one(values, 'prefecture')} />
            <p>
              {t.days.copy.week} <b>{weekText(frame, one(values, 'week'))}</b>
            </p>
            <WhenField
              frame={frame}
              name="into"
              type="date"
              label={labels.into}
              required
              help={t.days.copy.intoHelp}
              value={one(values, 'into')}
              error={errors.into}
            />
          </>
        )}
        <button class="btn" type="submit">
          {t.days.look}
        </button>
      </form>
    </Console>
  )
}

function Row({ frame, copy }: { frame: PageContext; copy: DayCopy }) {
  const { session, date, fate, closed, duty } = copy
  const t = scheduleTexts(frame.locale).days.copy
  const { starts_at, ends_at } = session
  const hours = starts_at !== null && ends_at !== null ? hoursText(frame.locale, { starts_at, ends_at }) : ''
  return (
    <li>
      <span class="num">{dateText(frame.locale, date)}</span> {hours} {prefectureName(frame.locale, session.prefecture)}{' '}
      {titleOf(frame, session)}{' '}
      <span class={fate === 'new' ? 'pill ok' : 'pill tel'}>
        {fate === 'closed' ? t.closed(closed?.[frame.locale] ?? '') : t.fates[fate]}
      </span>{' '}
      {duty === 'left' && <span class="pill tel">{t.busy}</span>}
      {duty === 'taken along' && <span class="soft">{t.along}</span>}
    </li>
  )
}

/** Shows which sessions would be made, which are left out and why, and what else is at their times. */
export function CopyLookPage(
  view: View & { look: CopyLook; suspended: SuspendedDate[]; shown: string; changed: boolean },
) {
  const { frame, staff, values, errors, look, suspended, shown, changed } = view
  const { beside: _, ...carried } = values
  const t = scheduleTexts(frame.locale).days
  const { from, action } = heading(view)
  const made = look.copies.filter(({ fate }) => fate === 'new').length
  return (
    <Console frame={frame} staff={staff} title={t.copy.lookTitle} nav="schedule">
      <Crumbs frame={frame} links={[from]} />
      <h1>{t.copy.lookTitle}</h1>
      {changed && <Notice what={t.changed} tone="stop" alert />}
      <Notice what={made > 0 ? t.notYet : t.copy.nothing} tone="warn" />
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={['beside']}
        labels={{ beside: deskTexts(frame.locale).session.beside }}
      />
      <Suspended frame={frame} dates={suspended} />
      {look.copies.length > 0 && (
        <section class="card">
          <ol class="plain">
            {look.copies.map((copy) => (
              <Row frame={frame} copy={copy} />
            ))}
          </ol>
        </section>
      )}
      <form id="form" action={action} method="post" novalidate>
        <Carried values={look.clashes.length > 0 ? carried : values} />
        <input type="hidden" name="shown" value={shown} />
        <Clashes frame={frame} clashes={look.clashes} values={values} errors={errors} />
        <div class="acts">
          {made > 0 && (
            <button class="btn" type="submit" name="step" value="do">
              {t.copy.do(made)}
            </button>
          )}
          <button class="btn quiet" type="submit" name="step" value="edit">
            {t.back}
          </button>
        </div>
      </form>
    </Console>
  )
}
