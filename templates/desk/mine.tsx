import { type CivilDate, civilTime } from '../../src/base/japan/civil.ts'
import { isAnonymous } from '../../src/base/person.ts'
import { standingOf } from '../../src/base/standing.ts'
import type { OwnTime } from '../../src/consultation/queries.ts'
import type { Expert } from '../../src/experts/expert.ts'
import type { AbsenceRow, ExpertHoursRow } from '../../src/store/schema.ts'
import { Facts, joined, prefectureName, Whole, Whose } from '../kit.tsx'
import { topicWords } from '../text/desk/experts.ts'
import { deskTexts } from '../text/desk.ts'
import { texts } from '../text/index.ts'
import { dateText } from '../text/when.ts'
import { PartyFacts } from './booking/record.tsx'
import { Console } from './console.tsx'
import { StatePill } from './experts/list.tsx'
import { absenceText, WeekHours } from './experts/time.tsx'
import type { DeskView } from './view.ts'

/** The entry of an expert. */
type Own = { expert: Expert; hours: readonly ExpertHoursRow[]; absences: readonly AbsenceRow[] }

type MineView = DeskView & { today: CivilDate; times: OwnTime[]; own: Own | null }

/** What is known of an expert, in words, with the ways to change hours, absences and ties. */
function OwnEntry({ view, own: { expert, hours, absences } }: { view: MineView; own: Own }) {
  const { frame } = view
  const t = deskTexts(frame.locale).experts
  const words = texts(frame.locale)
  const topics = topicWords(words.topics, t)
  const list = (some: readonly string[]) => joined(frame.locale, some)
  const way = (to: string) => `/desk/experts/${expert.id}/${to}`
  const profile = frame.locale === 'ja' ? expert.profile_ja : expert.profile_en
  return (
    <section class="card">
      <h2>{t.own.title}</h2>
      <Facts
        rows={[
          [t.labels.name, <bdi>{expert.name}</bdi>],
          [t.labels.state, <StatePill frame={frame} expert={expert} />],
          [t.own.load, t.load(expert.taken, expert.most)],
          [t.labels.topics, list(expert.topics.map((topic) => topics[topic]))],
          [t.labels.formats, list(expert.formats.map((format) => t.formats[format]))],
          [t.labels.home, prefectureName(frame.locale, expert.home)],
          expert.places.length > 0
            ? [t.labels.places, list(expert.places.map((code) => prefectureName(frame.locale, code)))]
            : null,
          profile === '' ? null : [t.labels[frame.locale === 'ja' ? 'profile_ja' : 'profile_en'], profile],
        ]}
      />
      <p class="soft">{t.own.profile}</p>
      <h3>{t.ways.hours}</h3>
      <WeekHours frame={frame} hours={hours} />
      <h3>{t.ways.absences}</h3>
      {absences.length === 0 && <p class="soft">{t.absences.none}</p>}
      <ul class="plain">
        {absences.map((absence) => (
          <li>
            <Whole text={absenceText(frame, absence)} />
          </li>
        ))}
      </ul>
      {expert.state !== 'left' && (
        <p class="acts">
          <a class="btn quiet" href={way('hours')}>
            {t.hours.change}
          </a>{' '}
          <a class="btn quiet" href={way('absences')}>
            {t.absences.change}
          </a>{' '}
          <a class="btn quiet" href={way('ties')}>
            {t.ways.ties}
          </a>
        </p>
      )}
    </section>
  )
}

function Time({ view, time }: { view: MineView; time: OwnTime }) {
  const { frame } = view
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
      {time.parties.map(({ booking, record, recordable }) => (
        <section>
          <p>
            <span class="pill">{texts(frame.locale).standings[standingOf(booking, booking.session)]}</span>{' '}
            {(record !== null || recordable) && !isAnonymous(booking) && (
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
  const { frame, staff, today, times, own } = view
  const t = deskTexts(frame.locale).advisers
  const days = Map.groupBy(times, ({ date }) => date)
  const ahead = [...days].filter(([date]) => date >= today)
  const past = [...days].filter(([date]) => date < today).toReversed()
  const list = (some: typeof past) =>
    some.map(([date, ofDay]) => (
      <section>
        <h2>{dateText(frame.locale, date)}</h2>
        {ofDay.map((time) => (
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
      {own && <OwnEntry view={view} own={own} />}
    </Console>
  )
}
