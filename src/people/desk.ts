import type { DeskRow } from '../store/schema.ts'

/** A desk as `/desks` shows it. A damaged address is shown as text, never as a link. */
export type Desk = {
  id: string
  kind: DeskRow['kind']
  name: { ja: string; en: string }
  prefecture: string | null
  region: string | null
  address: string | null
  phones: string[]
  hours: { ja: string; en: string } | null
  email: { text: string; use: 'mail' | 'show' | 'damaged' } | null
  url: string | null
  topics: string[]
}

/** Reads a desk from its row. */
export function deskOf(row: DeskRow): Desk {
  const list = (text: string) => (text === '' ? [] : text.split(','))
  return {
    id: row.id,
    kind: row.kind,
    name: { ja: row.name_ja, en: row.name_en },
    prefecture: row.prefecture,
    region: row.region,
    address: row.address,
    phones: list(row.phones),
    hours: row.hours_ja === null ? null : { ja: row.hours_ja, en: row.hours_en ?? row.hours_ja },
    email: row.email === null || row.email_use === 'none' ? null : { text: row.email, use: row.email_use },
    url: row.url,
    topics: list(row.topics),
  }
}
