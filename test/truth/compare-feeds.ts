import ICAL from 'ical.js'
import { civilDate } from '../../src/base/japan/civil.ts'
import { pathOf } from '../http/app.ts'
import { type Counted, counted, same } from './count.ts'
import { sound } from './read.ts'
import type { Town } from './town.ts'

/** One entry of a feed, and what a calendar compares to see that it is another. */
type Entry = {
  sequence: number
  modified: string
  stamp: string
  essence: string
  content: string
  summary: string
  off: boolean
  starts: string
}

const PROPERTIES = ['dtstart', 'dtend', 'status', 'summary', 'location', 'description', 'url'] as const

function entriesOf(body: string): Map<string, Entry> {
  const events = new ICAL.Component(ICAL.parse(body)).getAllSubcomponents('vevent')
  return new Map(
    events.map((event) => {
      const [starts = '', ends = '', status = '', ...words] = PROPERTIES.map((name) =>
        String(event.getFirstPropertyValue(name)),
      )
      return [
        String(event.getFirstPropertyValue('uid')),
        {
          sequence: Number(event.getFirstPropertyValue('sequence')),
          modified: String(event.getFirstPropertyValue('last-modified')),
          stamp: String(event.getFirstPropertyValue('dtstamp')),
          essence: [starts, ends, status === 'CANCELLED'].join(' '),
          content: [starts, ends, status, ...words].join('\n'),
          summary: words[0] ?? '',
          off: status === 'CANCELLED',
          starts,
        },
      ]
    }),
  )
}

type Kept = { entries: Map<string, Entry>; etag: string | null; modified: string | null; body: string }

/** The feed now. It says "not modified" only if it is, and entries that changed look changed to a calendar. */
async function polled(town: Town, address: string): Promise<Map<string, Entry>> {
  const answer = sound(address, await town.s.ask(address))
  const now: Kept = {
    entries: entriesOf(answer.body),
    etag: answer.headers.get('etag'),
    modified: answer.headers.get('last-modified'),
    body: answer.body,
  }
  const before = town.seen.get(address) as Kept | undefined
  town.seen.set(address, now)
  if (!before) return now.entries
  for (const [name, value] of [
    ['if-none-match', before.etag],
    ['if-modified-since', before.modified],
  ] as const) {
    if (value === null) continue
    const again = sound(address, await town.s.ask(address, { headers: { [name]: value } }))
    if (again.status === 304 && now.body !== before.body) {
      const gone = [...before.entries].filter(([uid, { content }]) => now.entries.get(uid)?.content !== content)
      throw new Error(
        `${address} answers 304 to ${name} ${value}, but it changed: ${JSON.stringify(gone)} ${before.entries.size} ${now.entries.size}`,
      )
    }
  }
  for (const [uid, entry] of now.entries) {
    const old = before.entries.get(uid)
    if (!old) continue
    if (entry.sequence < old.sequence)
      throw new Error(`${address}: SEQUENCE of ${uid} fell from ${old.sequence} to ${entry.sequence}`)
    if (entry.essence !== old.essence && entry.sequence <= old.sequence) {
      throw new Error(
        `${address}: ${uid} became ${entry.essence} from ${old.essence}, but its SEQUENCE stays ${old.sequence}`,
      )
    }
    if (entry.content !== old.content && (entry.modified <= old.modified || entry.stamp <= old.stamp)) {
      throw new Error(
        `${address}: ${uid} changed, but not its LAST-MODIFIED ${old.modified} or DTSTAMP: ${old.content} became ${entry.content}`,
      )
    }
  }
  return now.entries
}

/** The address of the desk's own feed, made at the first call. */
async function ownFeed(town: Town): Promise<string> {
  const known = town.seen.get('own feed')
  if (typeof known === 'string') return known
  const made = await town.desk.submit('/desk/security/feeds', [['name', '町の窓口']])
  const address = pathOf(/http\S+\.ics/.exec(made.text)?.[0] ?? '')
  town.seen.set('own feed', address)
  return address
}

/** The public feed and that of a desk, with the rows and with what they said before. */
export async function compareFeeds(town: Town): Promise<void> {
  const rows = await counted(town)
  await compareFeed(town, rows, 'ja', '/calendar.ics')
  await compareFeed(town, rows, 'en', '/calendar.ics?lang=en')
  await compareFeed(town, rows, 'desk', await ownFeed(town))
}

async function compareFeed(town: Town, rows: readonly Counted[], name: string, address: string): Promise<void> {
  const entries = await polled(town, address)
  for (const { id, uid, date, state, held, capacity } of rows) {
    const entry = entries.get(uid)
    if (entry === undefined) {
      const isMissing = date !== null && date >= civilDate(town.now()) && state !== 'postponed'
      if (isMissing) throw new Error(`${id} is missing in the feed ${name}`)
      continue
    }
    same(
      `${id} in the feed ${name}`,
      ['row', [state !== 'published', date]],
      ['entry', [entry.off, entry.starts.slice(0, 10)]],
    )
    const [, taken, of] = /(\d+)\/(\d+)/.exec(entry.summary) ?? []
    if (name === 'desk' && capacity !== null)
      same(`${id} people`, ['rows', [held, capacity]], ['feed', [Number(taken), Number(of)]])
  }
}
