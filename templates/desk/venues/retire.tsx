import type { VenueUse } from '../../../src/planning/venues/queries.ts'
import type { VenueRow } from '../../../src/store/schema.ts'
import { Crumbs, Notice, prefectureName } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { scheduleTexts } from '../../text/schedule.ts'
import { dayText } from '../../text/when.ts'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'

type Titled = { title_ja: string; title_en: string; prefecture: string }

function titleOf({ locale }: PageContext, { title_ja, title_en, prefecture }: Titled): string {
  return `${prefectureName(locale, prefecture)} ${locale === 'ja' ? title_ja : title_en}`
}

function Uses({ frame, use: { series, sessions } }: { frame: PageContext; use: VenueUse }) {
  const { venues, desks } = scheduleTexts(frame.locale)
  return (
    <section class="card">
      <p>{venues.retire.busy}</p>
      {series.length > 0 && <h2>{venues.retire.series(series.length)}</h2>}
      <ul class="plain">
        {series.map((row) => (
          <li>
            <a href={`/desk/series/${row.id}`}>{titleOf(frame, row)}</a>
          </li>
        ))}
      </ul>
      {sessions.length > 0 && <h2>{venues.retire.sessions(sessions.length)}</h2>}
      <ul class="plain">
        {sessions.map((row) => (
          <li>
            <a href={`/desk/sessions/${row.id}`}>
              {row.date === null ? desks.end.undated : dayText(frame.locale, row.date)} {titleOf(frame, row)}
            </a>{' '}
            {row.seats_taken > 0 && <span class="soft nowrap">{deskTexts(frame.locale).seats(row.seats_taken)}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Shows the sessions ahead that have a venue, before it is retired. */
export function RetireVenuePage(props: DeskView & { venue: VenueRow; use: VenueUse; changed: boolean; shown: string }) {
  const { frame, staff, venue, use, changed, shown } = props
  const { venues: t, desks } = scheduleTexts(frame.locale)
  const name = frame.locale === 'ja' ? venue.name_ja : venue.name_en
  const title = t.retire.title(name)
  return (
    <Console frame={frame} staff={staff} title={title} nav="schedule">
      <Crumbs
        frame={frame}
        links={[
          [t.title, '/desk/venues'],
          [name, `/desk/venues/${venue.id}`],
        ]}
      />
      <h1>{title}</h1>
      <p class="lead">{t.retire.lead}</p>
      {changed && <Notice what={desks.changed} tone="stop" alert />}
      {use.series.length + use.sessions.length === 0 ? (
        <p class="card">{t.retire.free}</p>
      ) : (
        <Uses frame={frame} use={use} />
      )}
      <form id="form" action={`/desk/venues/${venue.id}/retire`} method="post">
        <input type="hidden" name="shown" value={shown} />
        <button class="btn stop" type="submit">
          {t.retire.do}
        </button>
      </form>
    </Console>
  )
}
