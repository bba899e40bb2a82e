import type { OpenColumn } from '../../src/opendata/table.ts'
import { Layout, type PageContext, siteName } from '../layout.tsx'
import { texts } from '../text/index.ts'

type Named = Pick<OpenColumn<never>, 'name' | 'holds' | 'required'>

/** The licence of the open data. */
export const LICENCE = 'https://creativecommons.org/licenses/by/4.0/'

function File({
  frame,
  name,
  columns,
  words,
}: {
  frame: PageContext
  name: 'events' | 'desks'
  columns: readonly Named[]
  words: Record<string, string>
}) {
  const t = texts(frame.locale).openData
  return (
    <section class="card" aria-labelledby={name}>
      <h2 id={name}>{t[name]}</h2>
      <p>{t[`${name}Text`]}</p>
      <p class="actions">
        <a class="btn" href={`/open-data/${name}.csv`}>
          {t.csv}
        </a>{' '}
        <a class="btn quiet" href={`/open-data/${name}.json`}>
          {t.json}
        </a>
      </p>
      {name === 'events' && <p class="soft small">{t.filter}</p>}
      <details>
        <summary>{t.columns}</summary>
        <div class="scroll">
          <table class="columns-of">
            <thead>
              <tr>
                <th scope="col">{t.column}</th>
                <th scope="col">{t.type}</th>
                <th scope="col">{t.content}</th>
              </tr>
            </thead>
            <tbody>
              {columns.map((column) => (
                <tr>
                  <th scope="row" lang="ja">
                    {column.name}
                  </th>
                  <td>
                    {t.types[column.holds]}
                    {column.required && <span class="soft small"> {t.required}</span>}
                  </td>
                  <td>{words[column.name]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  )
}

/** The page of open data: the files, their columns, the edition and the licence. */
export function OpenDataPage({
  frame,
  events,
  desks,
}: {
  frame: PageContext
  events: readonly Named[]
  desks: readonly Named[]
}) {
  const t = texts(frame.locale).openData
  return (
    <Layout frame={frame} title={t.title} about={{ description: t.lead }}>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <File frame={frame} name="events" columns={events} words={t.event} />
      <File frame={frame} name="desks" columns={desks} words={t.desk} />
      <section aria-labelledby="licence">
        <h2 id="licence">{t.licence}</h2>
        <p>{t.licenceText(siteName(frame))}</p>
        <p>
          <a href={LICENCE} rel="license">
            {t.licenceLink}
          </a>
        </p>
      </section>
      <section aria-labelledby="how">
        <h2 id="how">{t.how}</h2>
        <p>{t.howText}</p>
        <p>
          {t.othersText} <a href="/subscribe">{t.subscribe}</a> <a href="/api/docs">{t.api}</a>
        </p>
      </section>
    </Layout>
  )
}
