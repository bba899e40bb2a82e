import type { Ctx } from '../context.ts'
import type { Hours, NoticeRecord } from '../notices/record.ts'
import { desks } from '../people/queries.ts'
import { latestIn } from '../planning/days/queries.ts'
import { deskIn } from '../planning/desks/queries.ts'
import { venuesToChoose } from '../planning/venues/queries.ts'
import type { SessionRow, VenueRow } from '../store/schema.ts'
import { type Decision, UNDATED } from './decision.ts'
import { daysRead } from './reading.ts'
import { titleOf } from './titles.ts'

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** The rounds of a day as slots, if they have the same length; else nothing. */
function slotsOf({ spans }: NoticeRecord): Pick<Decision, 'slot_starts' | 'slot_minutes' | 'slot_capacity'> {
  const lengths = spans.map(({ start, end }) => (end === null ? 0 : minutesOf(end) - minutesOf(start)))
  const [length = 0] = lengths
  const isEven = spans.length > 1 && length > 0 && lengths.every((one) => one === length)
  if (!isEven) return { slot_starts: '', slot_minutes: '', slot_capacity: '' }
  const most = spans.map(({ capacity }) => capacity).filter((one) => one !== undefined)
  return {
    slot_starts: spans.map(({ start }) => start).join(', '),
    slot_minutes: String(length),
    slot_capacity: most.length === 0 ? '' : String(Math.min(...most)),
  }
}

/** The hours from the first round to the last one. */
function wholeDay({ times, spans }: NoticeRecord): Hours | null {
  const last = spans.at(-1)
  return times ?? (spans[0] && last ? { start: spans[0].start, end: last.end } : null)
}

/** The venue whose name is part of the printed place, the longest name first. */
function venueIn(venues: readonly VenueRow[], prefecture: string | null, place: string | null): string {
  const text = (place ?? '').replace(/[\s　]/g, '')
  if (text === '') return ''
  const named = venues.filter((one) => {
    const name = one.name_ja.replace(/[\s　]/g, '')
    return one.prefecture === prefecture && (text.includes(name) || name.includes(text))
  })
  return named.toSorted((one, other) => other.name_ja.length - one.name_ja.length)[0]?.id ?? ''
}

/** What a prefecture has: the session that a new one is mostly like, and the desk. */
type Usual = { latest: SessionRow | undefined; desk: string }

function decisionOf(record: NoticeRecord, { latest, desk }: Usual, venues: readonly VenueRow[]): Decision {
  const { kind, prefecture, formats, capacity, place } = record
  const slots = slotsOf(record)
  const hours = slots.slot_starts === '' ? wholeDay(record) : null
  const venue = venueIn(venues, prefecture, place)
  return {
    kind,
    prefecture: prefecture ?? '',
    desk,
    venue,
    ...titleOf(record, latest),
    starts: hours?.start ?? '',
    ends: hours?.end ?? '',
    ...slots,
    formats: [...(formats ?? (venue === '' ? [] : ['onsite']))],
    capacity: capacity === null ? '' : String(capacity),
    leave: false,
    days: daysRead(record).map(({ date, problems }) => ({
      date: problems.length > 0 ? '' : (date ?? UNDATED),
      as: '',
    })),
  }
}

/**
 * How the rows of a schedule stand before a person decides. Days with a problem are undecided. What a schedule does not
 * print comes from the latest session of its prefecture: title and desk. Two queries for each prefecture.
 */
export async function firstDecisions(ctx: Ctx, records: readonly NoticeRecord[]): Promise<Decision[]> {
  const venues = await venuesToChoose(ctx)
  const central = (await desks(ctx)).find(({ kind }) => kind === 'secretariat')?.id ?? ''
  const known = new Map<string, Usual>()
  for (const code of new Set(records.flatMap(({ prefecture }) => prefecture ?? []))) {
    const latest = await latestIn(ctx, code)
    known.set(code, { latest, desk: (await deskIn(ctx, code))?.id ?? latest?.desk ?? central })
  }
  const unknown = { latest: undefined, desk: central }
  return records.map((record) => decisionOf(record, known.get(record.prefecture ?? '') ?? unknown, venues))
}
