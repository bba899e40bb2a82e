import { visitor } from '../site.ts'
import { h } from '../stage.ts'
import { chief, desk, expert, tokyo, viewer } from './01-staff.ts'

/** The console as every role sees it, by its links. */
export async function consolePages(most: number): Promise<void> {
  const starts = [
    '/desk',
    '/desk/schedule',
    '/desk/bookings',
    '/desk/outbox',
    '/desk/caps',
    '/desk/people',
    '/desk/programme',
    '/desk/figures',
    '/desk/figures/report',
    '/desk/survey',
    '/desk/security',
    '/desk/venues',
    '/desk/closures',
    '/desk/suspensions',
    '/desk/series',
  ]
  for (const who of [chief, desk, viewer, expert, tokyo]) await h.crawl(who, starts, most, '/desk')
  const abroad = visitor('desk', 'en', desk)
  await h.crawl(abroad, starts, most, '/desk')
  await h.crawl(
    visitor('secretariat', 'en', chief),
    ['/desk/people', '/desk/programme', '/desk/security', '/desk/people/new'],
    3,
    '/desk',
  )
  for (const query of [
    'date=2026-12-01',
    'view=week&date=2026-11-27',
    'view=list',
    'view=list&prefecture=08&date=2026-12-01',
  ]) {
    for (const who of [desk, abroad]) await h.ask(who, `/desk/schedule?${query}`)
  }
}
