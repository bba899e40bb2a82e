import { type CivilDate, civilDate, civilTime } from '../base/japan/civil.ts'
import { narrow, narrowDigits } from '../base/japan/width.ts'
import type { NoticeRecord } from '../notices/record.ts'
import type { Decision } from './decision.ts'
import type { HouseDay } from './match.ts'

/**
 * What a schedule prints of a day and this import does not take in. `here`: what the house has instead. It is empty if there
 * is nothing to compare.
 */
export type Told = {
  field: 'full' | 'closed' | 'hours_open' | 'rounds' | 'venue' | 'contact' | 'by_format' | 'title' | 'beside'
  printed: string
  here: string
}

const plain = (text: string) => narrow(text).replaceAll(/\s/g, '').toLowerCase()

/** The telephone numbers and mail addresses in a text, as digits and in lower case. */
function contactsIn(text: string): string[] {
  const phones = [...narrowDigits(text).matchAll(/0\d{0,4}[-() ]{0,2}\d{1,4}[-() ]{0,2}\d{3,4}(?!\d)/g)]
  const digits = phones.map(([phone]) => phone.replaceAll(/\D/g, '')).filter(({ length }) => length > 8)
  return [
    ...digits,
    ...(narrow(text)
      .toLowerCase()
      .match(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g) ?? []),
  ]
}

const hoursHere = ({ starts_at, ends_at }: HouseDay) =>
  starts_at === null || ends_at === null ? '' : `${civilTime(starts_at)}–${civilTime(ends_at)}`

type State = NoticeRecord['states'][number]

/** What is left of a state, by its kind. Null if the house has it already. */
const STATES: Record<State['state'], (day: HouseDay | null, today: CivilDate) => Pick<Told, 'field' | 'here'> | null> =
  {
    full: (day) => {
      const isFull = day !== null && day.capacity !== null && day.seats_taken >= day.capacity
      return isFull ? null : { field: 'full', here: day === null ? '' : `${day.seats_taken}/${day.capacity ?? ''}` }
    },
    closed: (day, today) => {
      const last = day?.closes_on ?? null
      return last !== null && last < today ? null : { field: 'closed', here: last ?? '' }
    },
    hours_open: (day) => (day?.starts_at == null ? null : { field: 'hours_open', here: hoursHere(day) }),
    postponed: () => null,
  }

function stateTold(day: HouseDay | null, { states }: NoticeRecord, date: CivilDate | null, now: string): Told[] {
  return states.flatMap((said): Told[] => {
    const told = said.date === date ? STATES[said.state](day, civilDate(now)) : null
    return told ? [{ ...told, printed: said.printed }] : []
  })
}

function venueTold(day: HouseDay, { place }: NoticeRecord, { venue }: Decision): Told[] {
  if (place === null || venue !== '') return []
  const [said, known] = [plain(place), plain(day.place?.ja ?? '')]
  const isSame = known !== '' && (said.includes(known) || known.includes(said))
  return isSame ? [] : [{ field: 'venue', printed: place, here: day.place?.ja ?? '' }]
}

function contactTold(day: HouseDay, { apply }: NoticeRecord): Told[] {
  if (apply === null) return []
  const known = plain(day.contacts).replaceAll(/[^\da-z@.]/g, '')
  const isNew = contactsIn(apply).some((one) => !known.includes(one))
  return isNew ? [{ field: 'contact', printed: apply, here: day.contacts }] : []
}

/**
 * What a row prints of a day and this import does not take in. `day`: null for a new day; then only its states and the rest
 * of its row count. Empty for a day that is called off. Only states, if the day was made of the same printed text. Pure.
 */
export function toldOf(
  day: HouseDay | null,
  record: NoticeRecord,
  decision: Decision,
  date: CivilDate | null,
  now: string,
): Told[] {
  if (record.cancelled.some((one) => one === date)) return []
  const states = stateTold(day, record, date, now)
  const beside = record.beside.map((printed): Told => ({ field: 'beside', printed, here: '' }))
  if (day === null) return [...states, ...beside]
  if (day.printed === record.printed) return states
  const rounds = record.spans.map(({ start, end }) => `${start}–${end ?? ''}`).join(' ')
  const byFormat = Object.entries(record.capacity_by_format ?? {}).map(([format, most]) => `${format} ${most}`)
  const isRenamed = record.title_named && record.title !== '' && plain(record.title) !== plain(day.title_ja)
  return [
    ...states,
    ...(record.spans.length > 1 && day.slots.length === 0
      ? [{ field: 'rounds' as const, printed: rounds, here: hoursHere(day) }]
      : []),
    ...venueTold(day, record, decision),
    ...contactTold(day, record),
    ...(byFormat.length > 0
      ? [{ field: 'by_format' as const, printed: byFormat.join(' '), here: String(day.capacity ?? '') }]
      : []),
    ...(isRenamed ? [{ field: 'title' as const, printed: record.title, here: day.title_ja }] : []),
    ...beside,
  ]
}
