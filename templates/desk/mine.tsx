import { type CivilDate, civilTime } from '../../src/base/japan/civil.ts'
import { isAnonymous } from '../../src/base/person.ts'
import { standingOf } from '../../src/base/standing.ts'
import type { OwnTime } from '../../src/consultation/queries.ts'
import { Whose } from '../kit.tsx'
import { deskTexts } from '../text/desk.ts'
import { texts } from '../text/index.ts'
import { dateText } from '../text/when.ts'
import { PartyFacts } from './booking/record.tsx'
import { Console } from './console.tsx'
import type { DeskView } from './view.ts'

type MineView = DeskView & { today: CivilDate; times: OwnTime[] }

function Time({ view, time }: { view: MineView; time: OwnTime }) {
  const { frame, today } = view
  const t = deskTexts(frame.locale).advisers
  const hours = time.starts_at === null ? '' : civilTime(time.starts_at)
  const title = frame.locale === 'ja' ? time.title_ja : time.title_en
  return (
    <section class="card">
      <h3>
        <span class="num">{hours}</span> {title} {time.room !== '' && <span class="soft">{time.room}</span>}{' '}
        {time.state !== 'published' && <span class="pill">{t.mine.off}</span>}
      </h3>
      {time.parties.length === 0 && <p class="soft">{t.mine.nobody}</p>}
      {time.parties.map(({ booking, record }) => (
        <section>
          <p>
            <span class="pill">{texts(frame.locale).standings[standingOf(booking, booking.session)]}</span>{' '}
            {(record !== null || time.date <= today) && !isAnonymous(booking) && (
              <a class="btn quiet small-btn" href={`/desk/bookings/${booking.id}/record`}>
                {t.mine.record}
                {record !== null && ` (${deskTexts(frame.locale).consultation.states[record]})`}
                <Whose company={booking.company} />
              </a>
            )}
          </p>
          <PartyFacts frame={frame} booking={booking} />
        </section>
      ))}
    </section>
  )
}

/** The times at which somebody advises, day by day, and the people who come. */
export function MinePage(view: MineView) {
  const { frame, staff, today, times } = view
  const t = deskTexts(frame.locale).advisers
  const days = Map.groupBy(times, ({ date }) => date)
  const ahead = [...days].filter(([date]) => date >= today)
  const past = [...days].filter(([date]) => date < today).toReversed()
  const list = (some: typeof past) =>
    some.map(([date, own]) => (
      <section>
        <h2>{dateText(frame.locale, date)}</h2>
        {own.map((time) => (
          <Time view={view} time={time} />
        ))}
      </section>
    ))
  return (
    <Console frame={frame} staff={staff} title={t.mine.title} nav="mine">
      <h1>{t.mine.title}</h1>
      <p class="lead">{t.mine.lead}</p>
      {ahead.length === 0 && <p class="card empty">{t.mine.empty}</p>}
      {list(ahead)}
      {past.length > 0 && (
        <details>
          <summary>{t.mine.past}</summary>
          {list(past)}
        </details>
      )}
    </Console>
  )
}
