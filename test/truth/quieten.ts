import { tick } from '../../src/clockwork.ts'
import { callsToMake } from '../../src/mail/call.ts'
import { call } from './desk-deeds.ts'
import { type Entry, send } from './post.ts'
import { isKnown, onPage } from './told.ts'
import type { Town } from './town.ts'

/** Sends all letters and makes all calls. Then everybody knows what is. */
export async function quieten(town: Town): Promise<void> {
  await tick(town.s.system)
  for (let round = 0; round < 4; round++) {
    await send(town)
    const calls = await callsToMake(town.staff)
    for (const { id } of calls) {
      const [state] = await town.s.column<string>('select state from outbox where id = ?', id)
      if (state === 'waiting') await call(town, id)
    }
    if (calls.length === 0) break
    await town.pass(1)
  }
  await everybodyKnows(town)
}
type Row = { id: string; email: string | null; status: string; ends: string | null; date: string | null }

async function everybodyKnows(town: Town): Promise<void> {
  const { s } = town
  const rows = await s.rows<Row>(
    `select booking.id, booking.email, booking.status, session.date,
      coalesce((select ends_at from slot where slot.id = booking.slot), session.ends_at) as ends
     from booking join session on session.id = booking.session order by booking.id`,
  )
  for (const { id, email, status, ends, date } of rows) {
    const isPast = (ends !== null && ends <= town.now()) || (date !== null && date < town.now().slice(0, 10))
    const is = isPast ? null : await onPage(town, id)
    if (is === null) continue
    const told = town.told.get(id)
    if (!isKnown(told, is))
      throw new Error(`${email} of ${id} was told ${JSON.stringify(told)}, but it is ${JSON.stringify(is)}`)
    // A letter that did not arrive was told on the telephone.
    const [lost] = await s.column("select id from outbox where subject = ? and state = 'failed'", id)
    if (email === null || lost !== undefined) continue
    const entry = town.seen.get(`entry ${id} ${email}`) as Entry | undefined
    const has = status === 'booked' && is.when !== 'postponed'
    if (has !== (entry?.on ?? false)) {
      throw new Error(`the calendar of ${email} has ${JSON.stringify(entry)} of ${id}, which is ${status} ${is.when}`)
    }
  }
}
