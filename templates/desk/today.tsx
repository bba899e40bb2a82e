import type { Account } from '../../src/people/account.ts'
import type { Frame } from '../layout.tsx'
import { deskTexts } from '../text/desk.ts'
import { Console } from './console.tsx'

/** Everything about today on one page. */
export function TodayPage({ frame, staff }: { frame: Frame; staff: Account }) {
  const t = deskTexts(frame.locale)
  return (
    <Console frame={frame} staff={staff} title={t.nav.today} nav="today">
      <h1>{t.nav.today}</h1>
    </Console>
  )
}
