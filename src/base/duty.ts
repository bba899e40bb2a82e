/** Who advises, by account or by name alone, and in which room. Null if it is not known. */
export type Duty = { adviser: { account: string | null; name: string } | null; room: string | null }

/** Nobody, and no room. */
export const NO_DUTY: Duty = { adviser: null, room: null }

/** The duty of a whole session, and of each slot that differs from it. */
export type Duties = { whole: Duty; slots: ReadonlyMap<string, Duty> }

/** The duty at a place: of its slot, field by field, else of the whole session. */
export function dutyAt(duties: Duties | undefined, slot: string | null): Duty {
  const { whole, slots } = duties ?? { whole: NO_DUTY, slots: new Map<string, Duty>() }
  const own = slot === null ? NO_DUTY : (slots.get(slot) ?? NO_DUTY)
  return { adviser: own.adviser ?? whole.adviser, room: own.room ?? whole.room }
}
