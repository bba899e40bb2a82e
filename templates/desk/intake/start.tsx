import type { IntakeRow } from '../../../src/store/schema.ts'
import { one, type Values } from '../../fields.tsx'
import { Crumbs, Notice } from '../../kit.tsx'
import { scheduleTexts } from '../../text/schedule.ts'
import { momentText } from '../../text/when.ts'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'
import { type ReadRefusal, Source } from './parts.tsx'

type View = DeskView & {
  values: Values
  refusal: ReadRefusal | null
  drafts: Pick<IntakeRow, 'id' | 'name' | 'state' | 'created_at'>[]
}

/** Takes a schedule as pasted text or as a file, and lists the ones that are under way. */
export function IntakeStartPage({ frame, staff, values, refusal, drafts }: View) {
  const t = scheduleTexts(frame.locale)
  const { intake } = t
  const errorOf = (field: ReadRefusal['field']) => (refusal?.field === field ? intake.refused[refusal.why] : null)
  return (
    <Console frame={frame} staff={staff} title={intake.title} nav="schedule">
      <Crumbs frame={frame} links={[[t.title, '/desk/schedule']]} />
      <h1>{intake.title}</h1>
      {refusal && <Notice what={intake.notRead[refusal.field]} tone="stop" alert />}
      <p class="lead">{intake.lead}</p>
      <form id="form" class="card enter" action="/desk/import" method="post" enctype="multipart/form-data" novalidate>
        <Source frame={frame} field="text" label={intake.text} help={intake.textHelp} error={errorOf('text')}>
          {(ties) => (
            <textarea id="text" name="text" rows={8} {...ties}>
              {one(values, 'text')}
            </textarea>
          )}
        </Source>
        <Source frame={frame} field="file" label={intake.file} help={intake.fileHelp} error={errorOf('file')}>
          {(ties) => <input id="file" name="file" type="file" accept=".txt,.csv,.xlsx,text/plain,text/csv" {...ties} />}
        </Source>
        <button class="btn" type="submit">
          {intake.read}
        </button>
      </form>
      <p>
        <a href="/desk/import/bookings">{t.intakeBookings.open}</a>
      </p>
      {drafts.length > 0 && (
        <section class="card">
          <h2>{intake.drafts}</h2>
          <p class="soft">{intake.draftsHelp}</p>
          <ul class="plain">
            {drafts.map(({ id, name, state, created_at }) => (
              <li>
                <a href={`/desk/import/${id}`}>
                  <bdi>{name || intake.pasted}</bdi> <span class="num">{momentText(frame.locale, created_at)}</span>
                </a>{' '}
                <span class="pill">{intake.states[state]}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Console>
  )
}
