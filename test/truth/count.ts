import type { HTMLElement } from 'node-html-parser'
import { monthOf } from '../../src/base/japan/civil.ts'
import type { Locale } from '../../src/base/locale.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import { statusWord } from '../../templates/kit.tsx'
import { texts } from '../../templates/text/index.ts'
import { idIn, plain } from './read.ts'
import type { Town } from './town.ts'

/** A session as its row and its bookings say it, counted here. */
export type Counted = {
  id: string
  uid: string
  date: string | null
  state: string
  capacity: number | null
  excess: number
  seats_taken: number
  held: number
  waiting: number
}

const COUNTED = `select id, uid, date, state, capacity, excess, seats_taken,
  (select cast(coalesce(sum(seats), 0) as integer) from booking where booking.session = session.id
    and status in ('booked', 'requested', 'offered', 'attended', 'absent')) as held,
  (select cast(count(*) as integer) from booking where booking.session = session.id and status = 'waiting') as waiting
  from session order by id`

/** All sessions. Throws if one has more people than it may have, or another number than its counter says. */
export async function counted(town: Town): Promise<Counted[]> {
  const rows = await town.s.rows<Counted>(COUNTED)
  for (const { id, held, seats_taken, capacity, excess } of rows) {
    same(`${id} taken`, ['rows', held], ['counter', seats_taken])
    if (capacity !== null && held > capacity + excess) throw new Error(`${id} has ${held} of ${capacity}`)
  }
  return rows
}

/** Each month in which a session is. */
export const monthsOf = (rows: readonly Counted[]): string[] => [
  ...new Set(rows.flatMap(({ date }) => (date === null ? [] : monthOf(date)))),
]

/** Throws if two views of one thing differ. */
export function same(what: string, ...views: [from: string, said: unknown][]): void {
  const [first, ...others] = views.map(([from, said]) => [from, JSON.stringify(said)])
  for (const [from, said] of others) {
    if (said !== first?.[1]) throw new Error(`${what}: ${first?.[0]} says ${first?.[1]}, but ${from} says ${said}`)
  }
}

/** The word for the state of a session now. */
export async function wordOf(town: Town, id: string, locale: Locale = 'ja'): Promise<string> {
  const session = await sessionById(town.s.ctx, id)
  return session ? statusWord(texts(locale), session) : ''
}

/** The entries of a grid, by session: the word of the state, and numbers. */
export function entriesOn(main: HTMLElement): Map<string, string> {
  const entries = main.querySelectorAll('a.ev')
  return new Map(
    entries.map((one) => [idIn(one.getAttribute('href') ?? ''), plain(one.querySelector('.ev-mark')?.text ?? '')]),
  )
}
