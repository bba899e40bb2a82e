/**
 * What is done with ticked lines of the ledger, in the order of the buttons. The form goes to this address with their
 * `ids`. Each has its word in `text/desk/ticked.ts`.
 */
export const TICKED_ACTS = {
  absent: '/desk/bookings/ticked',
  move: '/desk/bookings/ticked',
  export: '/desk/exports',
  message: '/desk/messages/new',
} as const
export type TickedAct = keyof typeof TICKED_ACTS
