import type { Desk } from '../../../src/people/desk.ts'
import { Notice, Phone } from '../../kit.tsx'
import { texts } from '../../text/index.ts'
import { scheduleTexts } from '../../text/schedule.ts'
import { Console } from '../console.tsx'
import { ScheduleWays } from '../schedule.tsx'
import type { DeskView } from '../view.ts'
import { areaText } from './area.ts'

/** A desk, and whether this person may change it. */
export type ListedDesk = Desk & { mayKeep: boolean }

function Row({ frame, desk }: Pick<DeskView, 'frame'> & { desk: ListedDesk }) {
  const t = scheduleTexts(frame.locale).desks
  const name = desk.name[frame.locale]
  return (
    <tr>
      <td data-label={t.columns.name}>{desk.mayKeep ? <a href={`/desk/desks/${desk.id}`}>{name}</a> : name}</td>
      <td data-label={t.columns.kind}>{texts(frame.locale).desks.kinds[desk.kind]}</td>
      <td data-label={t.columns.prefectures}>{areaText(frame.locale, desk)}</td>
      <td data-label={t.columns.phones}>
        {desk.phones.map((phone) => (
          <span class="phone-line">
            <Phone number={phone} />
          </span>
        ))}
      </td>
      <td data-label={t.columns.state}>
        <span class={desk.ended ? 'pill' : 'pill ok'}>{desk.ended ? t.states.ended : t.states.now}</span>
      </td>
      <td data-label="">
        {desk.mayKeep && !desk.ended && (
          <a href={`/desk/desks/${desk.id}/end`}>
            {t.end.open}
            <span class="sr"> {name}</span>
          </a>
        )}
        {desk.mayKeep && (
          <>
            {' '}
            <a href={`/desk/desks/${desk.id}/delete`}>
              {scheduleTexts(frame.locale).ending.remove}
              <span class="sr"> {name}</span>
            </a>
          </>
        )}
        {desk.mayKeep && desk.ended && (
          <form action={`/desk/desks/${desk.id}/reopen`} method="post">
            <button class="btn quiet small-btn" type="submit">
              {t.reopen}
              <span class="sr"> {name}</span>
            </button>
          </form>
        )}
      </td>
    </tr>
  )
}

/** All desks, also ended ones, in the order in which people see them. */
export function DesksPage(props: DeskView & { desks: ListedDesk[]; mayAdd: boolean; done: string | undefined }) {
  const { frame, staff, desks, mayAdd, done } = props
  const t = scheduleTexts(frame.locale).desks
  const said = {
    saved: t.saved,
    ended: t.end.done,
    reopened: t.reopened,
    deleted: scheduleTexts(frame.locale).ending.done,
  }[done ?? '']
  return (
    <Console frame={frame} staff={staff} title={t.title} nav="schedule">
      <div class="head">
        <h1>{t.title}</h1>
        {mayAdd && (
          <a class="btn" href="/desk/desks/new">
            {t.add}
          </a>
        )}
      </div>
      <p class="lead">{t.lead}</p>
      <ScheduleWays frame={frame} staff={staff} />
      {said && <Notice what={{ what: said, next: '' }} tone="done" alert />}
      {desks.length === 0 ? (
        <Notice what={t.none} tone="warn" />
      ) : (
        <section class="scroll" tabindex={0} aria-label={t.title}>
          <table class="list">
            <thead>
              <tr>
                {Object.values(t.columns).map((name) => (
                  <th scope="col">{name}</th>
                ))}
                <td />
              </tr>
            </thead>
            <tbody>
              {desks.map((desk) => (
                <Row frame={frame} desk={desk} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Console>
  )
}
