import { phoneText } from '../base/japan/phone.ts'
import { regionOf } from '../base/japan/prefecture.ts'
import type { DeskKind } from '../base/vocabulary.ts'
import type { DeskRow } from '../store/schema.ts'

/** A desk as `/desks` shows it. A damaged address is shown as text, never as a link. */
export type Desk = {
  id: string
  kind: DeskKind
  name: { ja: string; en: string }
  /** Codes of the prefectures that it serves, in order. Empty for all of Japan. */
  prefectures: string[]
  address: string | null
  phones: string[]
  hours: { ja: string; en: string } | null
  email: { text: string; use: 'mail' | 'show' | 'damaged' } | null
  url: string | null
  topics: string[]
  position: number | null
  ended: boolean
  revision: number
}

const list = (text: string) => (text === '' ? [] : text.split(','))

/** Reads a desk from its row. */
export function deskOf(row: DeskRow): Desk {
  return {
    id: row.id,
    kind: row.kind,
    name: { ja: row.name_ja, en: row.name_en },
    prefectures: list(row.prefectures),
    address: row.address,
    phones: list(row.phones).map(phoneText),
    hours: row.hours_ja === null ? null : { ja: row.hours_ja, en: row.hours_en ?? row.hours_ja },
    email: row.email === null || row.email_use === 'none' ? null : { text: row.email, use: row.email_use },
    url: row.url,
    topics: list(row.topics),
    position: row.position,
    ended: row.ended_at !== null,
    revision: row.revision,
  }
}

/** Whether a desk may hold days in a prefecture: a local one in its own, the others anywhere. */
export function serves({ kind, prefectures }: Pick<Desk, 'kind' | 'prefectures'>, prefecture: string): boolean {
  return kind !== 'local' || prefectures.includes(prefecture)
}

/** The columns of the prefectures that a desk serves, in order. */
export function areaColumns(codes: readonly string[]): Pick<DeskRow, 'prefectures' | 'prefecture' | 'region'> {
  const prefectures = [...new Set(codes)].toSorted()
  const prefecture = prefectures.length === 1 ? (prefectures[0] ?? null) : null
  return { prefectures: prefectures.join(','), prefecture, region: regionOf(prefectures)?.id ?? null }
}
