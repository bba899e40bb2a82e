import * as z from 'zod'
import { paragraphs, placeAddress } from '../../base/fields.ts'
import { line, optional, word } from '../../base/input.ts'
import { isPrefectureCode } from '../../base/japan/prefecture.ts'
import type { VenueRow } from '../../store/schema.ts'

/** A text of several lines, or null. */
const text = (most: number) => paragraphs(most).transform((typed) => (typed === '' ? null : typed))

/** A venue as it is entered. `step_free`: `yes`, `no`, or nothing if nobody knows. A map is on a page of `https` only. */
export const VenueInput = z.object({
  prefecture: z.string('required').refine(isPrefectureCode, 'choice'),
  name_ja: line(80),
  name_en: optional(line(120)),
  address: optional(placeAddress(200)),
  area_only: z.boolean().default(false),
  room_ja: optional(line(60)),
  room_en: optional(line(100)),
  access_ja: text(300),
  access_en: text(500),
  parking_ja: optional(line(120)),
  parking_en: optional(line(200)),
  map_url: optional(word(500).refine((url) => URL.parse(url)?.protocol === 'https:', 'secure_link')),
  step_free: optional(z.enum(['yes', 'no'], 'choice')),
})

/** The columns of a venue that people may set. */
export type VenueColumns = Omit<VenueRow, 'id' | 'printed' | 'revision' | 'retired_at'>

/** The columns of a venue from its form. An English text that is missing is the Japanese one. */
export function venueColumns({ step_free, area_only, ...given }: z.output<typeof VenueInput>): VenueColumns {
  return {
    ...given,
    name_en: given.name_en ?? given.name_ja,
    room_en: given.room_en ?? given.room_ja,
    access_en: given.access_en ?? given.access_ja,
    parking_en: given.parking_en ?? given.parking_ja,
    area_only: area_only ? 1 : 0,
    step_free: step_free === null ? null : step_free === 'yes' ? 1 : 0,
  }
}
