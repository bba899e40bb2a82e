import { isFew, isSlotOpen, mostSeats, mostSeatsOfAny } from '../../src/base/seating.ts'
import type { Session, Slot } from '../../src/schedule/session.ts'
import { type Choice, one, type Values } from '../fields.tsx'
import { Sign, takesEntries } from '../kit.tsx'
import type { PageContext } from '../layout.tsx'
import { texts } from '../text/index.ts'
import { hoursText } from '../text/when.ts'

function SlotMark({ frame, session, slot }: { frame: PageContext; session: Session; slot: Slot }) {
  const t = texts(frame.locale)
  const { capacity, remaining } = slot
  const [status, word] =
    remaining === 0
      ? (['full', t.status.full] as const)
      : frame.now >= slot.closes_at
        ? (['closed', t.session.slotEnded] as const)
        : takesEntries(session)
          ? (['open', t.entriesOpen] as const)
          : remaining === null || capacity === 1
            ? (['open', t.free] as const)
            : ([isFew(remaining, capacity) ? 'few' : 'open', t.left(remaining)] as const)
  return (
    <span class={`mark is-${status}`}>
      <Sign of={status} />
      {word}
    </span>
  )
}

/** The time of a session that is chosen in a form. Undefined if none is. */
export function slotIn(session: Session, values: Values): Slot | undefined {
  return session.slots.find(({ id }) => id === one(values, 'slot'))
}

/** The most people that one application may have, at the chosen time if there is one. Null is unlimited. */
export function mostAsked(session: Session, values: Values): number | null {
  const slot = slotIn(session, values)
  return slot ? mostSeats(session, slot) : mostSeatsOfAny(session)
}

/**
 * The times of a session to choose from. Times that are full or closed are shown but cannot be chosen. On the waiting
 * list (`waits`) full times can be chosen too, and so can "any time".
 */
export function slotChoices(frame: PageContext, session: Session, chosen: string, waits = false): Choice[] {
  const any = { value: '', label: texts(frame.locale).wait.anySlot, checked: chosen === '' }
  const times = session.slots.map((slot) => {
    const open = waits ? frame.now < slot.closes_at : isSlotOpen(slot, frame.now)
    return {
      value: slot.id,
      label: <b class="num">{hoursText(frame.locale, slot)}</b>,
      checked: slot.id === chosen && open,
      disabled: !open,
      note: <SlotMark frame={frame} session={session} slot={slot} />,
    }
  })
  return waits ? [any, ...times] : times
}
