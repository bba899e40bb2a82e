import type { Child } from 'hono/jsx'
import type { Change, HouseDay } from '../../../src/intake/match.ts'
import type { Told } from '../../../src/intake/told.ts'
import { Need } from '../../fields.tsx'
import { href, Whole } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { texts } from '../../text/index.ts'
import { scheduleTexts } from '../../text/schedule.ts'
import { clockHours, dateText, hoursText } from '../../text/when.ts'

/** Why a schedule was not read, and the field that it was in. */
export type ReadRefusal = {
  why: 'empty' | 'too_large' | 'unreadable' | 'locked' | 'blank' | 'nothing' | 'many'
  field: 'text' | 'file'
}

/** A field for a schedule or table, with its help, and why it was not read. */
export function Source(props: {
  frame: PageContext
  field: ReadRefusal['field']
  label: string
  help: string
  error: string | null
  children: (ties: { 'aria-describedby': string; 'aria-invalid': 'true' | undefined }) => Child
}) {
  const { frame, field, label, help, error, children } = props
  return (
    <div class="field">
      <label for={field}>
        {label} <Need frame={frame} required={false} />
      </label>
      <p class="help" id={`${field}-help`}>
        {help}
      </p>
      {children({
        'aria-describedby': error ? `${field}-help ${field}-error` : `${field}-help`,
        'aria-invalid': error ? 'true' : undefined,
      })}
      {error && (
        <p class="err" id={`${field}-error`}>
          {error}
        </p>
      )}
    </div>
  )
}

/** The words for what a change is from or to. */
function valueText(frame: PageContext, { field, from: old, names }: Change, value: string): string {
  const t = scheduleTexts(frame.locale).intake.change
  const words = texts(frame.locale)
  if (value === '') return field === 'capacity' ? t.noLimit : t.nothing
  if (field === 'venue') return (value === old ? names?.from : names?.to)?.[frame.locale] ?? value
  if (field === 'date' || field === 'closes') return dateText(frame.locale, value)
  if (field === 'hours') {
    const [from = '', to = ''] = value.split('–')
    return clockHours(frame.locale, from, to)
  }
  if (field === 'state') return t.states[value as keyof typeof t.states]
  if (field !== 'formats') return value
  const named = value.split(',').map((format) => words.format[format as keyof typeof words.format])
  return named.join(frame.locale === 'ja' ? '・' : ', ')
}

/** The page of the act that makes a change, with the new values. */
function actPath({ id }: HouseDay, changes: readonly Change[], act: Change['act']): string {
  const to = (field: Change['field']) => changes.find((one) => one.field === field)?.to
  const [starts, ends] = (to('hours') ?? '').split('–')
  if (act === 'reschedule' || act === 'settle') {
    const settled = act === 'settle' ? { ends, formats: to('formats') } : {}
    return href(`/desk/sessions/${id}/${act}`, { date: to('date'), starts, ...settled })
  }
  if (act === 'convert') {
    const into = to('formats')?.split(',').includes('online') ? 'online' : 'phone'
    return href(`/desk/sessions/${id}/convert`, { into })
  }
  if (act === 'venue') return href(`/desk/sessions/${id}/venue`, { venue: to('venue') })
  if (act === 'open') return `/desk/sessions/${id}`
  if (act !== 'edit') return `/desk/sessions/${id}/${act}`
  // What another act changes is left to it.
  const own = (field: Change['field']) => changes.some((one) => one.field === field && one.act === act)
  return href(`/desk/sessions/${id}/edit`, {
    starts: own('hours') ? starts : undefined,
    ends: own('hours') ? ends : undefined,
    capacity: own('capacity') ? to('capacity') : undefined,
    formats: own('formats') ? to('formats') : undefined,
  })
}

