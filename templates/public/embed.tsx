import type { Session } from '../../src/schedule/session.ts'
import { href, prefectureName, SessionRow } from '../kit.tsx'
import { type PageContext, siteName } from '../layout.tsx'
import { texts } from '../text/index.ts'
import type { Filter } from './filter.tsx'

/** What a frame of other sites is called: what it lists, and where. */
export function embedTitle({ locale }: PageContext, { prefecture, kind }: Filter): string {
  const t = texts(locale)
  const what = kind === 'consultation' || kind === 'seminar' ? t.kind[kind] : t.embed.both
  return t.embed.title(prefecture === undefined ? t.nationwide : prefectureName(locale, prefecture), what)
}

/** The coming sessions as a frame on the pages of other sites. It has no script and no form, and every link leaves it. */
export function EmbedPage(props: { frame: PageContext; filter: Filter; sessions: Session[]; more: boolean }) {
  const { frame, filter, sessions, more } = props
  const { locale } = frame
  const t = texts(locale)
  const { prefecture, kind, format } = filter
  const title = embedTitle(frame, filter)
  const lang = locale === 'ja' ? undefined : locale
  return (
    <html lang={locale} class="embed">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} | ${siteName(frame)}`}</title>
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href={frame.asset('favicon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={frame.asset('tokens.css')} />
        <link rel="stylesheet" href={frame.asset('style.css')} />
      </head>
      <body>
        <main>
          <h1>{title}</h1>
          {sessions.length === 0 ? (
            <p>{t.embed.none}</p>
          ) : (
            <ol class="rows">
              {sessions.map((session) => (
                <SessionRow frame={frame} session={session} level="h2" lang={lang} top />
              ))}
            </ol>
          )}
          <p class="embed-more">
            <a href={href('/calendar', { prefecture, kind, format, view: 'list', lang })} target="_top" rel="noopener">
              {more ? t.embed.more : t.embed.open}
            </a>{' '}
            <span class="soft small">{siteName(frame)}</span>
          </p>
        </main>
      </body>
    </html>
  )
}
