import type { Session, Slot } from '../../src/schedule/session.ts'
import type { Choice } from '../fields.tsx'
import { Sign } from '../kit.tsx'
import type { Frame } from '../layout.tsx'
import { texts } from '../text/index.ts'
import { hoursText } from '../text/when.ts'

function isSlotOpen(frame: Frame, slot: Slot): boolean {
  return slot.remaining !== 0 && frame.now < slot.closes_at
}

function SlotMark({ frame, slot }: { frame: Frame; slot: Slot }) {
  const t = texts(frame.locale)
  const { capacity, remaining } = slot
  const [status, word] =
    remaining === 0
      ? (['full', t.status.full] as const)
      : frame.now >= slot.closes_at
        ? (['closed', t.session.slotEnded] as const)
        : remaining === null || capacity === 1
          ? (['open', t.free] as const)
          : ([
              capacity !== null && remaining <= Math.max(1, capacity * 0.2) ? 'few' : 'open',
              t.left(remaining),
            ] as const)
  return (
    <span class={`mark is-${status}`}>
      <Sign of={status} />
      {word}
    </span>
  )
}

/**
 * The times of a session to choose from; those full or closed are shown and cannot be chosen, but for those full by who
 * `waits`, who may also wait for any of them.
 */
export function slotChoices(frame: Frame, session: Session, chosen: string, waits = false): Choice[] {
  const any = { value: '', label: texts(frame.locale).wait.anySlot, checked: chosen === '' }
  const times = session.slots.map((slot) => {
    const open = waits ? frame.now < slot.closes_at : isSlotOpen(frame, slot)
    return {
      value: slot.id,
      label: <b class="num">{hoursText(frame.locale, slot)}</b>,
      checked: slot.id === chosen && open,
      disabled: !open,
      note: <SlotMark frame={frame} slot={slot} />,
    }
  })
  return waits ? [any, ...times] : times
}

/** Whether one may join the waiting list: it takes bookings still, and something in it is full. */
export function canWait(frame: Frame, session: Session): boolean {
  const { status, closes_at: closes, slots } = session
  if (closes === null || frame.now >= closes) return false
  const open = status === 'open' || status === 'few'
  return status === 'full' || (open && slots.some((slot) => slot.remaining === 0 && frame.now < slot.closes_at))
}

/** Whether any time of the session can still be chosen; a session without slots is judged by its status alone. */
export function hasRoom(frame: Frame, session: Session): boolean {
  const open = session.status === 'open' || session.status === 'few'
  return open && (session.slots.length === 0 || session.slots.some((slot) => isSlotOpen(frame, slot)))
}
