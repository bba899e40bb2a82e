import type { Child } from 'hono/jsx'
import { Crumbs, Facts, Notice } from '../../kit.tsx'
import { scheduleTexts } from '../../text/schedule.ts'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'

/** What is deleted, with its name, page and facts. `kept`: why it cannot be deleted. */
type View = DeskView & {
  what: 'session' | 'series' | 'venue' | 'desk'
  name: string
  path: string
  facts: [name: string, value: Child][]
  kept: 'booked' | 'past' | 'series' | 'used' | 'held' | null
  /** How many sessions go with a series. */
  sessions?: number
  shown: string
  changed: boolean
}

/** Asks before something is deleted that nobody ever booked, or says why it is kept. */
export function DeletePage(view: View) {
  const { frame, staff, what, name, path, facts, kept, sessions = 0, shown, changed } = view
  const t = scheduleTexts(frame.locale).ending
  return (
    <Console frame={frame} staff={staff} title={t.titles[what]} nav="schedule">
      <Crumbs frame={frame} links={[[name, path]]} />
      <h1>{t.titles[what]}</h1>
      {changed && <Notice what={t.kept.changed} tone="stop" alert />}
      {kept === null ? <Notice what={t.asks[what]} tone="warn" /> : <Notice what={t.kept[kept]} tone="stop" alert />}
      <section class="card">
        <Facts rows={facts} />
        {kept === null && sessions > 0 && <p>{t.withSessions(sessions)}</p>}
      </section>
      <form id="form" class="acts" action={`${path}/delete`} method="post">
        <input type="hidden" name="shown" value={shown} />
        {kept === null && (
          <button class="btn stop" type="submit">
            {t.do}
          </button>
        )}
        <a class="btn quiet" href={path}>
          {t.leave}
        </a>
      </form>
    </Console>
  )
}
