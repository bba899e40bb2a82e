import type { Desk } from '../../../src/people/desk.ts'
import type { Localized, Session } from '../../../src/schedule/session.ts'
import { Crumbs, Notice, PrintButton, SessionDate, sessionHours, whereText } from '../../kit.tsx'
import { siteName } from '../../layout.tsx'
import { scheduleTexts } from '../../text/schedule.ts'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'

/** What a poster says. */
type Poster = DeskView & {
  title: Localized
  desk: Desk
  /** The page of the series or desk. */
  from: string
  sessions: Session[]
  /** The short address with its QR code; null if none was made yet. */
  code: { url: string; image: string } | null
}

function Sheet({ view, code }: { view: Poster; code: NonNullable<Poster['code']> }) {
  const { frame, title, desk, sessions } = view
  const { locale } = frame
  const t = scheduleTexts(locale).poster
  const at = code.url.lastIndexOf('/') + 1
  return (
    <article class="poster">
      <p class="poster-house">{siteName(frame)}</p>
      <h2>{title[locale]}</h2>
      <div class="poster-code">
        <img src={code.image} alt={t.qr(code.url)} width="320" height="320" />
        <div>
          <p class="poster-how">{t.how}</p>
          <p>{t.scan}</p>
          <p class="poster-url">
            {code.url.slice(0, at).replace(/^https?:\/\//, '')}
            <wbr />
            <span class="nowrap">{code.url.slice(at)}</span>
          </p>
        </div>
      </div>
      {sessions.length > 0 && (
        <>
          <h3>{t.ahead}</h3>
          <ul class="plain">
            {sessions.map((session) => (
              <li>
                <b>
                  <SessionDate frame={frame} session={session} /> {sessionHours(locale, session)}
                </b>{' '}
                <span>{whereText(locale, session)}</span>
              </li>
            ))}
          </ul>
          <p>{t.more}</p>
        </>
      )}
      {desk.phones.length > 0 && (
        <p class="poster-phone">
          <span>{t.phone}</span>
          <b>{desk.phones.join(' / ')}</b>
          <span>
            {desk.name[locale]} {desk.hours?.[locale]}
          </span>
        </p>
      )}
    </article>
  )
}

/** The page with the poster of a series or desk. Only the poster is printed. */
export function PosterPage(view: Poster) {
  const { frame, staff, title, from, code } = view
  const t = scheduleTexts(frame.locale).poster
  return (
    <Console frame={frame} staff={staff} title={`${t.title} ${title[frame.locale]}`} nav="schedule">
      <Crumbs frame={frame} links={[[title[frame.locale], from]]} />
      <div class="head">
        <h1>{t.title}</h1>
        {code && <PrintButton frame={frame} />}
      </div>
      {code ? (
        <>
          <p class="lead poster-lead">{t.lead}</p>
          <Sheet view={view} code={code} />
        </>
      ) : (
        <>
          <Notice what={t.none} />
          <form action={`${from}/poster`} method="post">
            <button class="btn" type="submit">
              {t.make}
            </button>
          </form>
        </>
      )}
    </Console>
  )
}
