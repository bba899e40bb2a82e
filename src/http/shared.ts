/*
 * How long a cache that serves many (a CDN, nginx) may keep a public answer. Browsers ask each time, so that nobody sees
 * less than they did themselves.
 */

/** Seconds. `places`: it may show free places. `dates`: feeds, which are read hourly. */
const PLACES = { keep: 2, stale: 10 }
const DATES = { keep: 60, stale: 600 }

/**
 * The headers of a public answer of a type. Browsers, too, would show a stale page while they ask for the next. Only
 * caches beside them may (RFC 9213). Programs may (RFC 5861). `chosen`: it sets the cookie of a language.
 */
export function forEverybody(type: string, chosen: boolean): Record<string, string> {
  if (chosen) return { 'Cache-Control': 'private, no-cache' }
  const isPage = type.startsWith('text/html')
  const { keep, stale } = isPage || type.startsWith('application/json') ? PLACES : DATES
  const late = `stale-while-revalidate=${stale}`
  const shared = `public, max-age=0, s-maxage=${keep}`
  return isPage
    ? { 'Cache-Control': `${shared}, must-revalidate`, 'CDN-Cache-Control': `public, max-age=${keep}, ${late}` }
    : { 'Cache-Control': `${shared}, ${late}` }
}
