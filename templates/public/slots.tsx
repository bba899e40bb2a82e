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

/** The times of a session to choose from; those full or closed are shown and cannot be chosen. */
export function slotChoices(frame: Frame, session: Session, chosen: string): Choice[] {
  return session.slots.map((slot) => ({
    value: slot.id,
    label: <b class="num">{hoursText(frame.locale, slot)}</b>,
    checked: slot.id === chosen && isSlotOpen(frame, slot),
    disabled: !isSlotOpen(frame, slot),
    note: <SlotMark frame={frame} slot={slot} />,
  }))
}

/** Whether any time of the session can still be chosen; a session without slots is judged by its status alone. */
export function hasRoom(frame: Frame, session: Session): boolean {
  const open = session.status === 'open' || session.status === 'few'
  return open && (session.slots.length === 0 || session.slots.some((slot) => isSlotOpen(frame, slot)))
}
