import { type Frame, Layout } from '../layout.tsx'
import { texts } from '../text/index.ts'
import type { FaultStatus } from '../text/ja.ts'

/** What went wrong, and the ways on. `id` is the request's, to find it in the logs. */
export function FaultPage({ frame, status, id }: { frame: Frame; status: FaultStatus; id?: string | undefined }) {
  const t = texts(frame.locale)
  return (
    <Layout frame={frame} title={t.fault[status].what} fixed noindex narrow>
      <p class="fault-code num">{String(status)}</p>
      <h1>{t.fault[status].what}</h1>
      <p>{t.fault[status].next}</p>
      <ul class="ways">
        <li>
          <a href="/">{t.faultHome}</a>
        </li>
        <li>
          <a href="/calendar">{t.nav.calendar}</a>
        </li>
        <li>
          <a href="/lookup">{t.nav.lookup}</a>
        </li>
        <li>
          <a href="/desks">{t.nav.desks}</a>
        </li>
      </ul>
      {id !== undefined && <p class="soft small">{t.faultId(id)}</p>}
    </Layout>
  )
}
