import type { DeadLink } from '../../src/booking/link.ts'
import { Layout, type PageContext } from '../layout.tsx'
import { texts } from '../text/index.ts'
import type { ErrorStatus } from '../text/public/error.ts'
import type { What } from '../text/spoken.ts'

/** A private link that leads nowhere. `why` is null if the reason is unknown. `tell` led to the news of a date. */
export type Dead = { to: 'booking'; why: DeadLink } | { to: 'tell' }

function deadWords(frame: PageContext, dead: Dead): What {
  const { brokenLink, brokenTell, deadLink } = texts(frame.locale)
  if (dead.to === 'tell') return brokenTell
  return dead.why === null ? brokenLink : deadLink[dead.why]
}

/** The page of an HTTP error. `id` is the request's id in the log. `dead`: the address was a private link. */
export function ErrorPage(props: {
  frame: PageContext
  status: ErrorStatus
  id?: string | undefined
  dead?: Dead | null
}) {
  const { frame, status, id } = props
  const t = texts(frame.locale)
  const fault = props.dead ? deadWords(frame, props.dead) : t.fault[status]
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
