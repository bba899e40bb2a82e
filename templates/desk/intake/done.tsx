import type { Intake, MadeRow } from '../../../src/intake/queries.ts'
import { Crumbs, Notice, prefectureName } from '../../kit.tsx'
import { scheduleTexts } from '../../text/schedule.ts'
import { dateText } from '../../text/when.ts'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'

type View = DeskView & {
  intake: Intake
  /** What it made, as far as that still exists. */
  made: MadeRow[]
  done: boolean
  refusal: 'kept' | 'over' | 'changed' | null
}

/** Shows what was taken in from a schedule, and takes it out again. */
export function IntakeDonePage({ frame, staff, intake, made, done, refusal }: View) {
  const t = scheduleTexts(frame.locale)
  const words = t.intake.done
  return (
    <Console frame={frame} staff={staff} title={words.title} nav="schedule">
      <Crumbs frame={frame} links={[[t.intake.title, '/desk/import']]} />
      <h1>{words.title}</h1>
      {refusal && <Notice what={words[refusal]} tone="stop" alert />}
      {done && <Notice what={intake.state === 'taken' ? words.taken : words.out} tone="done" alert />}
      {!done && intake.state === 'taken_out' && <Notice what={words.out} tone="done" />}
      {made.length > 0 && (
        <section class="card">
          <h2>{words.made}</h2>
          <ul class="plain">
            {made.map((one) => (
              <li>
                <a href={one.series ? `/desk/series/${one.id}` : `/desk/sessions/${one.id}`}>
                  {one.date === null ? '' : dateText(frame.locale, one.date)}{' '}
                  {frame.locale === 'ja' ? one.title_ja : one.title_en} {prefectureName(frame.locale, one.prefecture)}
                </a>{' '}
                <span class="pill">{t.intake.look.makes[one.series ? 'series' : 'session']}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {intake.state === 'taken' && (
        <form class="card" action={`/desk/import/${intake.id}/undo`} method="post">
          <p class="help">{words.undoHelp}</p>
          <button class="btn quiet" type="submit">
            {words.undo}
          </button>
        </form>
      )}
      <form action={`/desk/import/${intake.id}/drop`} method="post">
        <button class="btn quiet small-btn" type="submit">
          {t.intake.decide.drop}
        </button>
      </form>
    </Console>
  )
}
