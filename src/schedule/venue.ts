import type { VenueRow } from '../store/schema.ts'
import type { Localized, Venue } from './session.ts'

/** A text in both languages from its columns, or null. A missing English text is the Japanese one. */
export const localized = (ja: string | null, en: string | null): Localized | null =>
  ja === null ? null : { ja, en: en ?? ja }

/** The columns of a venue that sessions show. */
export type ShownVenueRow = Omit<VenueRow, 'prefecture' | 'printed' | 'revision' | 'retired_at'>

/** A venue as sessions show it. */
export function shownVenue(row: ShownVenueRow): Venue {
  return {
    id: row.id,
    name: { ja: row.name_ja, en: row.name_en },
    room: localized(row.room_ja, row.room_en),
    address: row.address,
    areaOnly: row.area_only === 1,
    guide: {
      access: localized(row.access_ja, row.access_en),
      parking: localized(row.parking_ja, row.parking_en),
      mapUrl: row.map_url,
      stepFree: row.step_free === null ? null : row.step_free === 1,
    },
  }
}
