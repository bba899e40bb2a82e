import { raw } from 'hono/html'
import { PrintButton } from '../../kit.tsx'
import { deskTexts } from '../../text/desk.ts'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'

/** The manual, which is made of `docs/manual.ja.md` with the assets: HTML of our own, and its chapters in plain text. */
export type Manual = { html: string; chapters: { id: string; title: string }[] }

/** The manual for desks as one document, to be read or printed. It is in Japanese only. */
export function ManualPage({ frame, staff, html, chapters }: DeskView & Manual) {
  const t = deskTexts(frame.locale).manual
  return (
    <Console frame={frame} staff={staff} title={t.title}>
      <div class="head">
        <h1>{t.title}</h1>
        <span class="ways">
          <PrintButton frame={frame} />
        </span>
      </div>
      <p class="lead">{t.lead}</p>
      <section class="card contents" aria-labelledby="contents" lang="ja">
        <h2 id="contents" lang={frame.locale}>
          {t.contents}
        </h2>
        <ol>
          {chapters.map(({ id, title }) => (
            <li>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
        </ol>
      </section>
      <article class="manual" lang="ja">
        {raw(html)}
      </article>
    </Console>
  )
}
