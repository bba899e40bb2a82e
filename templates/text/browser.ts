/** What browsers call themselves, and their names. Most also name those they descend from, so the order counts. */
const BROWSERS = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['FxiOS', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['Firefox', 'Firefox'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const

const SYSTEMS = [
  ['Windows', 'Windows'],
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Mac OS', 'Mac'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const

/**
 * A browser in plain words, such as `Edge (Windows)`, from the name that it gives itself (User-Agent). Null if it is none
 * of the usual ones. So it never holds what somebody made up.
 */
export function browserText(agent: string): string | null {
  const [, browser] = BROWSERS.find(([word]) => agent.includes(word)) ?? []
  const [, system] = SYSTEMS.find(([word]) => agent.includes(word)) ?? []
  if (browser === undefined) return null
  return system === undefined ? browser : `${browser} (${system})`
}
