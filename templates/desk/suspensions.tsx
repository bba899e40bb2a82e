import type * as z from 'zod'
import type { Instant } from '../../src/base/clock.ts'
import type { Faults } from '../../src/base/input.ts'
import { civilDate } from '../../src/base/japan/civil.ts'
import type { Format } from '../../src/base/vocabulary.ts'
import type { SuspensionInput } from '../../src/changes/suspension.ts'
import type { SuspendedDay } from '../../src/changes/suspension-queries.ts'
import type { Clash } from '../../src/schedule/clashes.ts'
import type { SuspensionRow } from '../../src/store/schema.ts'
import { ErrorSummary, many, Options, one, PrefecturesField, SelectField, type Values } from '../fields.tsx'
import { Facts, joined, Notice, prefectureName } from '../kit.tsx'
import type { PageContext } from '../layout.tsx'
import { texts } from '../text/index.ts'
import { scheduleTexts } from '../text/schedule.ts'
import { dateText, periodText } from '../text/when.ts'
import { ChangePreviewPage, type Preview } from './change-preview.tsx'
import { Console, ToCall } from './console.tsx'
import { Line } from './offer-fields.tsx'
import { ScheduleWays } from './schedule.tsx'
import { Stopping } from './stopping/table.tsx'
import { choosable, type DeskView } from './view.ts'

/** The state of a suspension in words: one in force has not begun before its first day. */
function stateOf(now: Instant, { state, starts_on }: SuspensionRow): 'planned' | 'in_force' | 'lifted' {
  return state === 'in_force' && civilDate(now) < starts_on ? 'planned' : state
}

/** How far the lifting of a suspension is, while sessions are left. The page is opened again to see more. */
function Lifting({ frame, far }: { frame: PageContext; far: { over: number; all: number } | undefined }) {
  const t = scheduleTexts(frame.locale).suspensions
  return far ? (
    <span>
      <progress max={String(far.all)} value={String(far.over)} aria-label={t.liftTitle} />{' '}
      {t.lifting(far.over, far.all)} <a href="/desk/suspensions">{t.liftingNow}</a>
    </span>
  ) : null
}

/** The suspensions of sessions in person, and the form that orders one. */
export function SuspensionsPage(
  props: DeskView & {
    suspensions: SuspensionRow[]
    liftable: string[]
    /** How many sessions of how many are in person again, of those that are being lifted. */
    lifting: ReadonlyMap<string, { over: number; all: number }>
    values: Values
    errors: Faults
    refusal: 'used' | null
    mayPlan: boolean
    done: string | undefined
  },
) {
  const { frame, staff, suspensions, liftable, lifting, values, errors, refusal, mayPlan, done } = props
  const t = scheduleTexts(frame.locale)
  const format = texts(frame.locale).format
  const form = { frame, values, errors }
  const [word, calls] = (done ?? '').split('-')
  const said = word === 'ordered' || word === 'lifted' ? t.suspensions[word] : null
  const chosen = many(values, 'prefectures')
  const labels = t.series.labels
  return (
    <Console frame={frame} staff={staff} title={t.suspensions.title} nav="schedule">
      <h1>{t.suspensions.title}</h1>
      <p class="lead">{t.suspensions.lead}</p>
      <ScheduleWays frame={frame} staff={staff} />
      <Stopping frame={frame} here="suspend" />
      {said !== null && (
        <Notice what={{ what: said, next: '' }} tone="done" alert>
          {calls === 'calls' && <ToCall frame={frame} />}
        </Notice>
      )}
      <section class="card">
        {suspensions.length === 0 && <p class="soft">{t.suspensions.none}</p>}
        <ul class="plain">
          {suspensions.map((suspension) => (
            <li>
              <form class="acts" action={`/desk/suspensions/${suspension.id}/lift`} method="post">
                <span class="num">{periodText(frame.locale, suspension.starts_on, suspension.ends_on)}</span>
                <span>
                  {suspension.prefectures
                    .split(',')
                    .map((code) => prefectureName(frame.locale, code))
                    .join(frame.locale === 'ja' ? '、' : ', ')}
                </span>
                <span>{format[suspension.format]}</span>
                <span class="soft">
                  {frame.locale === 'ja' ? suspension.reason_ja : (suspension.reason_en ?? suspension.reason_ja)}
                </span>
                <span class="pill">{t.suspensions.states[stateOf(frame.now, suspension)]}</span>
                <Lifting frame={frame} far={lifting.get(suspension.id)} />
                {suspension.state === 'in_force' && liftable.includes(suspension.id) && (
                  <button class="btn quiet small-btn" type="submit">
                    {t.suspensions.lift}
                  </button>
                )}
              </form>
            </li>
          ))}
        </ul>
      </section>
      {refusal && <Notice what={t.series[refusal]} tone="stop" alert />}
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={['prefectures', 'starts_on', 'ends_on', 'into', 'reason_ja']}
        labels={t.series.labels}
      />
      {mayPlan && (
        <form id="form" class="card" action="/desk/suspensions" method="post" novalidate>
          <input type="hidden" name="key" value={one(values, 'key')} />
          <PrefecturesField
            frame={frame}
            name="prefectures"
            label={labels.prefectures}
            required
            error={errors.prefectures}
            chosen={chosen.length > 0 ? chosen : staff.prefectures}
            offered={choosable(staff)}
          />
          <div class="columns">
            <Line {...form} name="starts_on" type="date" required />
            <Line {...form} name="ends_on" type="date" required />
            <SelectField frame={frame} name="into" label={labels.into} required error={errors.into}>
              <Options
                names={{ online: format.online, phone: format.phone }}
                chosen={one(values, 'into') || 'online'}
              />
            </SelectField>
          </div>
          <div class="columns">
            <Line {...form} name="reason_ja" required />
            <Line {...form} name="reason_en" />
          </div>
          <button class="btn" type="submit">
            {t.suspensions.look}
          </button>
        </form>
      )}
    </Console>
  )
}

