import * as z from 'zod'
import { line, optional, word } from '../base/input.ts'
import { foldName } from '../base/japan/fold.ts'
import type { DutyRow } from '../store/schema.ts'

/** The fields of one duty: an account, or a name if the adviser has none; and the room. */
export const DutyInput = z.object({ adviser: optional(word(64)), name: optional(line(60)), room: optional(line(40)) })
export type DutyInput = z.output<typeof DutyInput>

/** Whether a form says nothing about a duty. */
export const isEmptyDuty = ({ adviser, name, room }: DutyInput) => adviser === null && name === null && room === null

/** Who nobody else may have at the same time. People with the same name in one prefecture count as one. */
function adviserKey({ adviser, name }: DutyInput, prefecture: string): string {
  if (adviser !== null) return `account:${adviser}`
  return name === null ? '' : `name:${prefecture}:${foldName(name)}`
}

/** The columns of a duty. An account comes before a name. `place`: the prefecture and the venue of the session. */
export function dutyColumns(input: DutyInput, place: { prefecture: string; venue: string | null }) {
  return {
    adviser: input.adviser,
    name: input.adviser === null ? (input.name ?? '') : '',
    room: input.room ?? '',
    venue: input.room === null ? null : place.venue,
    adviser_key: adviserKey(input, place.prefecture),
    room_key: input.room === null ? '' : foldName(input.room) || input.room,
  } satisfies Partial<DutyRow>
}
