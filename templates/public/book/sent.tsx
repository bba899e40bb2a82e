import type { Session } from '../../../src/schedule/session.ts'
import { Notice } from '../../kit.tsx'
import { Layout, type PageContext } from '../../layout.tsx'
import { texts } from '../../text/index.ts'

/** What Back and Forward show instead of a confirm page: whether it was sent. Without personal data. */
export function SentPage({ frame, session, made }: { frame: PageContext; session: Session; made: boolean }) {
  const t = texts(frame.locale).sent
  const words = made ? t.made : t.notYet
  return (
    <Layout frame={frame} title={`${t.title} ${session.title[frame.locale]}`} nav="calendar" noindex narrow>
      <h1>{t.title}</h1>
      <Notice what={words} tone={made ? 'done' : 'warn'} />
      <ul class="ways">
        {made && (
          <li>
            <a href="/lookup">{texts(frame.locale).nav.lookup}</a>
          </li>
        )}
        <li>
          <a href={`/sessions/${session.id}/book`}>{made ? t.another : t.anew}</a>
        </li>
        <li>
          <a href={`/sessions/${session.id}`}>{session.title[frame.locale]}</a>
        </li>
      </ul>
    </Layout>
  )
}
