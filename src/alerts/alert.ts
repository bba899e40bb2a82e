import { weekday } from '../base/japan/civil.ts'
import { tokenColumns, tokenUnder } from '../base/token.ts'
import type { Kind } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import type { Session } from '../schedule/session.ts'
import type { AlertRow } from '../store/schema.ts'

/** For how many days an alert may run. The person chooses one. */
export const ALERT_DAYS = [30, 90, 180] as const

/** The days of the week that an alert may name, as `weekday` counts them: 0 is Sunday. */
export const WEEKDAYS = ['0', '1', '2', '3', '4', '5', '6'] as const

/** What somebody asked to hear of: free places in a prefecture, and with `web` those on the web elsewhere. */
export type Wishes = Pick<AlertRow, 'prefecture' | 'web' | 'kinds' | 'weekdays'>

const linkText = (id: string) => `${id}.alert`

/** The columns of the link of an alert, under the secret now in service. */
export function alertLinkColumns(
  ctx: Pick<Ctx, 'config'>,
  id: string,
): Promise<Pick<AlertRow, 'token_hash' | 'secret_id'>> {
  return tokenColumns(ctx.config.secrets, linkText(id))
}

/** The token of the link of an alert. Returns null if the secret it was made under is out of service. */
export function alertToken(
  ctx: Pick<Ctx, 'config'>,
  { id, secret_id }: Pick<AlertRow, 'id' | 'secret_id'>,
): Promise<string | null> {
  return tokenUnder(ctx.config.secrets, secret_id, linkText(id))
}

/** An alert as pages and letters show it. `weekdays`: 0 is Sunday. `ends_on`: the last civil date on which it tells. */
export type AlertView = Pick<AlertRow, 'state' | 'prefecture' | 'ends_on'> & {
  web: boolean
  kinds: Kind[]
  weekdays: number[]
}

const kindsOf = ({ kinds }: Pick<Wishes, 'kinds'>) => kinds.split(',') as Kind[]
const weekdaysOf = ({ weekdays }: Pick<Wishes, 'weekdays'>) => [...weekdays].map(Number)

/** Returns an alert as pages and letters show it. */
export function alertView(row: Wishes & Pick<AlertRow, 'state' | 'ends_on'>): AlertView {
  const { state, prefecture, ends_on } = row
  return { state, prefecture, ends_on, web: row.web === 1, kinds: kindsOf(row), weekdays: weekdaysOf(row) }
}

/** Whether a session is one that an alert is about. Undated sessions are not. */
export function isWished(
  wishes: Wishes,
  { date, kind, prefecture, formats }: Pick<Session, 'date' | 'kind' | 'prefecture' | 'formats'>,
): boolean {
  const near = prefecture === wishes.prefecture || (wishes.web === 1 && formats.includes('online'))
  return near && date !== null && kindsOf(wishes).includes(kind) && weekdaysOf(wishes).includes(weekday(date))
}
