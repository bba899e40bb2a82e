import { Layout, type PageContext } from '../layout.tsx'
import { texts } from '../text/index.ts'
import type { ErrorStatus } from '../text/public/error.ts'

/** The page of an HTTP error. `id` is the request's id in the log. `link`: the address was a private link. */
export function ErrorPage(props: { frame: PageContext; status: ErrorStatus; id?: string | undefined; link?: boolean }) {
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
