import type { CivilDate } from '../../src/base/japan/civil.ts'
import { PREFECTURES, REGIONS } from '../../src/base/japan/prefecture.ts'
import type { Session } from '../../src/schedule/session.ts'
import { SessionRow } from '../kit.tsx'
import { Layout, type PageContext } from '../layout.tsx'
import { type Texts, texts } from '../text/index.ts'
import { dayText } from '../text/when.ts'
import { ofPage } from '../written.ts'
import { FilterForm } from './filter.tsx'

type Ahead = ReadonlyMap<string, 'weekly' | 'dated'>

/** What the map knows: how often a prefecture has sessions, and its next free day. */
type OnMap = { frame: PageContext; ahead: Ahead; next: ReadonlyMap<string, CivilDate> }

/** How often a prefecture has sessions, and its next free day, in words. */
function standing(t: Texts, { frame, ahead, next }: OnMap, code: string): string {
  const date = next.get(code)
  const free = date === undefined ? [] : [t.home.nextFree(dayText(frame.locale, date))]
  return [t.home[ahead.get(code) ?? 'web'], ...free].join(frame.locale === 'ja' ? '、' : ', ')
}

/** A day as a tile shows it: 12/4. */
const short = (date: CivilDate) => `${Number(date.slice(5, 7))}/${Number(date.slice(8))}`

/** A map of 47 cells. The list below it has the same links. */
function TileMap(map: OnMap) {
  const { frame, ahead, next } = map
  const t = texts(frame.locale)
  return (
    <ul class="map">
      {PREFECTURES.map((prefecture) => (
        <li class={`p-${prefecture.code}`}>
          <a class={ahead.get(prefecture.code)} href={`/calendar?prefecture=${prefecture.code}`}>
            <span class={frame.locale === 'ja' && prefecture.short.length > 2 ? 'narrow' : undefined}>
              {frame.locale === 'ja' ? prefecture.short : prefecture.letters}
            </span>
            {next.has(prefecture.code) && <small aria-hidden="true">{short(next.get(prefecture.code) ?? '')}</small>}
            <span class="sr">
              {frame.locale === 'ja' ? '：' : ` ${prefecture.en}: `}
              {standing(t, map, prefecture.code)}
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}

function Legend({ frame, web }: { frame: PageContext; web: CivilDate | null }) {
  const t = texts(frame.locale)
  return (
    <ul class="legend">
      <li>
        <span class="key weekly" aria-hidden="true" />
        {t.home.weekly}
      </li>
      <li>
        <span class="key dated" aria-hidden="true" />
        {t.home.dated}
      </li>
      <li>
        <span class="key" aria-hidden="true" />
        {web === null ? t.home.web : t.home.webNext(dayText(frame.locale, web))}
      </li>
    </ul>
  )
}

function RegionList(map: OnMap) {
  const { frame, ahead } = map
  const t = texts(frame.locale)
  return (
    <details class="regions">
      <summary>{t.home.list}</summary>
      <dl>
        {REGIONS.map((region) => (
          <div>
            <dt>{region[frame.locale]}</dt>
            <dd>
              <ul>
                {PREFECTURES.filter((prefecture) => prefecture.region.id === region.id).map((prefecture) => (
                  <li>
                    <a href={`/calendar?prefecture=${prefecture.code}`}>{prefecture[frame.locale]}</a>
                    {ahead.has(prefecture.code) && <small>{standing(t, map, prefecture.code)}</small>}
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

/** The first page: the next sessions, the map, and the search. */
export function Home(props: OnMap & { sessions: Session[]; web: CivilDate | null }) {
  const { frame, sessions, ahead, next, web } = props
  const t = texts(frame.locale)
  return (
    <Layout frame={frame} title={t.home.tab}>
      <div class="two">
        <div>
          <h1>{t.home.title}</h1>
          <p class="lead">{t.home.lead}</p>
          <FilterForm
            frame={frame}
            action="/calendar"
            filter={{}}
            keep={{ view: 'list' }}
            submit={t.home.search}
            search
          />
          <p>
            <a href="/prefecture/dates">{t.prefecture.see}</a>
          </p>
          <section aria-labelledby="next">
            <h2 id="next">{t.home.next}</h2>
            {sessions.length === 0 ? (
              <div class="card empty">
                <p>{t.home.empty}</p>
                <p>
                  <a href="/desks">{t.home.emptyWay}</a>
                </p>
              </div>
            ) : (
              <>
                <ol class="card rows">
                  {sessions.map((session) => (
                    <SessionRow frame={frame} session={session} />
                  ))}
                </ol>
                <p class="after">
                  <a class="btn quiet" href="/calendar?view=list">
                    {t.home.all}
                  </a>
                </p>
              </>
            )}
          </section>
        </div>
        <div class="aside">
          <section aria-labelledby="where">
            <h2 id="where">{t.home.map}</h2>
            <div class="card map-card">
              <p class="soft small">{t.home.mapText}</p>
              {ofPage(['map', frame.locale, ...ahead, ...next, web], () => (
                <>
                  <TileMap frame={frame} ahead={ahead} next={next} />
                  <Legend frame={frame} web={web} />
                  <RegionList frame={frame} ahead={ahead} next={next} />
                </>
              ))}
            </div>
          </section>
          <section class="card" aria-labelledby="forward">
            <h2 id="forward">{t.home.forward}</h2>
            <p class="soft small">{t.home.expertText}</p>
            <a class="btn quiet wide" href="/consult">
              {t.home.expert}
            </a>
          </section>
          <section class="card" aria-labelledby="feed">
            <h2 id="feed">{t.home.subscribe}</h2>
            <p class="soft small">{t.home.subscribeText}</p>
            <a class="btn quiet wide" href="/subscribe">
              {t.home.subscribeLink}
            </a>
          </section>
        </div>
      </div>
    </Layout>
  )
}
