import type { RequestLine } from '../../../src/matching/queries.ts'
import { prefectureName } from '../../kit.tsx'
import { consultTexts } from '../../text/consult.ts'
import { momentText } from '../../text/when.ts'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'

/** The newest requests for an expert, for a desk that is asked about one. */
export function RequestsPage({ frame, staff, requests }: DeskView & { requests: readonly RequestLine[] }) {
  const c = consultTexts(frame.locale)
  const t = c.list
  return (
    <Console frame={frame} staff={staff} title={t.title} nav="bookings">
      <div class="head">
        <h1>{t.title}</h1>
        <div class="ways">
          <a class="btn" href="/desk/requests/new">
            {c.enter.from}
          </a>
        </div>
      </div>
      <p class="lead">{t.lead}</p>
      {requests.length === 0 ? (
        <p class="card empty">{t.empty}</p>
      ) : (
        <section class="scroll" tabindex={0} aria-label={t.title}>
          <table class="list">
            <thead>
              <tr>
                {Object.values(t.columns).map((name) => (
                  <th scope="col">{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {requests.map(({ number, company, prefecture, applied_at, topics, state }) => (
                <tr>
                  <td class="num" data-label={t.columns.number}>
                    {number}
                  </td>
                  <td data-label={t.columns.company}>
                    <bdi>{company || t.erased}</bdi> {prefectureName(frame.locale, prefecture)}
                  </td>
                  <td class="num" data-label={t.columns.applied}>
                    {momentText(frame.locale, applied_at)}
                  </td>
                  <td data-label={t.columns.topic}>{c.topics[topics.split(',')[0] as keyof typeof c.topics] ?? ''}</td>
                  <td data-label={t.columns.state}>{c.states[state]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Console>
  )
}
