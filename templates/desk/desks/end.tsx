import type { Faults } from '../../../src/base/input.ts'
import type { Desk } from '../../../src/people/desk.ts'
import type { Holding } from '../../../src/planning/desks/queries.ts'
import type { Clash } from '../../../src/schedule/clashes.ts'
import { ErrorSummary, Options, one, SelectField, type Values } from '../../fields.tsx'
import { Crumbs, Notice, prefectureName } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { scheduleTexts } from '../../text/schedule.ts'
import { dayText } from '../../text/when.ts'
import { Clashes } from '../change-preview.tsx'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'

/** The most sessions that the page lists one by one. */
const LISTED = 30

type Titled = { title_ja: string; title_en: string; prefecture: string }

function titleOf(frame: PageContext, { title_ja, title_en, prefecture }: Titled): string {
  return `${prefectureName(frame.locale, prefecture)} ${frame.locale === 'ja' ? title_ja : title_en}`
}

function Held({ frame, held }: { frame: PageContext; held: Holding }) {
  const t = scheduleTexts(frame.locale).desks.end
  const { series, sessions } = held
  return (
    <section class="card">
      <p>{t.busy}</p>
      <h2>{t.series(series.length)}</h2>
      <ul class="plain">
        {series.map((one_) => (
          <li>
            <a href={`/desk/series/${one_.id}`}>{titleOf(frame, one_)}</a>
          </li>
        ))}
      </ul>
      <h2>{t.sessions(sessions.length)}</h2>
      <ul class="plain">
        {sessions.slice(0, LISTED).map((session) => (
          <li>
            <a href={`/desk/sessions/${session.id}`}>
              {session.date === null ? t.undated : dayText(frame.locale, session.date)} {titleOf(frame, session)}
            </a>{' '}
            {session.seats_taken > 0 && (
              <span class="soft nowrap">{deskTexts(frame.locale).seats(session.seats_taken)}</span>
            )}
          </li>
        ))}
        {sessions.length > LISTED && <li>{t.more(sessions.length - LISTED)}</li>}
      </ul>
    </section>
  )
}

/** Shows what a desk still holds, and who could take it over, before it ends. */
export function EndDeskPage(
  props: DeskView & {
    desk: Desk
    held: Holding
    successors: Desk[]
    values: Values
    errors: Faults
    refusal: 'busy' | 'changed' | 'taken' | null
    /** What the chosen successor has at the same time. */
    clashes: Clash[]
    shown: string
  },
) {
  const { frame, staff, desk, held, successors, values, errors, refusal, clashes, shown } = props
  const t = scheduleTexts(frame.locale).desks
  const title = t.end.title(desk.name[frame.locale])
  const isFree = held.series.length + held.sessions.length === 0
  return (
    <Console frame={frame} staff={staff} title={title} nav="schedule">
      <Crumbs frame={frame} links={[[t.title, '/desk/desks']]} />
      <h1>{title}</h1>
      <p class="lead">{t.end.lead}</p>
      {refusal && <Notice what={t[refusal]} tone="stop" alert />}
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={['successor', 'beside']}
        labels={{ ...t.labels, beside: deskTexts(frame.locale).session.beside }}
      />
      {isFree ? <p class="card">{t.end.free}</p> : <Held frame={frame} held={held} />}
      {!isFree && successors.length === 0 ? (
        <Notice what={t.end.nobody} tone="warn">
          <a href="/desk/desks/new">{t.add}</a>
        </Notice>
      ) : (
        <form id="form" action={`/desk/desks/${desk.id}/end`} method="post" novalidate>
          <input type="hidden" name="revision" value={String(desk.revision)} />
          <input type="hidden" name="shown" value={shown} />
          {!isFree && (
            <SelectField
              frame={frame}
              name="successor"
              label={t.labels.successor}
              required
              error={errors.successor ?? (refusal === 'busy' ? 'required' : undefined)}
            >
              <option value="">{t.end.choose}</option>
              <Options
                names={Object.fromEntries(successors.map(({ id, name }) => [id, name[frame.locale]]))}
                chosen={one(values, 'successor')}
              />
            </SelectField>
          )}
          <Clashes frame={frame} clashes={clashes} values={values} errors={errors} />
          <button class="btn stop" type="submit">
            {t.end.do}
          </button>
        </form>
      )}
    </Console>
  )
}
