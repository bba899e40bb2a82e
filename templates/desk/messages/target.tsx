import type { Targeted } from '../../../src/messages/receivers.ts'
import { Facts, placeText, Whole } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { messageTexts } from '../../text/messages.ts'
import { dayText, hoursText } from '../../text/when.ts'
import { dayAndHours } from '../lines.tsx'

/** The day, the time, the place and the title of what a message is about. Null if it is about no session or series. */
function aboutText(frame: PageContext, { session, slot, series }: Targeted): string | null {
  const { locale } = frame
  if (series) return locale === 'ja' ? series.title_ja : series.title_en
  if (!session) return null
  const { date } = session
  const time =
    slot && date !== null ? `${dayText(locale, date)} ${hoursText(locale, slot)}` : dayAndHours(frame, session)
  return [time, placeText(locale, session), session.title[locale]].filter(Boolean).join(' ')
}

type Addressed = {
  frame: PageContext
  targeted: Targeted | undefined
  /** What stands for people who were chosen in the ledger, or for what is gone. */
  otherwise: string
}

/** Whom a message is to: the session, time or series, with its page. */
export function TargetLink({ frame, targeted, otherwise }: Addressed) {
  const text = targeted ? aboutText(frame, targeted) : null
  if (text === null) return <>{otherwise}</>
  const { session, series } = targeted ?? {}
  return (
    <a href={series ? `/desk/series/${series.id}` : `/desk/sessions/${session?.id}`}>
      <Whole text={text} />
    </a>
  )
}

/** Whom a message is to. Of people chosen in the ledger also their sessions. */
export function TargetFact(props: {
  frame: PageContext
  targets: readonly Targeted[]
  otherwise: string
  all: boolean
}) {
  const { frame, targets, otherwise, all } = props
  const links = targets.map((targeted) => (
    <li>
      <TargetLink frame={frame} targeted={targeted} otherwise={otherwise} />
    </li>
  ))
  const to = (
    <>
      {all && otherwise}
      {links.length > 0 && <ul class="plain">{links}</ul>}
    </>
  )
  return <Facts rows={[[messageTexts(frame.locale).columns.to, to]]} />
}
