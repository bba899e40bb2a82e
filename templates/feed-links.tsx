import { feedLinks } from '../src/calendar/links.ts'
import type { PageContext } from './layout.tsx'
import { texts } from './text/index.ts'

/** The links that add a feed to an app of calendars. The first is on the device itself. */
export function FeedLinks(props: { frame: PageContext; address: string; name: string }) {
  const { frame, address, name } = props
  const { addTo } = texts(frame.locale).subscribe
  const { apple, ...others } = feedLinks(address, name)
  return (
    <ul class="buttons">
      <li>
        <a class="btn" href={apple}>
          {addTo.apple}
        </a>
      </li>
      {(['google', 'outlook', 'outlook365'] as const).map((app) => (
        <li>
          <a class="btn quiet" href={others[app]} rel="noopener noreferrer external">
            {addTo[app]}
          </a>
        </li>
      ))}
    </ul>
  )
}
