import { type Frame, Layout } from '../layout.tsx'
import { texts } from '../text/index.ts'
import type { FaultStatus } from '../text/public/fault.ts'

/** What went wrong, and the ways on. `id` is the request's, to find it in the logs; `link` says it was one's own link. */
export function FaultPage(props: { frame: Frame; status: FaultStatus; id?: string | undefined; link?: boolean }) {
  const { frame, status, id } = props
  const t = texts(frame.locale)
  const fault = props.link && status === 404 ? t.brokenLink : t.fault[status]
  return (
    <Layout frame={frame} title={fault.what} fixed noindex narrow>
      <p class="fault-code num">{String(status)}</p>
      <h1>{fault.what}</h1>
      <p>{fault.next}</p>
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
