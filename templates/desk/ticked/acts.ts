/**
 * What is done with the lines that are ticked in the ledger, and the address that its form goes to with their `ids`, in
 * the order of the buttons. Each has its word in `text/desk/ticked.ts`.
 */
export const TICKED_ACTS = {
  absent: '/desk/bookings/ticked',
  move: '/desk/bookings/ticked',
  export: '/desk/exports',
} as const
export type TickedAct = keyof typeof TICKED_ACTS