/** What differs, old and new, and the act that changes it. */
export function Changes({ frame, session, changes }: { frame: PageContext; session: HouseDay; changes: Change[] }) {
  const t = scheduleTexts(frame.locale).intake.change
  const acts = [...new Set(changes.map(({ act }) => act))]
  return (
    <>
      <ul class="plain">
        {changes.map((change) => (
          <li>
            {t.fields[change.field]}
            {frame.locale === 'ja' ? '：' : ': '}
            <del>{valueText(frame, change, change.from)}</del> → <ins>{valueText(frame, change, change.to)}</ins>
          </li>
        ))}
      </ul>
      {session.id === '' && changes.length > 0 && (
        <a class="btn quiet small-btn" href={`/desk/series/${session.series}`}>
          {t.unmade}
        </a>
      )}
      {session.id !== '' &&
        acts.map((act) => (
          <>
            <a class="btn quiet small-btn" href={actPath(session, changes, act)}>
              {t.acts[act]}
            </a>{' '}
          </>
        ))}
    </>
  )
}

/** The words for what the house has instead. */
function hereText({ locale }: PageContext, { field, here }: Told): string {
  const { told } = scheduleTexts(locale).intake.change
  if (here === '') return ''
  if (field === 'closed') return dateText(locale, here)
  if (field !== 'full') return here
  const [taken = '', most = ''] = here.split('/')
  return told.seats(taken, most)
}

/** The pages on which a person does it. */
function toldLinks(
  session: HouseDay,
  field: Told['field'],
  words: Record<'bookings' | 'edit' | 'venues' | 'desks', string>,
) {
  const edit: [string, string] = [words.edit, `/desk/sessions/${session.id}/edit`]
  if (field === 'full') return [[words.bookings, '/desk/import/bookings'] as const, edit]
  if (field === 'venue') return [[words.venues, '/desk/venues'] as const]
  if (field === 'contact') return [[words.desks, '/desk/desks'] as const]
  return field === 'hours_open' || field === 'rounds' ? [] : [edit]
}

/** What a schedule prints of a day and is not taken in: beside what is here, and what to do. `session`: null if it is new. */
export function ToldList({ frame, session, told }: { frame: PageContext; session: HouseDay | null; told: Told[] }) {
  const { told: t } = scheduleTexts(frame.locale).intake.change
  if (told.length === 0) return null
  const colon = frame.locale === 'ja' ? '：' : ': '
  return (
    <>
      <p class="soft">{t.lead}</p>
      <ul class="plain">
        {told.map((one) => {
          const { field, printed } = one
          const here = hereText(frame, one)
          const next =
            session === null ? (field === 'full' || field === 'closed' ? t.fresh[field] : t.next[field]) : t.next[field]
          return (
            <li>
              {printed !== t.fields[field] && (
                <>
                  <b>{t.fields[field]}</b>
                  {colon}
                </>
              )}
              <bdi class="typed">{printed}</bdi>
              {here !== '' && session !== null && (
                <>
                  {' '}
                  / {t.here}
                  {colon}
                  <bdi>{here}</bdi>
                </>
              )}
              <p class="help">{next}</p>
              {session !== null &&
                session.id !== '' &&
                toldLinks(session, field, t).map(([label, path]) => (
                  <>
                    <a href={path}>{label}</a>{' '}
                  </>
                ))}
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** A session of the house: its date, hours and title, which lead to it. */
export function HouseLink({ frame, day }: { frame: PageContext; day: HouseDay }) {
  const { starts_at, ends_at, date } = day
  const hours = starts_at !== null && ends_at !== null ? hoursText(frame.locale, { starts_at, ends_at }) : ''
  const path = day.id === '' ? `/desk/series/${day.series}` : `/desk/sessions/${day.id}`
  return (
    <a href={path}>
      <Whole
        text={`${date === null ? scheduleTexts(frame.locale).intake.decide.noDate : dateText(frame.locale, date)} ${hours}`}
      />{' '}
      {frame.locale === 'ja' ? day.title_ja : day.title_en}
    </a>
  )
}
