/** Why a booking is refused: the stable codes of the API, each with its words in `templates/text`. */
export const REFUSALS = [
  'full',
  'twice',
  'closed',
  'called_off',
  'elsewhere',
  'undecided',
  'changed',
  'capped',
] as const
export type Refusal = (typeof REFUSALS)[number]
