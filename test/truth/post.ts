import ICAL from 'ical.js'
import { meaningOf } from '../../src/base/letters.ts'
import { deliver } from '../../src/mail/deliver.ts'
import type { Letter } from '../../src/mail/letters.ts'
import type { Mailer } from '../../src/mail/mailer.ts'
import type { OutboxRow } from '../../src/store/schema.ts'
import { factsIn, isKnown, onPage, toldBy } from './told.ts'
import type { Town } from './town.ts'

/** The entry of one booking in the calendar of one address, as a mail program keeps it (RFC 5546). */
export type Entry = { sequence: number; stamp: string; starts: string; on: boolean }

/** Puts the calendar of a letter into the calendar of its reader. */
function keepEntry(town: Town, subject: string, { calendar, to }: Letter): void {
  if (calendar === null) return
  const event = new ICAL.Component(ICAL.parse(calendar.content)).getFirstSubcomponent('vevent')
  if (!event) throw new Error('a calendar part without an entry')
  const key = `entry ${subject} ${to.address}`
  const before = town.seen.get(key) as Entry | undefined
  const entry = {
    sequence: Number(event.getFirstPropertyValue('sequence')),
    stamp: String(event.getFirstPropertyValue('dtstamp')),
    starts: String(event.getFirstPropertyValue('dtstart')),
    on: calendar.method === 'REQUEST' && String(event.getFirstPropertyValue('status')) !== 'CANCELLED',
  }
  const isNewer =
    !before || entry.sequence > before.sequence || (entry.sequence === before.sequence && entry.stamp >= before.stamp)
  if (isNewer) town.seen.set(key, entry)
}

/** Notes what a letter told. Only what is over may differ from the page of the booking. */
async function hear(town: Town, row: OutboxRow, letter: Letter): Promise<void> {
  if (row.about !== 'booking' || row.kind === 'message' || row.kind === 'survey') return
  const told = toldBy(row.locale, factsIn(letter.html))
  const page = await onPage(town, row.subject)
  if (page === null) throw new Error(`a letter of ${row.kind} to somebody whose data are erased`)
  keepEntry(town, row.subject, letter)
  if (!isKnown(told, page)) {
    throw new Error(
      `letter ${row.kind} "${letter.subject}" says ${JSON.stringify(told)}, but it is ${JSON.stringify(page)}`,
    )
  }
  if (meaningOf(row.kind).change || row.kind === 'link') town.told.set(row.subject, told)
}

/** Sends what waits. With `refuses` the mail server knows no second address. */
export async function send(town: Town, refuses = false): Promise<void> {
  const { s } = town
  const faults: unknown[] = []
  let nth = 0
  const mailer: Mailer = {
    async send(letter) {
      nth++
      if (refuses && nth % 2 === 0) return { ok: false, permanent: true, fault: 'RCPT TO: 550 no such user' }
      const id = letter.messageId.slice(1).split('@')[0] ?? ''
      const [row] = await s.rows<OutboxRow>('select * from outbox where id = ?', id)
      if (row) await hear(town, row, letter).catch((error: unknown) => faults.push(error))
      return { ok: true }
    },
    close: () => undefined,
  }
  await deliver(s.system, mailer, 'walk', { limit: 100 })
  if (faults.length > 0) throw faults[0]
}
