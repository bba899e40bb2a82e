import type { Elsewhere } from '../../../src/advisers/free.ts'
import { settledHours } from '../../../src/base/hours.ts'
import type { Locale } from '../../../src/base/locale.ts'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { dateText, hoursText } from '../../text/when.ts'

function hoursOf(locale: Locale, occasion: Parameters<typeof settledHours>[0]): string {
  const hours = settledHours(occasion)
  return hours === null ? '' : hoursText(locale, hours)
}

/** The sessions that have an adviser or a room at the time. Nothing without any. */
export function Others({ frame, others }: { frame: PageContext; others: readonly Elsewhere[] }) {
  const t = deskTexts(frame.locale).advisers
  if (others.length === 0) return null
  return (
    <ul class="plain">
      {others.map(({ id, date, title, what, ...hours }) => (
        <li>
          {title === null ? t.another : <a href={`/desk/sessions/${id}`}>{title[frame.locale]}</a>}{' '}
          <span class="num">
            {date !== null && dateText(frame.locale, date)} {hoursOf(frame.locale, hours)}
          </span>{' '}
          <span class="soft">{t.elsewhere[what]}</span>
        </li>
      ))}
    </ul>
  )
}
