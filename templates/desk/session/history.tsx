import type { HistoryLine } from '../../../src/booking/queries.ts'
import type { Act } from '../../../src/store/acts.ts'
import { wordFor } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { scheduleTexts } from '../../text/schedule.ts'
import { momentText } from '../../text/when.ts'

/** What happened to a booking or a session, the oldest first. `detailOf` says more about a line. */
export function History<A extends Act>(props: {
  frame: PageContext
  title: string
  lines: readonly HistoryLine<A>[]
  happened: Record<A, string>
  detailOf?: (line: HistoryLine<A>) => string
}) {
  const { frame, title, lines, happened, detailOf } = props
  const { by } = deskTexts(frame.locale).booking
  return (
    <section class="card">
      <h2>{title}</h2>
      <ol class="plain">
        {lines.map((line) => (
          <li>
            <span class="num soft">{momentText(frame.locale, line.at)}</span> {happened[line.act]}{' '}
            <span class="soft">{wordFor(by, line.by) ?? line.by}</span>
            {detailOf && ` ${detailOf(line)}`}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** The button by which people undo the change they made today to a session or a series, at `path`. */
export function UndoForm({ frame, path }: { frame: PageContext; path: string }) {
  return (
    <form class="acts" action={`${path}/undo`} method="post">
      <button class="btn quiet small-btn" type="submit">
        {scheduleTexts(frame.locale).session.undo}
      </button>
    </form>
  )
}
