import type { SetupStep } from '../../../src/base/vocabulary.ts'

/** The page on which each step of the setup is taken. */
export const SETUP_WAYS: Record<SetupStep, string> = {
  house: '/desk/setup/house',
  programme: '/desk/programmes',
  desk: '/desk/desks/new',
  venue: '/desk/venues/new',
  session: '/desk/series/new',
  people: '/desk/people/new',
  mail: '/desk/setup#mail',
  booking: '/desk/setup#booking',
}