/** A day concerned, with its formats afterwards. */
type DayAfter = SuspendedDay & { after: readonly Format[] }

type Order = Pick<SuspensionRow, 'starts_on' | 'ends_on' | 'reason_ja'> & {
  reason_en: string | null
  prefectures: readonly string[]
}

/** What a suspension orders: its period, prefectures, format by the name `into`, and reason. */
function Ordered({ frame, into, ...order }: Order & { frame: PageContext; into: [name: string, format: Format] }) {
  const t = scheduleTexts(frame.locale)
  const { labels } = t.series
  const names = order.prefectures.map((code) => prefectureName(frame.locale, code))
  return (
    <section class="card">
      <Facts
        rows={[
          [t.suspensions.period, periodText(frame.locale, order.starts_on, order.ends_on)],
          [labels.prefectures, names.join(frame.locale === 'ja' ? '、' : ', ')],
          [into[0], texts(frame.locale).format[into[1]]],
          [labels.reason_ja, order.reason_ja],
          // Without English words the Japanese ones are kept for both.
          order.reason_en && order.reason_en !== order.reason_ja ? [labels.reason_en, order.reason_en] : null,
        ]}
      />
    </section>
  )
}

/** The days concerned, each with its formats now and afterwards. */
function Days({ frame, days }: { frame: PageContext; days: DayAfter[] }) {
  if (days.length === 0) return null
  const t = scheduleTexts(frame.locale).suspensions
  const { format } = texts(frame.locale)
  const said = (formats: readonly Format[]) =>
    joined(
      frame.locale,
      formats.map((each) => format[each]),
    )
  return (
    <section class="card">
      <h2>{t.days}</h2>
      <ul class="plain">
        {days.map((day) => (
          <li>
            <a href={`/desk/sessions/${day.id}`}>
              {day.date === null ? '' : dateText(frame.locale, day.date)} {prefectureName(frame.locale, day.prefecture)}{' '}
              {frame.locale === 'ja' ? day.title_ja : day.title_en}
            </a>{' '}
            {said(day.formats)} → {said(day.after)}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Shows the people a suspension concerns, before it is ordered. */
export function SuspensionPreviewPage(
  view: DeskView & {
    values: Values
    ordered: z.output<typeof SuspensionInput> & { days: DayAfter[] }
    preview: Preview
    shown: string
    changed: boolean
  },
) {
  const { frame, ordered, preview } = view
  const { starts_on, ends_on, prefectures, into, reason_ja, reason_en, days } = ordered
  const { suspensions: t, series } = scheduleTexts(frame.locale)
  const { labels } = series
  return (
    <ChangePreviewPage
      {...view}
      title={t.title}
      from={[t.title, '/desk/suspensions']}
      action="/desk/suspensions"
      about={
        <>
          <Ordered
            frame={frame}
            {...{ starts_on, ends_on, reason_ja, reason_en }}
            prefectures={prefectures}
            into={[labels.into, into]}
          />
          <Days frame={frame} days={days} />
        </>
      }
      toldEach
      concerned={t.concerned(days.length, preview.parties.length)}
      go={t.go}
    />
  )
}

/** Shows the people whose format becomes the original one again, before a suspension is lifted. */
export function LiftPreviewPage(
  view: DeskView & {
    suspension: SuspensionRow
    days: DayAfter[]
    preview: Preview
    clashes: Clash[]
    values: Values
    errors: Faults
    shown: string
    changed: boolean
  },
) {
  const { frame, suspension, days, preview } = view
  const t = scheduleTexts(frame.locale).suspensions
  return (
    <ChangePreviewPage
      {...view}
      title={t.liftTitle}
      from={[t.title, '/desk/suspensions']}
      action={`/desk/suspensions/${suspension.id}/lift`}
      back="/desk/suspensions"
      about={
        <>
          <Ordered
            frame={frame}
            {...suspension}
            prefectures={suspension.prefectures.split(',')}
            into={[t.meanwhile, suspension.format]}
          />
          <Days frame={frame} days={days} />
        </>
      }
      toldEach
      concerned={t.concerned(days.length, preview.parties.length)}
      wayBack={t.liftBack}
      go={t.goLift}
    />
  )
}
